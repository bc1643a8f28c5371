"""Chance that falls the same."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from club.demo.chance import FixedChance


def test_the_stream_begins_with_the_digest_of_the_purpose_and_zero():
    first = hashlib.sha256(b"games\0" + bytes(8)).digest()

    assert FixedChance("games")(32) == first


@given(st.lists(st.integers(0, 100), max_size=8))
def test_it_does_not_matter_in_which_pieces_the_stream_is_read(lengths):
    chance = FixedChance("games")
    pieces = b"".join(chance(length) for length in lengths)

    assert pieces == FixedChance("games")(sum(lengths))


def test_another_purpose_is_another_stream():
    assert FixedChance("games")(16) != FixedChance("rounds")(16)
