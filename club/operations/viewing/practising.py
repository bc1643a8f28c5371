"""A learner's own practice rounds, played again on each look from what was typed.

Nothing that is shown here was ever kept: the same pledge in the same market gives the same bids,
the same purchase and the same reasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from auctions.explaining import result_of
from auctions.formats.descending import Auction, place_of
from auctions.formats.events import ProxySet
from auctions.formats.standing import Standing, find
from auctions.reasons import Reason, reasons
from auctions.results import Clearing
from club.domain.organisations import Actor, Role
from club.domain.practice import YOU, Move, Played, play, pledge_of
from club.domain.practice_market import OPENS_AT, VERSION, market
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.pledging import PledgeTerms
from club.operations.practising import own
from club.operations.viewing.buying import Why, why_of
from club.store import practising
from club.store.practising import PracticeRow


class Deed(StrEnum):
    """What an invented supplier did."""

    FIRST_BID = "first_bid"
    LOWERED = "lowered"
    PROXY_SET = "proxy_set"
    PROXY_LOWERED = "proxy_lowered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event of the bidding as it is told."""

    number: int
    deed: Deed
    supplier: str
    price_per_t: int
    """The price that stands for the supplier after it; a proxy's floor is told to nobody."""
    second: int
    """Since the opening."""
    has_moved_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bidder:
    """An invented supplier as it stands at a moment."""

    supplier: str
    rank: int
    price_per_t: int
    quantity_kg: int
    in_kg: int
    is_wholly_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What the learner would get and owe."""

    quantity_kg: int
    value_jpy: int
    price: Fraction | None
    """What members pay per tonne; None where nothing is bought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The auction after so many events."""

    number: int
    of: int
    pool_kg: int
    seconds_left: int
    """Until the end as it stood then; 0 once nobody bids any more."""
    steps: tuple[Step, ...]
    """What has happened so far, in order."""
    bidders: tuple[Bidder, ...]
    """By rank; who has not bid yet is not among them."""
    if_ended: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Won:
    """A final offer of an invented supplier, and what came of it."""

    supplier: str
    price_per_t: int
    quantity_kg: int
    reason: Reason
    mine_kg: int
    """The learner's part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a practice round, and why."""

    mine: Share
    why: Why
    bought_kg: int
    limit_per_t: int | None
    demand_kg: int
    offers: tuple[Won, ...]
    supply: tuple[tuple[int, int], ...]
    demand: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeLine:
    """A practice round as it stands in one's own list."""

    id: str
    terms: PledgeTerms
    started_at: datetime
    is_finished: bool
    """Whether the person has seen the bidding to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice(PracticeLine):
    """A practice round as its person may look at it."""

    played: Played

    @property
    def of(self) -> int:
        """How many events the bidding had."""
        return len(self.played.moves)

    def moment(self, number: int) -> Moment:
        """The auction after so many events, at most all of them."""
        number = max(0, min(number, self.of))
        auction = self.played.standing(number)
        at = self.played.moves[number - 1].event.at if number else OPENS_AT
        return Moment(
            number=number,
            of=self.of,
            pool_kg=auction.terms.pool_kg,
            seconds_left=0
            if number == self.of
            else int((auction.timing.ends_at - at).total_seconds()),
            steps=tuple(_step(n, move) for n, move in enumerate(self.played.moves[:number], 1)),
            bidders=tuple(_bidder(auction, bid) for bid in auction.standing),
            if_ended=_share(self.played.cleared(number)),
        )

    def result(self) -> Result:
        return _result(self.played)

    def instead(self, terms: PledgeTerms) -> Result:
        """What would have come of another pledge: the same suppliers bid for the other pool.

        Refused as the pledge itself would be.
        """
        return _result(play(self.played.market, pledge_of(terms)))


def my_practice(context: Context, actor: Actor, practice_id: str) -> Practice:
    """One's own practice round. Raises NotFound for another's and for one of an older market."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        row = own(practising.practice(tx, practice_id), fresh.person_id)
    line = _line(row)
    return Practice(
        id=line.id,
        terms=line.terms,
        started_at=line.started_at,
        is_finished=line.is_finished,
        played=play(market(bytes.fromhex(row.seed)), pledge_of(line.terms)),
    )


def my_practices(context: Context, actor: Actor) -> tuple[PracticeLine, ...]:
    """One's own practice rounds that can still be shown, the newest first."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        kept = practising.of_person(tx, fresh.person_id)
    return tuple(_line(row) for row in kept if row.market_version == VERSION)


def _line(row: PracticeRow) -> PracticeLine:
    return PracticeLine(
        id=row.id,
        terms=PledgeTerms(
            quantity_kg=row.quantity_kg, limit_per_t=row.limit_per_t, minimum_kg=row.minimum_kg
        ),
        started_at=row.started_at,
        is_finished=row.finished_at is not None,
    )


def _step(number: int, move: Move) -> Step:
    return Step(
        number=number,
        deed=_deed(move),
        supplier=move.event.lot,
        price_per_t=_standing(move.after, move.event.lot).price_per_t,
        second=int((move.event.at - OPENS_AT).total_seconds()),
        has_moved_end=move.after.timing.moved > move.before.timing.moved,
    )


def _deed(move: Move) -> Deed:
    if isinstance(move.event, ProxySet):
        return Deed.PROXY_SET
    if move.event.by_proxy:
        return Deed.PROXY_LOWERED
    is_first = find(move.before.standing, move.event.lot) is None
    return Deed.FIRST_BID if is_first else Deed.LOWERED


def _standing(auction: Auction, lot: str) -> Standing:
    bid = find(auction.standing, lot)
    assert bid is not None  # noqa: S101 - whoever did something has bid
    return bid


def _bidder(auction: Auction, bid: Standing) -> Bidder:
    place = place_of(auction, bid.lot)
    assert place is not None  # noqa: S101 - the bid stands
    return Bidder(
        supplier=bid.lot,
        rank=place.rank,
        price_per_t=bid.price_per_t,
        quantity_kg=bid.quantity_kg,
        in_kg=place.in_kg,
        is_wholly_in=place.is_wholly_in,
    )


def _share(cleared: Clearing) -> Share:
    return Share(
        quantity_kg=cleared.totals_kg.get(YOU, 0),
        value_jpy=cleared.amounts.get(YOU, 0),
        price=cleared.member_price_per_t,
    )


def _result(played: Played) -> Result:
    """Told by the functions that tell of a real round."""
    inputs, cleared = played.inputs(len(played.moves)), played.cleared()
    told, _ = result_of(
        inputs.claims,
        inputs.lots,
        inputs.offers,
        cleared,
        ceiling_per_t=inputs.ceiling_per_t,
        seed=inputs.seed,
        opened=(),
        void={},
    )
    because = {reason.offer: reason for reason in reasons(inputs, cleared)}
    mine = cleared.shares.get(YOU, {})
    return Result(
        mine=_share(cleared),
        why=why_of(played.pledge, told["members"][YOU]),
        bought_kg=cleared.bought_kg,
        limit_per_t=cleared.limit_per_t,
        demand_kg=cleared.demand_kg,
        offers=tuple(
            Won(
                supplier=offer.supplier,
                price_per_t=offer.price_per_t,
                quantity_kg=offer.quantity_kg,
                reason=because[offer.id],
                mine_kg=mine.get(offer.id, 0),
            )
            for offer in sorted(inputs.offers, key=lambda o: (o.price_per_t, o.sequence))
        ),
        supply=_points(told["summary"]["supply"]),
        demand=_points(told["summary"]["demand"]),
    )


def _points(told: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((price_per_t, kg) for price_per_t, kg in told)
