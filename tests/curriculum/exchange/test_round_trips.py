"""What is written and read again is the same, or was reported as lost: both formats, every kind."""

from itertools import zip_longest

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.exchange.gift_reading import read_gift
from curriculum.exchange.gift_writing import write_gift
from curriculum.exchange.reporting import Fate, Passage
from curriculum.exchange.xml_reading import read_xml
from curriculum.exchange.xml_writing import write_xml
from tests.curriculum.exchange.made import ENTRIES

FORMATS = {
    "gift": (write_gift, read_gift),
    "xml": (write_xml, lambda text: read_xml(fromstring(text))),
}


def passage(entry, number=1):
    return Passage(number=number, name=entry.name, kind=entry.kind, entry=entry)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("kind", ENTRIES)
@given(data=st.data())
def test_a_question_reported_as_kept_is_the_same_after_it_is_read_again(kind, format, data):
    assert astray(format, [data.draw(ENTRIES[kind])]) == []


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=50)
@given(entries=st.lists(st.one_of(*ENTRIES.values()), max_size=4))
def test_questions_of_several_kinds_and_categories_stay_apart_and_in_order(format, entries):
    assert astray(format, entries) == []


def astray(format, entries):
    """What was sent and what came of it, where that is not what was reported."""
    write, read = FORMATS[format]
    sent = [passage(entry) for entry in entries]

    back = read(write(sent))

    left = [one for one in sent if one.fate is not Fate.DROPPED]
    return [(one, again) for one, again in zip_longest(left, back) if not came_back(one, again)]


def came_back(one, again):
    if one is None or again is None or again.fate is not Fate.KEPT:
        return False
    return again.entry == one.entry or one.fate is Fate.CHANGED
