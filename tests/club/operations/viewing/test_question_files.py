"""Question files: facilitators only, refusals with their line, and nothing stored."""

import pytest

from club.domain.errors import CODES, InputRefused, NotAllowed, NotFound
from club.domain.organisations import Kind, Role
from club.operations.viewing.question_files import (
    FORMATS,
    REFUSAL_BY_CODE,
    bank_as_file,
    banks,
    drafts_from_file,
)
from curriculum.exchange.files import LARGEST
from curriculum.exchange.reporting import Fate
from tests.builders import colleague, join

GIFT = "潮{=新月#正 ~半月####説明}\n\n述べよ {}".encode()


@pytest.fixture
def facilitator(context):
    return join(context, Kind.OPERATOR, Role.FACILITATOR)


def test_a_file_becomes_drafts_with_a_report(context, facilitator):
    converted = drafts_from_file(context, facilitator, name="a.gift", content=GIFT, language="ja")

    assert 'ja: "潮"' in converted.text
    assert "status: draft" in converted.text
    assert [passage.fate for passage in converted.passages] == [Fate.CHANGED, Fate.DROPPED]


def test_each_module_s_bank_goes_out_in_every_format(context, facilitator):
    rows = banks(context, facilitator)

    assert [row.module_id for row in rows] == list(context.modules)
    for format in FORMATS:
        converted = bank_as_file(
            context, facilitator, module_id=rows[0].module_id, format=format, language="en"
        )
        assert len(converted.passages) == rows[0].questions
        assert converted.count(Fate.DROPPED) == 0


@pytest.mark.parametrize(
    ("name", "content", "code", "line"),
    [
        ("a.gift", "潮 {T}\n\n潮".encode("shift_jis"), "question_file_not_utf8", 1),
        ("a.xml", b"<quiz>\n", "question_file_not_xml", 2),
        ("a.xml", b"<!DOCTYPE a><quiz/>", "question_file_declares_entities", 1),
        ("a.xml", b"<a/>", "question_file_not_a_quiz", 1),
        ("a.gift", b"a" * (LARGEST + 1), "question_file_too_large", 1),
        ("a.gift", b"", "question_file_empty", 1),
        ("a.gift", b"\x01", "question_file_control_mark", 1),
        ("a.json", b"{}", "question_file_not_our_json", 1),
        ("a.pdf", b"", "question_file_unknown_suffix", 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(
    context, facilitator, name, content, code, line
):
    with pytest.raises(InputRefused) as caught:
        drafts_from_file(context, facilitator, name=name, content=content, language="ja")

    assert (caught.value.code, caught.value.facts["line"]) == (code, line)


def test_every_refusal_of_a_file_is_among_the_club_s():
    assert set(REFUSAL_BY_CODE.values()) <= CODES


def test_an_unknown_module_format_or_language_is_refused(context, facilitator):
    known = next(iter(context.modules))
    with pytest.raises(NotFound):
        bank_as_file(context, facilitator, module_id="none", format=".gift", language="ja")
    for format, language in ((".doc", "ja"), (".gift", "fr")):
        with pytest.raises(InputRefused):
            bank_as_file(context, facilitator, module_id=known, format=format, language=language)
    with pytest.raises(InputRefused):
        drafts_from_file(context, facilitator, name="a.gift", content=GIFT, language="fr")


def test_nobody_but_a_facilitator_may_see_the_questions_with_their_answers(context, facilitator):
    known = next(iter(context.modules))
    others = [
        colleague(context, facilitator, Role.AUDITOR),
        colleague(context, facilitator, Role.LEARNER),
        join(context, Kind.MEMBER, Role.LEARNER),
        join(context, Kind.SUPPLIER, Role.SELLER),
    ]
    for other in others:
        with pytest.raises(NotAllowed):
            banks(context, other)
        with pytest.raises(NotAllowed):
            bank_as_file(context, other, module_id=known, format=".gift", language="ja")
        with pytest.raises(NotAllowed):
            drafts_from_file(context, other, name="a.gift", content=GIFT, language="ja")
