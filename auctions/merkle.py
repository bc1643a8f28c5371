"""A hash tree over rows: one root stands for all, and a short proof shows that a row is in it.

RFC 9162, section 2.1 (the tree of Certificate Transparency): leaves and inner nodes are hashed
apart, so that no node can be passed off as a row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

LEAF, NODE = b"\0", b"\1"


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a leaf stands, among how many, and the hashes from it to the root, nearest first."""

    place: int
    size: int
    path: tuple[bytes, ...]


def leaf_hash(row: bytes) -> bytes:
    """Hash one row."""
    return sha256(LEAF + row).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Hash all leaf hashes, in their order, into one; of no rows it is the hash of nothing."""
    *_, top = _levels(leaves)
    return top[0] if top else sha256().digest()


def proofs(leaves: Sequence[bytes]) -> Iterator[Proof]:
    """Give each leaf its proof."""
    levels = list(_levels(leaves))
    for place in range(len(leaves)):
        yield Proof(place, len(leaves), tuple(_beside(levels, place)))


def proof(leaves: Sequence[bytes], place: int) -> Proof:
    """Give the leaf at a place, counted from 0, its proof."""
    return Proof(place, len(leaves), tuple(_beside(list(_levels(leaves)), place)))


def is_proved(leaf: bytes, proof: Proof, top: bytes) -> bool:
    """Say whether a leaf is in the tree with this root, at its place: RFC 9162, section 2.1.3.2."""
    if not 0 <= proof.place < proof.size:
        return False
    reached, at, last = leaf, proof.place, proof.size - 1
    for beside in proof.path:
        if last == 0:
            return False
        if at % 2 == 1 or at == last:
            reached = sha256(NODE + beside + reached).digest()
            while at % 2 == 0 and at != 0:
                at, last = at // 2, last // 2
        else:
            reached = sha256(NODE + reached + beside).digest()
        at, last = at // 2, last // 2
    return last == 0 and reached == top


def _levels(leaves: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """Climb from the leaves to the root; a node without a neighbour moves up as it is."""
    level = leaves
    yield level
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [sha256(NODE + left + right).digest() for left, right in pairs]
        level = [*above, level[-1]] if len(level) % 2 else above
        yield level


def _beside(levels: Sequence[Sequence[bytes]], place: int) -> Iterator[bytes]:
    """Find the neighbour on each level below the root, where there is one."""
    for level in levels[:-1]:
        if place ^ 1 < len(level):
            yield level[place ^ 1]
        place //= 2
