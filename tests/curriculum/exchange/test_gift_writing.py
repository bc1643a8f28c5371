"""GIFT as Moodle writes it, and what is said of all that it cannot hold."""

from fractions import Fraction

import pytest

from curriculum.exchange.entries import (
    ChoiceAnswer,
    ChoiceEntry,
    DescriptionEntry,
    EssayEntry,
    MatchEntry,
    MatchPair,
    NumberAnswer,
    NumberEntry,
    OrderEntry,
    Overall,
    ShortAnswer,
    ShortEntry,
    TrueFalseEntry,
    Unit,
    Words,
)
from curriculum.exchange.gift_writing import write_gift
from curriculum.exchange.reporting import Fate, Passage


def sent(entry):
    return Passage(number=1, name=entry.name, kind=entry.kind, entry=entry)


def notes(entry):
    passage = sent(entry)
    written = write_gift([passage])
    assert (written == "") is (passage.fate is Fate.DROPPED)
    return [str(note) for note in passage.notes]


def choice(*weights, is_single=True, **own):
    answers = tuple(
        ChoiceAnswer(text=Words(name), weight=Fraction(weight))
        for name, weight in zip("abcd", weights, strict=False)
    )
    return ChoiceEntry(name="n", stem=Words("s"), is_single=is_single, answers=answers, **own)


def short(text, **own):
    answers = (ShortAnswer(text=text, weight=Fraction(1), **own),)
    return ShortEntry(name="n", answers=answers)


def test_a_question_that_was_dropped_before_is_not_written():
    passage = sent(choice(1, 0))
    passage.is_dropped = True

    assert write_gift([passage]) == ""


def test_a_bank_is_written_as_moodle_writes_it():
    entries = [
        choice(1, 0, id="q]1", tags=("v:2",), category="top/a"),
        TrueFalseEntry(
            name="t", category="top/a", stem=Words("<b>So</b>", "html"), is_true=False,
            when_false=Words("right"), feedback=Words("all"),
        ),
        NumberEntry(
            name="x", category="top/b",
            answers=(
                NumberAnswer(value=Fraction(7, 2), tolerance=Fraction(1, 4), weight=Fraction(1)),
                NumberAnswer(
                    value=None, tolerance=Fraction(0), weight=Fraction(0), feedback=Words("no")
                ),
            ),
        ),
        MatchEntry(
            name="m", category="top/b", feedback=Words("all"),
            pairs=(MatchPair(left=Words("[a]"), right="1"), MatchPair(left=Words(), right="2:3")),
        ),
        OrderEntry(name="o", category="top/b", items=(Words("a = 1"), Words("b\\c"))),
        EssayEntry(name="e", category="top/b", stem=Words("a\nb"), feedback=Words("x")),
        DescriptionEntry(name="d", category="top/b", stem=Words("//{")),
    ]  # fmt: skip

    assert write_gift([sent(entry) for entry in entries]).split("\n\n") == [
        "$CATEGORY: top/a",
        "// [id:q\\]1] [tag:v:2]\n::n::s{\n\t=a\n\t~b\n}",
        "::t::[html]<b>So</b>{FALSE##[moodle]right####[moodle]all}",
        "$CATEGORY: top/b",
        "::x::{#\n\t=%100%3.5:0.25\n\t~#no\n}",
        "::m::{\n\t=[moodle][a] -> 1\n\t= -> 2\\:3\n\t####all\n}",
        "::o::{>2 ALL VERTICAL RELATIVE_ALL_PREVIOUS_AND_NEXT SHOW none\n\ta = 1\n\tb\\\\c\n}",
        "::e::a\\nb{####x}",
        "::d:://\\{\n",
    ]


@pytest.mark.parametrize(
    ("entry", "sentences"),
    [
        (choice(1, 0, points=Fraction(3)), ["GIFT has no points: 3 become the usual."]),
        (choice(1, 0, penalty=Fraction(0)), ["The penalty for a further try is lost: 0"]),
        (choice(1, 0, hints=(Words("h"),)), ["Hints are lost: 1"]),
        (
            choice(1, 0, overall=Overall(right=Words("well"))),
            ["The feedback for right, partly right and wrong answers is lost."],
        ),
        (
            choice(1, 0, shuffles=False),
            ["The fixed order of the answers is lost: they may be shuffled."],
        ),
        (choice(1, 0, tags=("a`b",)), ["A tag cannot be written in GIFT: a`b"]),
        (choice(1, 0, id="a\\"), ["The id cannot be written in GIFT: a\\"]),
        (
            choice(Fraction(5, 7), Fraction(2, 7), is_single=False),
            [
                "A weight is rounded to 71.42857%.",
                "Moodle does not list the weight 71.42857%: import with nearest grade.",
                "A weight is rounded to 28.57143%.",
                "Moodle does not list the weight 28.57143%: import with nearest grade.",
            ],
        ),
        (
            choice(Fraction(1, 2), 0),
            ["GIFT takes a single choice without a wholly right answer for several ones."],
        ),
        (short("a->b"), ["GIFT takes a typed answer with -> for a pair: a->b"]),
        (
            short("a", feedback=Words("a->b")),
            ["An arrow -> in a text became →; GIFT would take it for a pair."],
        ),
        (
            DescriptionEntry(name="d", feedback=Words("f")),
            ["The general feedback is lost: a description has none in GIFT."],
        ),
        (
            OrderEntry(name="o", items=(Words("a}"), Words("b"))),
            ["GIFT cannot hold this item of an order: a}"],
        ),
        (
            NumberEntry(
                name="x",
                units=(Unit(name="kg", multiplier=Fraction(1)),),
                answers=(
                    NumberAnswer(value=Fraction(1, 3), tolerance=Fraction(0), weight=Fraction(1)),
                ),
            ),
            ["Units are lost: kg", "A number is rounded to 0.333333333333."],
        ),
    ],
)
def test_what_gift_cannot_hold_is_said(entry, sentences):
    assert notes(entry) == sentences
