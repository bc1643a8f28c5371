from hashlib import sha256

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.ties import Drawing, by_digest, digests, draw, drawn, ranks


def test_a_draw_is_the_hash_of_seed_purpose_and_id():
    assert draw(b"seed", "share", "青い") == sha256(b"seed\0share\0" + "青い".encode()).digest()


@given(st.sets(st.text(max_size=3), max_size=6), st.binary(min_size=32, max_size=32))
@settings(deadline=None)
def test_the_draw_orders_ids_whatever_order_they_come_in(ids, seed):
    order = drawn(seed, "share", sorted(ids))

    assert order == drawn(seed, "share", sorted(ids, reverse=True))
    assert sorted(order) == sorted(ids)
    assert ranks(seed, "share", ids) == {id: place for place, id in enumerate(order)}


def test_another_purpose_is_another_draw():
    ids = [str(number) for number in range(20)]

    assert drawn(b"seed", "share", ids) != drawn(b"seed", "leave", ids)


@given(st.lists(st.text(max_size=3), unique=True), st.binary(min_size=32, max_size=32))
@settings(deadline=None)
def test_many_are_drawn_for_as_one_by_one(ids, seed):
    ids = sorted(ids)
    order = Drawing(seed, "share", ids).order(np.arange(len(ids)))

    assert [ids[place] for place in order] == drawn(seed, "share", ids)
    assert [line.astype(">u8").tobytes() for line in digests(seed, "share", ids)] == [
        draw(seed, "share", id) for id in ids
    ]


@given(st.lists(st.tuples(*[st.integers(0, 2) | st.integers(0, 2**64 - 1)] * 4)))
@settings(deadline=None)
def test_digests_are_ordered_by_all_their_digits(lines):
    words = np.array(lines, dtype=np.uint64).reshape(-1, 4)

    assert by_digest(words).tolist() == sorted(range(len(lines)), key=lambda place: lines[place])
