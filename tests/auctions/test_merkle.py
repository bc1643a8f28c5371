"""Published vectors: transparency-dev/merkle, testonly/constants.go and reference_test.go."""

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.merkle import Proof, is_proved, leaf_hash, proof, proofs, root

ROWS = [
    bytes.fromhex(row)
    for row in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
LEAVES = [leaf_hash(row) for row in ROWS]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PROOFS = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, [ROOTS[2]]),
    (
        1,
        5,
        [
            ROOTS[1],
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size):
    assert root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("place", "size", "path"), PROOFS)
def test_the_published_proofs(place, size, path):
    told = proof(LEAVES[:size], place)

    assert told == Proof(place, size, tuple(bytes.fromhex(step) for step in path))
    assert is_proved(LEAVES[place], told, bytes.fromhex(ROOTS[size]))


def by_the_definition(leaves):
    """Follow RFC 9162, section 2.1.1, word by word."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    left, right = by_the_definition(leaves[:half]), by_the_definition(leaves[half:])
    return sha256(b"\1" + left + right).digest()


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=40, unique=True))
def test_every_row_is_proved_at_its_place_and_at_no_other(rows):
    leaves = [leaf_hash(row) for row in rows]
    top = root(leaves)

    assert top == by_the_definition(leaves)
    for place, told in enumerate(proofs(leaves)):
        assert told == proof(leaves, place)
        assert [
            other
            for other in range(-1, len(leaves) + 1)
            if is_proved(leaves[place], replace(told, place=other), top)
        ] == [place]


@given(st.integers(1, 40), st.data())
def test_a_proof_that_was_changed_proves_nothing(size, data):
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    place = data.draw(st.integers(0, size - 1))
    told, top = proof(leaves, place), root(leaves)
    path, other = told.path, leaf_hash(b"another")
    step = data.draw(st.integers(0, max(0, len(path) - 1)))

    assert not is_proved(other, told, top)
    assert not is_proved(leaves[place], told, other)
    assert not is_proved(leaves[place], replace(told, path=(*path, top)), top)
    if path:
        changed = (*path[:step], other, *path[step + 1 :])
        assert not is_proved(leaves[place], replace(told, path=path[:-1]), top)
        assert not is_proved(leaves[place], replace(told, path=changed), top)


def test_an_inner_node_is_no_row():
    """Two leaf hashes written one after the other are not the row that their parent stands for."""
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != root(LEAVES[:2])
