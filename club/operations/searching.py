"""The work between the two transactions of a search for the next best; nothing but frozen facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auctions.opinion import opinion
from auctions.record import plain
from club.domain.next_best import NextBest, book_of, next_best
from club.operations.computing import Stopped, Why
from club.operations.remaining import remainder_of

Found = dict[str, Any]
"""What is bought instead, for canonical JSON."""


@dataclass(frozen=True, slots=True)
class Search:
    """What the next best is looked for in: the frozen inputs."""

    inputs: Mapping[str, Any]

    def run(self) -> Found:
        """Find it; the same inputs give the same bytes. Raises what `next_best` raises, and
        Stopped where another solver finds a better purchase."""
        remainder = remainder_of(self.inputs)
        best = next_best(remainder)
        _, lots, offers = book_of(remainder)
        if best.clearing and opinion(best.clearing, lots, offers, remainder.rules) == "differs":
            raise Stopped(Why.DISPUTED)
        return told(best)


def told(best: NextBest) -> Found:
    """Offers with kilograms, price and value; members with kilograms of each and what they owe."""
    return {
        "awards": plain(best.awards),
        "limit_per_t": plain(best.limit_per_t),
        "shares": plain(best.shares),
        "amounts": plain(best.amounts),
        "breaks_hard_rule": best.clearing is None,
        "clearing": plain(best.clearing),
    }
