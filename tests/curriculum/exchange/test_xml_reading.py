"""Moodle XML read as Moodle reads it; whatever else a question says is reported."""

from fractions import Fraction

import pytest
from defusedxml.ElementTree import fromstring

from curriculum.exchange.entries import (
    DescriptionEntry,
    EssayEntry,
    MatchEntry,
    NumberEntry,
    OrderEntry,
    Overall,
    ShortEntry,
    Unit,
    Words,
)
from curriculum.exchange.reporting import Fate
from curriculum.exchange.xml_reading import read_xml

HEAD = """
  <name><text> A name </text></name>
  <questiontext format="html"><text><![CDATA[<p>Which & why?</p>]]></text></questiontext>
"""


def only(kind, inside, head=HEAD):
    (passage,) = read_xml(
        fromstring(f'<quiz><question type="{kind}">{head}{inside}</question></quiz>')
    )
    return passage


def entry(kind, inside, head=HEAD):
    passage = only(kind, inside, head)
    assert passage.fate is Fate.KEPT, passage.notes
    return passage.entry


def notes(kind, inside):
    return [str(note) for note in only(kind, inside).notes]


def answer(fraction, text, feedback="", more="", attributes=""):
    said = f'<feedback format="html"><text>{feedback}</text></feedback>' if feedback else ""
    return f'<answer fraction="{fraction}"{attributes}><text>{text}</text>{said}{more}</answer>'


TWO = answer("100", "a") + answer("0", "b")


def test_every_question_has_a_name_a_text_points_hints_tags_and_an_id():
    read = entry(
        "essay",
        """<generalfeedback><text>Well</text></generalfeedback>
        <defaultgrade>2.5000000</defaultgrade><penalty>0</penalty><hidden>0</hidden>
        <idnumber>e-1</idnumber><hint format="plain_text"><text>Think</text></hint>
        <tags><tag><text>v:2</text></tag><tag><text>日本</text></tag></tags>""",
    )

    assert read == EssayEntry(
        id="e-1",
        name="A name",
        stem=Words("<p>Which & why?</p>", "html"),
        feedback=Words("Well", "html"),
        points=Fraction(5, 2),
        tags=("v:2", "日本"),
        hints=(Words("Think", "plain"),),
    )


def test_a_choice_is_single_and_unshuffled_unless_it_says_otherwise():
    usual = entry("multichoice", TWO)
    several = entry(
        "multichoice",
        "<single>false</single><shuffleanswers>1</shuffleanswers>"
        + answer("33.33333", "a", "yes") + answer("66.66667", "b") + answer("-100", "c")
        + "<correctfeedback><text>Good</text></correctfeedback>",
    )  # fmt: skip

    assert (usual.is_single, usual.shuffles) == (True, False)
    assert (several.is_single, several.shuffles) == (False, True)
    assert [a.weight for a in several.answers] == [Fraction(1, 3), Fraction(2, 3), -1]
    assert several.answers[0].feedback == Words("yes", "html")
    assert several.overall == Overall(right=Words("Good", "html"))


def test_true_and_false_are_told_by_name_and_by_order_in_old_files():
    by_name = entry("truefalse", answer("0", "false", "no") + answer("100", "true", "yes"))
    by_order = only("truefalse", answer("0", "Verdadero", "v") + answer("100", "Falso", "f"))

    assert (by_name.is_true, by_name.when_true.text) == (True, "yes")
    assert (by_order.entry.is_true, by_order.entry.when_true.text) == (False, "v")
    assert by_order.fate is Fate.CHANGED


def test_words_may_mind_their_case():
    read = entry("shortanswer", "<usecase>1</usecase>" + answer("50", "CO2", "near"))

    assert isinstance(read, ShortEntry)
    assert (read.minds_case, read.answers[0].text, read.answers[0].weight) == (
        True, "CO2", Fraction(1, 2),
    )  # fmt: skip


def test_numbers_have_a_tolerance_and_units_and_old_files_their_weight_in_an_element():
    read = entry(
        "numerical",
        answer("100", "3.14", more="<tolerance>0.01</tolerance>")
        + answer("0", "22", more="<fraction>0.5</fraction>") + answer("0", "*", "no")
        + "<units><unit><multiplier>1000</multiplier><unit_name>kg</unit_name></unit></units>",
    )  # fmt: skip

    assert isinstance(read, NumberEntry)
    assert [(a.value, a.tolerance, a.weight) for a in read.answers] == [
        (Fraction(157, 50), Fraction(1, 100), 1),
        (22, 0, Fraction(1, 2)),
        (None, 0, 0),
    ]
    assert read.units == (Unit(name="kg", multiplier=Fraction(1000)),)


