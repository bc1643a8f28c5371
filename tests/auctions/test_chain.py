"""The audit chain."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from auctions.chain import GENESIS, NOTHING, Head, Link, digest, first_broken
from tests.builders import NOON

figures = st.integers(-(2**53) + 1, 2**53 - 1)


def chain_of(amounts):
    links, previous = [], GENESIS
    for number, amount in enumerate(amounts, start=1):
        body = {
            "chain": "c",
            "number": number,
            "kind": "pledge.placed",
            "made_at": NOON,
            "made_by": "p",
            "facts": {"quantity_kg": amount},
            "previous": previous,
        }
        links.append(Link(**body, hash=digest(**body)))
        previous = links[-1].hash
    return links


def head_of(links):
    return Head(number=len(links), hash=links[-1].hash) if links else NOTHING


@given(st.lists(figures, max_size=8))
def test_a_chain_as_written_is_whole(amounts):
    links = chain_of(amounts)

    assert first_broken(links, head_of(links)) is None


@given(st.lists(figures, min_size=1, max_size=6), st.data())
def test_any_link_changed_moved_or_taken_out_is_found(amounts, data):
    links = chain_of([*amounts, 0])
    at = data.draw(st.integers(0, len(amounts) - 1))

    changed = list(links)
    changed[at] = replace(links[at], facts={"quantity_kg": 7, "other": 1})
    taken_out = links[:at] + links[at + 1 :]
    swapped = list(links)
    swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]

    broken = [first_broken(c, head_of(links)) for c in (changed, taken_out, swapped)]
    assert broken == [at + 1] * 3


@given(st.lists(figures, min_size=1, max_size=6), st.data())
def test_an_end_cut_off_or_put_on_or_written_anew_is_found(amounts, data):
    links = chain_of(amounts)
    left = data.draw(st.integers(0, len(links) - 1))

    assert first_broken(links[:left], head_of(links)) == left + 1
    assert first_broken(links, head_of(links[:left])) == left + 1
    assert first_broken(links, Head(number=len(links), hash=GENESIS)) == len(links)


def test_yen_beyond_what_json_holds_exactly_stand_in_the_chain_to_the_last_digit():
    one, other = chain_of([2**53]), chain_of([2**53 + 1])

    assert one[0].hash != other[0].hash
    assert first_broken(one, head_of(one)) is None
