"""An invented market to practise on: what a seed makes of its suppliers and of the other members.

Nothing in it is real, and nothing of it reaches a round, the books or the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from auctions.formats.descending import Auction, start
from auctions.formats.entrants import Entrant
from auctions.formats.improving import Terms
from auctions.formats.timing import Timing
from auctions.offers import Claim, Lot
from auctions.ties import draw, drawn
from club.domain.auction_terms import AuctionTerms, Format
from club.domain.rounds import Round

VERSION = 1
"""Raise it when a seed comes to mean another market or another course of the bidding: practice
rounds of an older version can then no longer be shown."""
OPENS_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""Instants count from here: a practice round has no time of its own."""
LASTS = timedelta(minutes=3)
MOST_EXTRA = timedelta(minutes=2)
SUPPLIERS = ("A", "B", "C", "D", "E")
MEMBERS = ("P", "Q", "R", "S")


class Manner(StrEnum):
    """How an invented supplier bids."""

    PROMPT = "prompt"
    """Improves as soon as it is not wholly in."""
    PROXY = "proxy"
    """Sets a floor after its first bid and leaves the rest to the system."""
    LATE = "late"
    """Improves in the last seconds only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """An invented supplier with one lot of the same id."""

    id: str
    manner: Manner
    quantity_kg: int
    minimum_kg: int
    first_per_t: int
    floor_per_t: int
    """It never sells below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Everything but the learner's pledge."""

    seed: bytes
    round_: Round
    suppliers: tuple[Supplier, ...]
    members: tuple[Claim, ...]

    @property
    def lots(self) -> tuple[Lot, ...]:
        return tuple(Lot(each.id, each.quantity_kg, each.minimum_kg) for each in self.suppliers)

    def opened(self, pool_kg: int) -> Auction:
        """The auction before its first bid, for a pool."""
        terms = Terms(
            id=self.round_.id,
            pool_kg=pool_kg,
            ceiling_per_t=self.round_.ceiling_per_t,
            decrement_per_t=self.round_.auction.decrement_per_t,
            entrants={
                each.id: Entrant(
                    lot=each.id, supplier=each.id, project=each.id, quantity_kg=each.quantity_kg
                )
                for each in self.suppliers
            },
        )
        window = timedelta(seconds=self.round_.auction.window_s)
        ends_at, hard_end_at = OPENS_AT + LASTS, OPENS_AT + LASTS + MOST_EXTRA
        return start(terms, Timing(ends_at=ends_at, hard_end_at=hard_end_at, window=window))


ROUND = Round(
    id="practice",
    name_ja="practice",
    name_en="practice",
    is_invented=True,
    goal_kg=12_000,
    minimum_kg=1_000,
    member_minimum_kg=100,
    member_maximum_kg=5_000,
    ceiling_per_t=12_000,
    pledging_opens_at=OPENS_AT - timedelta(days=14),
    pledging_closes_at=OPENS_AT - timedelta(days=1),
    bidding_closes_at=OPENS_AT + LASTS,
    auction=AuctionTerms(
        format=Format.DESCENDING,
        decrement_per_t=400,
        window_s=30,
        hard_end_at=OPENS_AT + LASTS + MOST_EXTRA,
    ),
    created_at=OPENS_AT - timedelta(days=14),
    created_by="practice",
)
"""The terms of every practice round; a pledge is held to them as to those of a real one."""


def market(seed: bytes) -> Market:
    """The market that a seed makes: the same seed, the same market to the last kilogram."""
    return Market(
        seed=seed,
        round_=ROUND,
        suppliers=tuple(_suppliers(seed)),
        members=tuple(_member(seed, id) for id in MEMBERS),
    )


def number(seed: bytes, what: str, id: str, *, least: int, most: int, step: int = 1) -> int:
    """A whole number from least to most in steps, decided by seed, word and id alone."""
    choices = (most - least) // step + 1
    return least + int.from_bytes(draw(seed, f"practice {what}", id)) % choices * step


def _suppliers(seed: bytes) -> list[Supplier]:
    """One leaves it to the system, one waits, the others answer at once."""
    order = drawn(seed, "practice manner", SUPPLIERS)
    manners = {order[0]: Manner.PROXY, order[1]: Manner.LATE}
    return [_supplier(seed, id, manners.get(id, Manner.PROMPT)) for id in SUPPLIERS]


def _supplier(seed: bytes, id: str, manner: Manner) -> Supplier:
    step = ROUND.auction.decrement_per_t
    floor_per_t = number(seed, "floor", id, least=5_200, most=11_200, step=step)
    above = number(seed, "first price", id, least=1_600, most=4_000, step=step)
    minimum_kg = number(seed, "least sale", id, least=0, most=1_000, step=500)
    return Supplier(
        id=id,
        manner=manner,
        quantity_kg=number(seed, "lot", id, least=1_500, most=3_500, step=500),
        minimum_kg=minimum_kg,
        first_per_t=min(floor_per_t + above, ROUND.ceiling_per_t),
        floor_per_t=floor_per_t,
    )


def _member(seed: bytes, id: str) -> Claim:
    """The first sets no limit, the second a minimum; all others a quantity and a limit."""
    quantity_kg = number(seed, "pledge", id, least=900, most=3_000, step=100)
    limit_per_t = number(seed, "limit", id, least=6_500, most=11_000, step=500)
    return Claim(
        id=id,
        quantity_kg=quantity_kg,
        minimum_kg=quantity_kg * 2 // 3 if id == MEMBERS[1] else 0,
        limit_per_t=None if id == MEMBERS[0] else limit_per_t,
    )
