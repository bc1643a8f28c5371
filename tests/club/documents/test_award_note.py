from dataclasses import replace

import pytest

from club.documents import write_award_note
from tests.club.documents.papers import an_award_note, pages_of, squeezed


def test_the_note_tells_what_was_won_and_what_to_deliver():
    pages = pages_of(write_award_note(an_award_note()))
    must = [
        "落札通知書",
        "Award note",
        "AWD-2026-00009",
        "株式会社みどりの森林組合連合 御中",
        "To: Midori Forest Co-operatives",
        "長崎県林業公社 間伐促進エコマテリアル創出プロジェクト",
        "54,300 8,400 456,120 55",
        "引渡期限 2026/12/18 / deliver by 18 Dec 2026",
        "引渡期限の定めなし / no delivery date set",
        "端数 700 kg はクラブが保管 / 700 kg go into the club's custody",
        "落札金額 Value of the awards ¥916,300",
        "保管分の金額 Value taken into custody ¥12,800",
        "お支払い額（税抜） Payable to you (excluding tax) ¥929,100",
        "合計 109単位 109 units in all",
        "J-クレジット登録簿 口座 JP-SAMPLE-00042",
    ]

    assert len(pages) == 1
    assert [words for words in must if squeezed(words) not in pages[0]] == []


def test_whole_units_leave_nothing_in_custody():
    whole = an_award_note(awards=4).awards[3]
    text = "".join(pages_of(write_award_note(replace(an_award_note(), awards=(whole,)))))

    assert whole.custody_kg == 0
    assert "端数700kg" in "".join(pages_of(write_award_note(an_award_note())))
    assert "はクラブが保管" not in text


@pytest.mark.parametrize("units", [54, 56])
def test_units_that_do_not_just_cover_the_award_are_refused(units):
    note = an_award_note()

    with pytest.raises(ValueError, match=f"{units} units for 54300 kg"):
        replace(note, awards=(replace(note.awards[0], units=units),))


def test_sixty_awards_run_over_pages_under_a_repeated_head():
    pages = pages_of(write_award_note(an_award_note(awards=60)))

    assert all(squeezed("引渡し単位数") in page for page in pages[:-1])
    assert len(pages) > 4


def test_the_same_values_are_the_same_bytes():
    assert write_award_note(an_award_note()) == write_award_note(an_award_note())
