"""The audit chain."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from club.domain.chain import GENESIS, Link, digest, first_broken
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


@given(st.lists(figures, max_size=8))
def test_a_chain_as_written_is_whole(amounts):
    assert first_broken(chain_of(amounts)) is None


@given(st.lists(figures, min_size=1, max_size=6), st.data())
def test_any_link_changed_moved_or_taken_out_is_found(amounts, data):
    links = chain_of([*amounts, 0])
    at = data.draw(st.integers(0, len(amounts) - 1))

    changed = list(links)
    changed[at] = replace(links[at], facts={"quantity_kg": 7, "other": 1})
    taken_out = links[:at] + links[at + 1 :]
    swapped = list(links)
    swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]

    assert [first_broken(c) for c in (changed, taken_out, swapped)] == [at + 1] * 3
