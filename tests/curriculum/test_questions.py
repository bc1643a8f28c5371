from datetime import date
from fractions import Fraction

import pytest

from curriculum.errors import BadContent
from curriculum.modules import load
from curriculum.questions import (
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from tests.curriculum.examples import (
    Change,
    matching,
    numeric,
    ordering,
    place,
    short,
    single,
    word,
)

FILE = "questions.yaml"
SOURCES = 'sources: [{doc: almanac, clause: "p. 4"}]'


def test_each_kind_of_question_is_read(folder):
    one, two, three, four, five, six, seven = load(folder).questions

    assert [type(q) for q in load(folder).questions] == [
        SingleChoice, MultiChoice, TrueFalse, Numeric, ShortAnswer, Matching, Ordering,
    ]  # fmt: skip
    assert [choice.weight for choice in two.choices] == [Fraction(1, 3), Fraction(2, 3), -1]
    assert three.is_true is False
    assert (four.value, four.tolerance, four.unit.en) == (12, Fraction(1, 2), "hours")
    assert [slip.value for slip in four.slips] == [24]
    assert [(word.id, word.weight) for word in five.known] == [
        ("ebb", 1), ("out", Fraction(1, 2)), ("flood", 0),
    ]  # fmt: skip
    assert five.answers[0].variants == ("引き潮", "下げ潮", "ebb", "Ebb tide")
    assert [pair.right.en for pair in six.pairs] == ["Spring tide", "Spring tide", "Neap tide"]
    assert [decoy.right.ja for decoy in six.decoys] == ["赤潮"]
    assert [item.text.en for item in seven.items] == [
        "Low water",
        "Rising",
        "High water",
        "Falling",
    ]
    assert one.sources[0].document.title.en == "Almanac"


@pytest.mark.parametrize(
    ("old", "new", "place_starts", "sentence"),
    [
        ("id: two", "id: one", "- id: one", "The question 'one' is written twice."),
        ("type: single", "type: essay", "type: essay", "'essay' is not one of: match, multi, n"),
        ("mark: 1", "mark: 1\n  hue: red", "hue: red", "'hue' is not a known key here"),
        ("answer: false", "answer: no", "answer: no", "'no' should be true or false."),
        ("en: A}", "en: no}", "- {id: a", "Put quotes around 'no': YAML reads it as true or fal"),
        (", en: A}", "}", "- {id: a", "The key 'en' is missing."),
        ("{id: b, weight: 0", "{id: a, weight: 0", "- {id: a, weight: 0", "The choice 'a' is wr"),
        ("{id: b, weight: 0", "{id: b, weight: 1", "- {id: a", "In a single choice one weight"),
        ("{id: b, weight: 0", "{id: b, weight: -1", "- {id: a", "In a single choice one weight"),
        ('"1/3"', '"1/4"', "- {id: a", "The positive weights sum to 11/12, not to 1."),
        ("weight: -1", 'weight: "-1.5"', "- {id: a", "No weight is below -1."),
        ('tolerance: "0.5"', "tolerance: -1", "tolerance: -1", "A tolerance is 0 or more."),
        ("{value: 24", "{value: 12", "- {value: 12", "A slip lies within the tolerance of the"),
        (
            "id: out, w",
            "id: ebb, w",
            "- {id: ebb, weight: 1/2",
            "The answer 'ebb' is written",
        ),
        ("id: flood", "id: ebb", "- {id: ebb, variants", "The answer 'ebb' is written"),
        ("[ebb, Ebb tide]", "[]", "- {id: ebb", "An answer is written in at least one way in each"),
        ("Ebb tide", "ＥＢＢ", "- {id: ebb", "'ebb' is written twice; case, width and spaces"),
        ("Ebb tide", "e" * 101, "- {id: ebb", "An answer has at most 100 characters."),
        ("[flood]", "[GOING  out]", "- {id: flood", "'going out' is a way to write two of the"),
        ("id: ebb, weight: 1", "id: ebb, weight: 2", "- {id: ebb", "The best answer stands first"),
        ("weight: 1/2", "weight: 0", "- {id: ebb", "The best answer stands first, with weight 1;"),
        ("weight: 1/2", "weight: 2", "- {id: ebb", "The best answer stands first, with weight 1;"),
        ("id: flood, v", "id: flood, weight: 0, v", "- {id: flood", "'weight' is not a known key"),
        ("id: full", "id: new", "- {id: new, left: {ja: 満月", "The id 'new' is written twice."),
        ("id: red", "id: new", "- {id: new, right", "The id 'new' is written twice."),
        ("en: Full", "en: New", "- {id: full", "'New' stands here twice in en,"),
        (
            "赤潮, en: Red tide",
            "大潮, en: Spring tide",
            "- {id: red",
            "'大潮' stands here twice in",
        ),
        (
            "大潮, en: Spring",
            "大潮, en: King",
            "- {id: full",
            "'大潮' stands here twice in ja, and",
        ),
        ("小潮, en: Neap", "大潮, en: Neap", "- {id: half", "'大潮' stands here twice in ja"),
        ("id: rise", "id: low", "- {id: low, text: {ja: 上げ潮", "The id 'low' is written twice."),
        ("en: Rising", "en: Falling", "- {id: fall", "'Falling' stands here twice in en, and"),
        (SOURCES, "sources: []", "sources: []", "A ready question names at least one source."),
        ("almanac", "diary", "sources: [{doc: diary", "module.yaml lists no document 'diary'."),
        ("2027-03-01", "2026-11-01", "review_by: 2026-11-01", "`review_by` comes after"),
        ("lesson: high", "lesson: ebb", "- id: one", "There is no lesson 'ebb'."),
        ("[turn]", "[swim]", "- id: one", "module.yaml lists no outcome 'swim'."),
    ],
)
def test_a_broken_question_is_refused_where_it_breaks(folder, old, new, place_starts, sentence):
    Change(FILE, old, new).apply(folder)

    with pytest.raises(BadContent) as caught:
        load(folder)

    assert caught.value.path == folder.joinpath(FILE)
    assert place(caught.value).startswith(place_starts)
    assert caught.value.sentence.startswith(sentence)


def test_a_draft_needs_no_source(folder):
    Change(FILE, SOURCES, "sources: []").apply(folder)
    Change(FILE, "status: ready", "status: draft").apply(folder)

    assert load(folder).questions[0].sources == ()


def test_a_question_may_be_asked_until_its_review_is_due():
    question = single({"a": 1, "b": 0}, review_by=date(2027, 3, 1))

    assert question.may_be_asked(date(2027, 3, 1))
    assert not question.may_be_asked(date(2027, 3, 2))
    assert not single({"a": 1, "b": 0}, status="draft").may_be_asked(date(2027, 3, 1))


def without(folder, *ids):
    """Take the lines of these ids out of the bank."""
    for id in ids:
        lines = folder.joinpath(FILE).read_text("utf-8").splitlines(keepends=True)
        Change(FILE, next(line for line in lines if f"{{id: {id}, " in line), "").apply(folder)


def test_two_pairs_and_two_rights_are_the_least_that_can_be_matched(folder):
    without(folder, "half", "red")
    Change(FILE, "decoys:", "decoys: []").apply(folder)

    with pytest.raises(BadContent) as caught:
        load(folder)

    assert caught.value.code == "too_few_pairs"


def test_two_steps_are_no_order(folder):
    without(folder, "high", "fall")

    with pytest.raises(BadContent) as caught:
        load(folder)

    assert caught.value.code == "too_few_items"


def test_only_choices_may_be_shown_in_another_order():
    assert single({"a": 1, "b": 0}).choice_ids == ("a", "b")
    assert numeric(1).choice_ids == ()
    assert short([word("a", "one", weight=1)]).choice_ids == ()
    assert ordering("abc").choice_ids == ("a", "b", "c")


def test_rights_with_the_same_words_are_offered_once():
    question = matching({"new": "spring", "full": "spring", "half": "neap"}, decoys=["red"])

    assert question.choice_ids == ("new", "half", "red")
