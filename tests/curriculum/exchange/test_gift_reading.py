"""GIFT's documented forms, and its traps, read as Moodle 5 reads them."""

from fractions import Fraction

import pytest

from curriculum.exchange.entries import (
    ChoiceEntry,
    DescriptionEntry,
    EssayEntry,
    MatchEntry,
    NumberEntry,
    OrderEntry,
    ShortEntry,
    TrueFalseEntry,
    Words,
)
from curriculum.exchange.gift_reading import read_gift
from curriculum.exchange.reporting import Fate


def only(text):
    (passage,) = read_gift(text)
    return passage


def entry(text):
    passage = only(text)
    assert passage.fate is Fate.KEPT, passage.notes
    return passage.entry


def notes(text):
    return [str(note) for note in only(text).notes]


def test_every_escape_is_undone_and_a_backslash_before_anything_else_stays():
    read = entry(r"::N\:1:: A \{b\} \= \~c \# d\: e\nf \\ g\h \\n {}")

    assert (read.name, read.stem.text) == ("N:1", "A {b} = ~c # d: e\nf \\ g\\h \\n")


def test_weights_are_shares_of_the_mark_and_a_rounded_third_is_a_third():
    read = entry("Which? {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d ~e}")

    third = Fraction(1, 3)
    assert [answer.weight for answer in read.answers] == [third, third, third, -1, 0]


def test_a_choice_is_of_several_only_where_no_answer_is_marked_by_an_equals_sign():
    single = entry("Which? {=a ~%50%b ~c}")
    several = entry("Which? {~%100%a ~%-50%b}")

    assert (single.is_single, several.is_single) == (True, False)
    assert [answer.weight for answer in single.answers] == [1, Fraction(1, 2), 0]


def test_each_answer_has_its_feedback_and_the_question_its_own_behind_the_last_four_marks():
    read = entry("Which? {=a#right #1\n~b # [html]<i>no</i>\n####old\n####[markdown]All *in* all}")

    assert [answer.feedback for answer in read.answers] == [
        Words("right #1"),
        Words("<i>no</i>\n####old", "html"),
    ]
    assert read.feedback == Words("All *in* all", "markdown")


@pytest.mark.parametrize(("said", "is_true"), [("T", True), ("TRUE", True), ("F", False)])
def test_of_true_or_false_the_first_feedback_is_for_the_wrong_answer(said, is_true):
    read = entry(f"It is so. {{{said}#you are wrong#you are right}}")

    assert isinstance(read, TrueFalseEntry)
    assert read.is_true is is_true
    expected = ("you are right", "you are wrong") if is_true else ("you are wrong", "you are right")
    assert (read.when_true.text, read.when_false.text) == expected


def test_true_in_small_letters_is_a_word_to_be_typed():
    assert entry("So? {true}").answers[0].text == "true"


def test_numbers_come_with_a_tolerance_or_as_a_range_and_several_with_weights():
    read = entry("When? {#=1822:0#yes =%50%1822:2 =%25%1800..1850 =-.5e1 ~#not at all\n####gen}")

    assert isinstance(read, NumberEntry)
    assert [(a.value, a.tolerance, a.weight) for a in read.answers] == [
        (1822, 0, 1),
        (1822, 2, Fraction(1, 2)),
        (1825, 25, Fraction(1, 4)),
        (-5, 0, 1),
        (None, 0, 0),
    ]
    assert (read.answers[-1].feedback.text, read.feedback.text) == ("not at all", "gen")


def test_a_range_of_decimals_is_exact():
    answer = entry("Pi? {#3.141..3.142}").answers[0]

    assert (answer.value, answer.tolerance) == (Fraction(6283, 2000), Fraction(1, 2000))


def test_words_are_typed_with_weights_and_a_star_for_anything_else():
    read = entry("Who? {=no one =%50%[plain]somebody#nearly =%0%*#no}")

    assert isinstance(read, ShortEntry)
    assert [(a.text, a.weight, a.feedback.text) for a in read.answers] == [
        ("no one", 1, ""),
        ("somebody", Fraction(1, 2), "nearly"),
        ("*", 0, "no"),
    ]


def test_a_pair_with_nothing_on_the_left_is_a_decoy():
    read = entry("[html]Match <b>them</b>.{\n=[plain]Canada -> Ottawa\n=Italy->Rome\n= -> Chat\n}")

    assert isinstance(read, MatchEntry)
    assert [(pair.left, pair.right) for pair in read.pairs] == [
        (Words("Canada", "plain"), "Ottawa"),
        (Words("Italy", "html"), "Rome"),
        (Words(), "Chat"),
    ]


def test_a_question_may_have_no_text_of_its_own():
    read = entry("::capitals::{=Canada -> Ottawa =Italy -> Rome ####by size}")

    assert (read.name, read.stem, read.feedback.text) == ("capitals", Words(), "by size")


