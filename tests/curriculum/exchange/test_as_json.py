"""Our own JSON loses nothing, and takes nothing that it would not write."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.exchange.as_json import Unreadable, read_json, write_json
from curriculum.exchange.entries import EssayEntry, ShortAnswer, ShortEntry
from curriculum.exchange.reporting import Fate, Passage
from tests.curriculum.exchange.made import ENTRIES


def sent(entry):
    return Passage(number=1, name=entry.name, kind=entry.kind, entry=entry)


@given(st.lists(st.one_of(*ENTRIES.values()), max_size=3))
def test_every_question_is_the_same_after_it_is_read_again(entries):
    back = read_json(write_json([sent(entry) for entry in entries]))

    assert [passage.entry for passage in back] == entries


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"points": "1"', '"points": 1.5', r"questions\[1\].points: an exact number"),
        ('"points": "1"', '"points": "1/0"', r"questions\[1\].points: an exact number"),
        ('"name": "n"', '"name": 7', r"questions\[1\].name: str is expected"),
        ('"name": "n"', '"hue": "n"', r"questions\[1\]: unknown: hue"),
        ('"tags": []', '"tags": "a"', r"questions\[1\].tags: a list is expected"),
        ('"stem": {', '"stem": {"hue": "", ', r"questions\[1\].stem: unknown: hue"),
        ('"questions", "version"', '"others", "version"', 'file: "format": "questions" is missing'),
        ('"hints": []', '"hints": ["a"]', r"questions\[1\].hints\[0\]: an object is expected"),
        ('"tags": []', '"name": "x"', "file: name is written twice in one object"),
        ('"essay"', '"ode"', r"questions\[1\]: a known kind is missing"),
    ],
)
def test_what_is_not_as_we_write_it_is_refused_with_its_place(old, new, sentence):
    written = json.dumps(json.loads(write_json([sent(EssayEntry(name="n"))])))
    assert old in written

    with pytest.raises(Unreadable, match=sentence):
        read_json(written.replace(old, new, 1))


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (EssayEntry(name="a\x01b"), "A text holds a control character."),
        (
            ShortEntry(answers=(ShortAnswer(text="a", weight=Fraction(3, 2)),)),
            "This is not a weight from -100 to 100 percent: 3/2",
        ),
        (ShortEntry(answers=()), "Too few answers: 0; at least 1 are needed."),
    ],
)
def test_a_question_that_no_file_could_hold_is_dropped_with_its_reason(entry, sentence):
    passage = sent(entry)
    write_json([passage])

    assert (passage.fate, [str(note) for note in passage.notes]) == (Fate.DROPPED, [sentence])
