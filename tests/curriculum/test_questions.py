from datetime import date
from fractions import Fraction

import pytest

from curriculum.errors import BadContent
from curriculum.modules import load
from curriculum.questions import MultiChoice, Numeric, SingleChoice, TrueFalse
from tests.curriculum.examples import Change, numeric, place, single

FILE = "questions.yaml"
SOURCES = 'sources: [{doc: almanac, clause: "p. 4"}]'


def test_each_kind_of_question_is_read(folder):
    one, two, three, four = load(folder).questions

    assert [type(q) for q in (one, two, three, four)] == [
        SingleChoice, MultiChoice, TrueFalse, Numeric,
    ]  # fmt: skip
    assert [choice.weight for choice in two.choices] == [Fraction(1, 3), Fraction(2, 3), -1]
    assert three.is_true is False
    assert (four.value, four.tolerance, four.unit.en) == (12, Fraction(1, 2), "hours")
    assert [slip.value for slip in four.slips] == [24]
    assert one.sources[0].document.title.en == "Almanac"


@pytest.mark.parametrize(
    ("old", "new", "place_starts", "sentence"),
    [
        ("id: two", "id: one", "- id: one", "The question 'one' is written twice."),
        ("type: single", "type: essay", "type: essay", "'essay' is not one of: multi, numeric"),
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


def test_only_choices_may_be_shown_in_another_order():
    assert single({"a": 1, "b": 0}).choice_ids == ("a", "b")
    assert numeric(1).choice_ids == ()