def test_no_braces_make_a_description_and_empty_ones_an_essay():
    assert isinstance(entry("Read this first."), DescriptionEntry)
    assert isinstance(entry("Tell us. {}"), EssayEntry)
    assert entry("Tell us. {####[html]<p>Well</p>}").feedback == Words("<p>Well</p>", "html")


def test_text_behind_the_braces_makes_a_gap():
    assert entry("Grant is {=buried ~born} there.").stem.text == "Grant is _____ there."
    assert entry("Grant is buried {=there ~here}").stem.text == "Grant is buried"


def test_items_to_be_ordered_stand_a_line_each():
    read = entry("Order. {>3 ALL VERTICAL ABSOLUTE_POSITION SHOW none\na = 1\nb\nc\n####gen}")

    assert isinstance(read, OrderEntry)
    assert [item.text for item in read.items] == ["a = 1", "b", "c"]
    assert (read.grading, read.feedback.text) == ("ABSOLUTE_POSITION", "gen")


def test_comments_vanish_even_within_a_question_but_hold_its_id_and_tags():
    read = entry("// [id:add\\]1] [tag:v:2] [tag:日 本]\n::N:: So {\n// [id:second]\nTRUE}")

    assert (read.id, read.tags) == ("add]1", ("v:2", "日 本"))
    assert isinstance(read, TrueFalseEntry)


def test_a_comment_that_says_anything_else_is_reported():
    assert notes("// ask Ken\n// question: 12  name: So\nSo {T}") == [
        "A comment is not kept: ask Ken"
    ]
    assert only("// only a comment").fate is Fate.DROPPED


def test_two_slashes_within_a_line_are_no_comment():
    assert entry("See https\\://club // really {T}").stem.text == "See https://club // really"


def test_a_category_holds_for_the_questions_behind_it():
    first, second = read_gift("$CATEGORY: $course$/top/質: a\n\nOne {T}\n\nTwo {F}\n")

    assert (first.entry.category, second.entry.category) == ("$course$/top/質: a",) * 2


def test_a_question_right_under_its_category_is_reported_as_moodle_would_lose_it():
    passage = only("$CATEGORY: a\nOne {T}")

    assert (passage.fate, passage.name) == (Fate.DROPPED, "One {T}")
    assert notes("$CATEGORY: a\nOne {T}") == [
        "A line after $CATEGORY needs a blank line before it."
    ]


def test_a_question_without_a_name_is_named_by_its_beginning():
    assert entry("[html]How are you? {}").name == "How are you?"
    assert entry("::never closed {}").stem.text == "never closed"


def test_an_unknown_markup_is_part_of_the_text():
    assert entry("[wiki]a [b] {}").stem == Words("[wiki]a [b]")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(ending):
    passages = read_gift(ending.join(("One {T}", "", "Two", "lines {", "=a", "~b}", "")))

    assert [passage.entry.stem.text for passage in passages] == ["One", "Two\nlines"]
    assert isinstance(passages[1].entry, ChoiceEntry)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One {=a", "The answers have no pair of braces around them."),
        ("One }{", "The answers have no pair of braces around them."),
        ("One {~a}", "Too few answers: 1; at least 2 are needed."),
        ("One {=a -> b}", "Too few answers: 1; at least 2 are needed."),
        ("One {=a -> b =c}", "A pair has no arrow ->: c"),
        ("One {#~#no}", "Too few answers: 0; at least 1 are needed."),
        ("One {#many}", "This is not a number, or one of too many digits: many"),
        ("One {#1:-2}", "This is not a number, or one of too many digits: -2"),
        ("One {#5..1}", "A range goes from the lower number to the higher: 5..1"),
        ("One {~%101%a ~b}", "This is not a weight from -100 to 100 percent: 101"),
        ("One {~%--5%a ~b}", "This is not a weight from -100 to 100 percent: --5"),
        ("One {>3\na}", "Too few answers: 1; at least 2 are needed."),
    ],
)
def test_what_cannot_be_read_is_dropped_with_its_reason(text, sentence):
    passage = only(text)

    assert (passage.fate, passage.entry) == (Fate.DROPPED, None)
    assert [str(note) for note in passage.notes] == [sentence]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One {=a ~ ~b}", "A blank answer is left out."),
        ("One {=a ~%50%#why ~b}", "A blank answer is left out."),
        ("One {=a -> b =c -> =d -> e}", "A blank answer is left out."),
        ("One {=a =%50%#why}", "A blank answer is left out."),
        ("One {=a ~b} two {=c}", "A second pair of braces stays in the text as it is."),
        ("One {>2 RANDOM\na\nb\nc}", "The setting choice is not kept: RANDOM"),
    ],
)
def test_what_is_left_out_of_a_question_is_reported(text, sentence):
    assert only(text).fate is Fate.CHANGED
    assert notes(text) == [sentence]
