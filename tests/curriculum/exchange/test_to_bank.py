"""Questions of a file become drafts that the bank takes, and every gap in them is told."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.bank import read_questions
from curriculum.blocks import parse
from curriculum.exchange.bank_yaml import write_bank
from curriculum.exchange.drafting import MISSING, NEVER
from curriculum.exchange.entries import Unit
from curriculum.exchange.gift_reading import read_gift
from curriculum.exchange.reporting import Fate, Passage
from curriculum.exchange.to_bank import drafts_of
from curriculum.questions import MultiChoice, Numeric, SingleChoice
from curriculum.texts import Text
from tests.curriculum.exchange.made import ENTRIES

DRAFT = "A draft: it is to be translated, reviewed and given its sources."
PLACE = "Topic, lesson or outcomes are to be chosen."
EXPLAIN = "The explanation is to be written."


@given(st.lists(st.one_of(*ENTRIES.values()), max_size=3), st.sampled_from(("ja", "en")))
def test_whatever_is_drafted_is_read_by_the_bank_as_it_was_drafted(entries, language):
    passages = [
        Passage(number=number, name=entry.name, kind=entry.kind, entry=entry)
        for number, entry in enumerate(entries, start=1)
    ]

    drafts = drafts_of(passages, language)

    assert len(drafts) == sum(passage.fate is not Fate.DROPPED for passage in passages)
    if drafts:
        item = parse(Path("bank.yaml"), write_bank(drafts))
        assert list(read_questions(item, {}, on=None)) == drafts


def drafted(gift, language="en"):
    passages = read_gift(gift)
    drafts = drafts_of(passages, language)
    return drafts, [str(note) for passage in passages for note in passage.notes]


def test_a_question_from_elsewhere_is_a_draft_that_cannot_be_asked_and_says_what_it_lacks():
    (draft,), notes = drafted("::Spring tide::Which? {=new moon#yes ~half moon}")

    assert isinstance(draft, SingleChoice)
    assert (draft.id, draft.status, draft.version) == ("spring-tide", "draft", 1)
    assert (draft.topic, draft.lesson_id, draft.outcomes) == ("not-chosen", "not-chosen", ())
    assert draft.stem == Text(ja="（要翻訳）Which?", en="Which?")
    assert draft.choices[1].why == draft.explanation == MISSING
    assert (draft.reviewed_on, draft.review_by) == NEVER
    assert not draft.may_be_asked(date(2026, 11, 22))
    assert notes == [
        PLACE, DRAFT, "The id or name is not one of ours; it is now spring-tide.", EXPLAIN,
        "Reasons to be written: 1",
    ]  # fmt: skip


def test_a_tag_of_ours_says_the_language_and_the_others_are_told():
    labels = "// [id:q] [tag:lang:ja] [tag:lesson:a] [tag:topic:b] [tag:outcome:c] [tag:moon]\n"
    (draft,), notes = drafted(f"{labels}::n::潮{{T#誤#正####説明\\n\\n出典：表 (p. 4)}}")

    assert draft.stem == Text(ja="潮", en="(to be translated) 潮")
    assert (draft.lesson_id, draft.topic, draft.outcomes) == ("a", "b", ("c",))
    assert draft.explanation.ja == "説明"
    assert notes == ["Tags are not kept: moon", DRAFT, "To be entered as a source: 表 (p. 4)"]


def test_sources_that_we_wrote_below_the_explanation_are_told_instead():
    (draft,), notes = drafted(r"::n::A{T#w#r####Why.\n\nSource\: Almanac (p. 4)}")

    assert draft.explanation.en == "Why."
    assert "To be entered as a source: Almanac (p. 4)" in notes


def test_two_questions_of_one_name_and_one_without_any_have_ids_of_their_own():
    drafts, _ = drafted("::a::A{T#w#r}\n\n::a::B{T#w#r}\n\n::潮::C{T#w#r}")

    assert [draft.id for draft in drafts] == ["a", "a-2", "imported-3"]


def test_html_becomes_markdown():
    (draft,), notes = drafted("::a::[html]<p>A <b>tide</b> &amp; more</p><ul><li>x</ul>{T}")

    assert draft.stem.en == "A **tide** & more\n\n- x"
    assert "HTML is now plain Markdown; tags without a counterpart are left out." in notes


def test_positive_weights_are_scaled_to_the_whole_mark():
    (draft,), notes = drafted("::a::A{~%50%a#y ~%25%b#y ~%-100%c#n####x}")

    assert isinstance(draft, MultiChoice)
    assert [c.weight for c in draft.choices] == [Fraction(2, 3), Fraction(1, 3), -1]
    assert "The positive weights summed to 75%; they are scaled to 100%." in notes


def test_of_several_right_numbers_the_first_is_kept_and_wrong_ones_are_slips():
    (draft,), notes = drafted("::a::A{#=5:1 =%50%9 =%0%20:2#twice =%0%5.5#near ~#no}")

    assert isinstance(draft, Numeric)
    assert (draft.value, draft.tolerance) == (5, 1)
    assert [(slip.value, slip.why.en) for slip in draft.slips] == [(20, "twice")]
    assert draft.unit == MISSING
    assert [note for note in notes if "answer" in note.lower() or "give or take" in note] == [
        "An answer is not kept: 9",
        "Wrong numbers now hold give or take 1, as the right one.",
        "An answer is not kept: 5.5: near",
        "An answer is not kept: *: no",
    ]


def test_typed_answers_that_say_the_same_are_ways_to_write_one():
    (draft,), notes = drafted("::a::A{=%50%gas#so =CO2#yes =co2#again =carbon#yes =%0%*#no}")

    assert [(word.en, word.weight) for word in draft.answers] == [
        (("CO2", "carbon"), 1),
        (("gas",), Fraction(1, 2)),
    ]
    assert "Two answers are the same to our bank; the second is left out: co2: again" in notes
    assert "Our bank knows no star for anything: *: no" in notes


def test_what_stands_alone_on_the_right_is_a_decoy():
    (draft,), notes = drafted("::a::A{=a -> 1 =b -> 2 = -> 3 = -> 1}")

    assert [(pair.left.en, pair.right.en) for pair in draft.pairs] == [("a", "1"), ("b", "2")]
    assert [decoy.right.en for decoy in draft.decoys] == ["3"]
    assert "Two answers are the same to our bank; the second is left out: 1" in notes
    assert "Reasons to be written: 3" in notes


@pytest.mark.parametrize(
    ("gift", "sentence"),
    [
        ("A{}", "Our bank has no question of the kind essay."),
        ("A", "Our bank has no question of the kind description."),
        ("A{=a =b ~c}", "Not exactly one answer of a single choice is wholly right: 2"),
        ("A{~%-50%a ~b}", "No answer is right."),
        ("A{#%50%1}", "No answer is right."),
        ("A{=%50%a}", "No answer is right."),
        ("A{=a -> 1 =b -> 1}", "Too few answers: 1; at least 2 are needed."),
        ("A{>2\na\nb}", "Too few answers: 2; at least 3 are needed."),
        ("A{>3\na\nb\na}", "Two items of the order are the same."),
        ("A{=[html]<br> ~b}", "A text is blank but for its markup."),
        ("A{#1e30}", "This is not a number, or one of too many digits: 1" + "0" * 30),
    ],
)
def test_what_the_bank_cannot_hold_is_dropped_with_its_reason_alone(gift, sentence):
    assert drafted(gift) == ([], [sentence])


def test_points_are_whole():
    passages = read_gift("::a::A{T#w#r}")
    object.__setattr__(passages[0].entry, "points", Fraction(5, 2))

    assert drafts_of(passages, "en")[0].points == 2
    assert "Points are whole and at least 1: 2.5 became 2." in [str(n) for n in passages[0].notes]


def test_a_penalty_is_lost_and_a_negative_weight_of_a_single_choice_raised():
    passages = read_gift("::a::A{=a#r ~%-50%b#w####x}")
    object.__setattr__(passages[0].entry, "penalty", Fraction(0))

    (draft,) = drafts_of(passages, "en")
    notes = [str(note) for note in passages[0].notes]
    assert [choice.weight for choice in draft.choices] == [1, 0]
    assert "A negative weight became 0." in notes
    assert "The penalty for a further try is lost: 0" in notes


def test_a_typed_answer_may_be_too_long_and_two_lefts_the_same():
    long = "a" * 101
    _, notes = drafted(f"::a::A{{=b =%50%{long}}}\n\n::b::B{{=a -> 1 =b -> 2 =a -> 3}}")

    assert f"An answer is too long for our bank: {long[:59]}…" in notes
    assert "Two answers are the same to our bank; the second is left out: a" in notes


@pytest.mark.parametrize("review", ["2026-02-30", "2026-13-01", "soon", "2026-01-01"])
def test_a_review_that_is_no_day_or_too_early_counts_as_none(review):
    labels = f"// [tag:reviewed:2026-01-01] [tag:review:{review}]\n"
    (draft,), _ = drafted(f"{labels}::a::A{{T#w#r}}")

    assert (draft.reviewed_on, draft.review_by) == NEVER


def test_html_beyond_all_measure_is_dropped():
    assert drafted("A[html]{T####[html]" + "x" * 100_001 + "}")[0] == []


def test_a_negative_weight_of_a_typed_answer_and_a_second_unit_do_not_count():
    (typed, number), notes = _with_units("::a::A{=a#x =%-50%b#y####z}\n\n::b::B{#=1####z}")

    assert [word.weight for word in (*typed.answers, *typed.slips)] == [1, 0]
    assert number.unit.en == "t"
    assert notes >= {"A negative weight became 0.", "Units are lost: kg"}


def _with_units(gift):
    passages = read_gift(gift)
    units = (Unit(name="kg", multiplier=Fraction(1000)), Unit(name="t", multiplier=Fraction(1)))
    object.__setattr__(passages[1].entry, "units", units)
    drafts = drafts_of(passages, "en")
    return drafts, {str(note) for passage in passages for note in passage.notes}
