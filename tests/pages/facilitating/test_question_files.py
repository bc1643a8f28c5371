"""Question files on the screen: the report in the reader's language, and problems said clearly."""

import pytest

from club.domain.organisations import Kind, Role
from club.i18n.catalogue import sentences
from curriculum.exchange.reporting import SENTENCES
from pages.facilitating import question_files
from tests.builders import join
from tests.pages.facilitating.conftest import words

GIFT = "::Tide::When? {=new moon#yes ~half moon####Because.}\n\nTell us. {}"


def upload(at, content, name="tides.gift"):
    at.file_uploader[0].upload(name, content, "text/plain")
    return at.run()


@pytest.mark.parametrize(
    ("language", "fates"), [("ja", ["変更あり", "除外"]), ("en", ["Changed", "Dropped"])]
)
def test_a_file_is_reported_question_by_question(open_screen, facilitator, language, fates):
    at = upload(open_screen(question_files.render, facilitator, language=language), GIFT.encode())

    assert not at.exception
    report = at.table[0].value
    assert [cell.partition(r"\:")[0] for cell in report.iloc[:, 1]] == fates
    assert ["Tide" in report.iloc[0, 0], "Tell us" in report.iloc[1, 0]] == [True, True]
    assert at.warning


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(open_screen, facilitator):
    at = open_screen(question_files.render, facilitator)
    at = upload(at, "潮\n\n潮 {T}".encode("shift_jis"))

    (error,) = at.error
    assert error.value == (
        "1 行目が UTF-8 の文字ではありません。"
        "Shift_JIS などのファイルは、UTF-8 で保存し直してください。"
    )


def test_where_no_question_is_left_there_is_nothing_to_download(open_screen, facilitator):
    at = upload(open_screen(question_files.render, facilitator, language="en"), b"Tell us. {}")

    assert [error.value for error in at.error] == ["0 kept, 0 changed, 1 dropped."]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_is_said_that_the_bank_itself_stays_as_it_is(open_screen, facilitator, language):
    at = open_screen(question_files.render, facilitator, language=language)

    assert not at.exception
    assert "data/modules" in words(at)
    assert at.info


def test_a_member_is_refused(context, open_screen):
    at = open_screen(question_files.render, join(context, Kind.MEMBER, Role.LEARNER))

    assert len(at.error) == 1
    assert not at.selectbox


def test_the_screen_and_the_command_give_the_same_reasons():
    told = {
        id.removeprefix("question_files.note."): forms[0]
        for id, forms in sentences("en").items()
        if id.startswith("question_files.note.")
    }

    assert told == SENTENCES
