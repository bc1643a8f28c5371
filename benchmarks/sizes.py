"""How large the clubs are that are measured in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Size:
    """One round is open for pledges, one is settled, the others are closed; every member has a
    pledge in each."""

    members: int
    suppliers: int
    offers: int
    """In the settled round."""
    closed_rounds: int = 0
    closed_offers: int = 0
    """In each closed round."""

    @property
    def pledges_and_offers(self) -> int:
        pledged = self.members * (2 + self.closed_rounds)
        return pledged + self.offers + self.closed_offers * self.closed_rounds


LARGE = Size(members=1_000, suppliers=40, offers=195, closed_rounds=7, closed_offers=115)
SMALL = Size(members=5, suppliers=1, offers=1)
"""The least with which every part of the pages is there."""
