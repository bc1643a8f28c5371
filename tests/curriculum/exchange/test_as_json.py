"""Our own JSON loses nothing, and takes nothing that it would not write."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.exchange.as_json import Unreadable, read_json, write_json
from curriculum.exchange.entries import EssayEntry
from curriculum.exchange.reporting import Passage
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
        ('"essay"', '"ode"', r"questions\[1\]: a known kind is missing"),
    ],
)
def test_what_is_not_as_we_write_it_is_refused_with_its_place(old, new, sentence):
    written = json.dumps(json.loads(write_json([sent(EssayEntry(name="n"))])))
    assert old in written

    with pytest.raises(Unreadable, match=sentence):
        read_json(written.replace(old, new, 1))
