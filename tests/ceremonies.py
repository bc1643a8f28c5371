"""Rounds sealed by openers, at each step of their way, made by the operations."""

from __future__ import annotations

from club.domain.auction_terms import AuctionTerms, Sealing
from club.domain.organisations import Actor, Kind
from club.domain.rounds import Round
from club.operations.closing import close_due
from club.operations.context import Context
from club.operations.locking import set_passphrase
from club.operations.naming import name_openers
from club.operations.opening import draft_round, open_round
from club.operations.unsealing import give_passphrase
from club.store import openers
from tests.builders import FixedClock, a_lot, join
from tests.markets import AFTER, invite, offer, pledge, round_terms, stored

PASSPHRASES = (
    "夕立のあとに蝉時雨を聞いた",
    "seven quiet herons cross the ford",
    "ｶｷﾞは 庭の 石の下に 埋めてある",
    "a kettle sings before the snow",
)
PRICE = 867_530


def terms(needed: int = 2, opening_days: int = 3) -> AuctionTerms:
    return AuctionTerms(sealing=Sealing.OPENERS, openers_needed=needed, opening_days=opening_days)


def three(context: Context, facilitator: Actor) -> list[Actor]:
    """People who may be openers: two of different members, and the facilitator."""
    return [join(context), join(context), facilitator]


def name(context: Context, facilitator: Actor, round_: Round, named: list[Actor]) -> None:
    name_openers(
        context,
        facilitator,
        request_id=context.new_id(),
        round_id=round_.id,
        person_ids=[actor.person_id for actor in named],
    )


def drafted(context: Context, facilitator: Actor, **given: object) -> Round:
    """A draft to be sealed by two openers or more, with none named yet."""
    wanted = {"auction": terms(), "ceiling_per_t": 1_000_000_000} | given
    return draft_round(
        context, facilitator, request_id=context.new_id(), terms=round_terms(**wanted)
    )


def opened(context: Context, facilitator: Actor, named: list[Actor], **given: object) -> Round:
    """A round open for pledges, with these openers, and nobody's passphrase."""
    draft = drafted(context, facilitator, **given)
    name(context, facilitator, draft, named)
    return open_round(context, facilitator, request_id=context.new_id(), round_id=draft.id)


def set_all(context: Context, round_: Round, named: list[Actor]) -> None:
    for actor, passphrase in zip(named, PASSPHRASES, strict=False):
        set_one(context, round_, actor, passphrase)


def set_one(context: Context, round_: Round, actor: Actor, passphrase: str) -> None:
    set_passphrase(
        context,
        actor,
        request_id=context.new_id(),
        round_id=round_.id,
        passphrase=passphrase,
        again=passphrase,
    )


def give(context: Context, round_: Round, actor: Actor, passphrase: str) -> None:
    give_passphrase(
        context,
        actor,
        request_id=context.new_id(),
        round_id=round_.id,
        passphrase=passphrase,
    )


def bidding(
    context: Context,
    clock: FixedClock,
    facilitator: Actor,
    named: list[Actor],
    *,
    price_per_t: int = PRICE,
    **given: object,
) -> tuple[Round, Actor]:
    """A round in bidding with one sealed offer at a price; the round and the seller."""
    round_ = opened(context, facilitator, named, **given)
    set_all(context, round_, named)
    seller = join(context, Kind.SUPPLIER)
    invite(context, facilitator, round_, seller)
    pledge(context, join(context), round_, 40_000)
    clock.at = round_.pledging_closes_at + AFTER
    close_due(context)
    offer(context, seller, round_, a_lot(context, seller), 25_000, price_per_t)
    return stored(context, round_), seller


def closed(
    context: Context, clock: FixedClock, facilitator: Actor, named: list[Actor], **given: object
) -> Round:
    """The same round with bidding closed, at the first instant of its opening."""
    round_, _ = bidding(context, clock, facilitator, named, **given)
    clock.at = round_.bidding_closes_at + AFTER
    close_due(context)
    return stored(context, round_)


def given(context: Context, round_: Round) -> list[str]:
    """Who has given their share, in the order of places."""
    with context.database.read() as tx:
        shares = openers.shares(tx, round_.id).values()
    return [share.person_id for share in shares if share.given_at is not None]