@pytest.mark.parametrize("kind", ["matching", "match"])
def test_pairs_may_have_nothing_on_the_left(kind):
    read = entry(
        kind,
        """<subquestion format="plain_text"><text>Italy</text>
        <answer><text>Rome</text></answer></subquestion>
        <subquestion><text></text><answer><text>Chat</text></answer></subquestion>""",
    )

    assert isinstance(read, MatchEntry)
    assert [(pair.left, pair.right) for pair in read.pairs] == [
        (Words("Italy", "plain"), "Rome"),
        (Words(), "Chat"),
    ]


def test_items_to_be_ordered_stand_in_order():
    read = entry("ordering", "<gradingtype>abs</gradingtype><selecttype>ALL</selecttype>" + TWO)

    assert isinstance(read, OrderEntry)
    assert ([item.text for item in read.items], read.grading) == (["a", "b"], "ABS")


def test_a_category_holds_for_what_follows_and_a_description_asks_nothing():
    (passage,) = read_xml(
        fromstring(
            '<quiz><question type="category"><category><text>$course$/top/a</text></category>'
            f'</question><question type="description">{HEAD}</question></quiz>'
        )
    )

    assert isinstance(passage.entry, DescriptionEntry)
    assert (passage.entry.category, passage.entry.points) == ("$course$/top/a", 0)


def test_markup_is_html_unless_it_is_named_and_known():
    stem = "<questiontext{}><text>a</text></questiontext>"

    read = [
        entry("essay", "", stem.format(attributes)).stem.format
        for attributes in ("", ' format="markdown"', ' format="moodle_auto_format"', ' format="x"')
    ]
    assert read == ["html", "markdown", "moodle", "html"]


@pytest.mark.parametrize(
    ("kind", "inside", "sentence"),
    [
        ("cloze", "", "Questions of the kind cloze are not read."),
        ("multichoice", answer("100", "a"), "Too few answers: 1; at least 2 are needed."),
        ("multichoice", answer("101", "a"), "This is not a weight from -100 to 100 percent: 101"),
        ("numerical", answer("100", "x"), "This is not a number, or one of too many digits: x"),
        (
            "truefalse",
            answer("100", "true") + answer("100", "false"),
            "Not exactly one answer of a single choice is wholly right: 2",
        ),
        (
            "essay",
            "<defaultgrade>-1</defaultgrade>",
            "This is not a number, or one of too many digits: -1",
        ),
        ("truefalse", answer("100", "true"), "Too few answers: 1; at least 2 are needed."),
        (
            "multichoice",
            answer("100", "<b>a</b>"),
            "A text is not wrapped, so its markup stands among the settings.",
        ),
    ],
)
def test_what_cannot_be_read_is_dropped_with_its_reason(kind, inside, sentence):
    assert only(kind, inside).fate is Fate.DROPPED
    assert notes(kind, inside) == [sentence]


@pytest.mark.parametrize(
    ("kind", "inside", "sentence"),
    [
        (
            "essay",
            "<generalfeedback><text>a</text><file name='a.png'>AA==</file></generalfeedback>",
            "The embedded file a.png is not kept.",
        ),
        (
            "essay",
            "<responseformat>plain</responseformat>",
            "The setting responseformat is not kept: plain",
        ),
        ("essay", "<x><y>deep</y></x>", "The setting x is not kept: deep"),
        (
            "essay",
            "<hint><text>a</text><clearwrong/></hint>",
            "The setting clearwrong is not kept: 1",
        ),
        ("multichoice", TWO + answer("0", " "), "A blank answer is left out."),
        ("shortanswer", TWO + answer("0", " "), "A blank answer is left out."),
        (
            "matching",
            3 * "<subquestion><text>a</text><answer><text>b</text></answer></subquestion>"
            + "<subquestion><text>a</text></subquestion>",
            "A blank answer is left out.",
        ),
        (
            "ordering",
            "<selecttype>ALL</selecttype>" + TWO + answer("3", "c", "why"),
            "The reasons of single pairs or items are lost: 1",
        ),
        (
            "ordering",
            "<selectcount>2</selectcount>" + TWO + answer("3", "c"),
            "The setting selectcount is not kept: 2",
        ),
    ],
)
def test_what_is_left_out_of_a_question_is_reported(kind, inside, sentence):
    assert only(kind, inside).fate is Fate.CHANGED
    assert notes(kind, inside) == [sentence]


def test_a_part_without_a_text_is_blank():
    assert entry("essay", "<generalfeedback/>").feedback == Words()
