"""A live auction: every line bound, entered in the chain, and following from those before."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from auctions import sealing
from auctions.curves import demand_curve
from auctions.formats import ending, history
from auctions.formats.history import STARTED, Line, State, bound_together
from auctions.offers import Offer
from auctions.record import plain
from auctions.recording.values import Entry, Record
from auctions.refuted import Refuted, require
from auctions.scoring import coefficient
from auctions.verifying.findings import Finding, Findings, is_full, same, unchecked
from auctions.verifying.purchase import claims_of
from auctions.verifying.together import ceiling_of, criteria_of, input_of

LOWEST_FLOOR = 1
"""Floors are told to nobody; bids by proxies are followed as they were made."""
ENTERED_AS: Mapping[str, str] = MappingProxyType(
    {
        "bid.placed": "bid",
        "quantity.confirmed": "confirmed",
        "proxy.set": "proxy_set",
        "proxy.withdrawn": "proxy_withdrawn",
        "clock.stepped": "stepped",
        "auction.paused": "paused",
        "auction.resumed": "resumed",
        "auction.extended": "extended",
        "auction.reopened": "reopened",
    }
)
"""Which entry of the audit chain tells of which event; bids by proxies stand with what they
answer."""
PROMISED = ("format", "decrement_per_t", "window_s", "clock_step_per_t", "clock_step_s")


def check_auction(record: Record) -> Findings:
    """Check a live auction as far as it is shown; Refuted at the first that does not fit, be it
    that facts are missing or of another kind than any auction writes."""
    try:
        yield from _checked(record)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Refuted("not_an_auction", f"{type(error).__name__} {error}") from error


def _checked(record: Record) -> Findings:
    _check_numbers(record)
    opened = sum(_opens(record, group) for group in bound_together(record.events))
    _check_entries(record)
    if is_full(record):
        state = _followed(record)
        _check_start(record)
        _check_end(record, state)
        yield Finding("auction", f"all {len(record.events)} events follow from each other by rule")
        yield Finding("auction", "what stood at its end is what was frozen and cleared")
        if any(line.kind == "proxy_set" for line in record.events):
            yield unchecked("auction", "automatic bids keep to floors that stay sealed")
    else:
        _check_shown(record)
        yield Finding("auction", f"{opened} of its {len(record.events)} events are shown, as bound")
        yield Finding("auction", "each offer is the last bid for its lot")
        yield unchecked("auction", "the full record has all events, so that they can be followed")


def _check_numbers(record: Record) -> None:
    numbers = [line.sequence for line in record.events]
    same(numbers, list(range(len(numbers))), "events", "events")
    starts = [line.sequence for line in record.events if line.kind == STARTED]
    same(starts, [0], "start", "events")


def _opens(record: Record, group: list[Line]) -> bool:
    """Say whether lines are shown with what binds them; Refuted where it does not fit."""
    first = group[0]
    where = f"event {first.sequence}"
    if first.kind == STARTED:
        same((len(group), first.commitment, first.nonce), (1, None, None), "commitment", where)
        return False
    require(len(group) == 1 or {line.kind for line in group} == {"proxy_bid"}, "unbound", where)
    require(all(line.nonce is None for line in group[1:]), "commitment", where)
    if first.nonce is None:
        require(not is_full(record), "unopened", where)
        return False
    try:
        nonce, bound = bytes.fromhex(first.nonce), bytes.fromhex(first.commitment or "")
        sealing.check_commitment(history.committed(record.about.round, group), nonce, bound)
    except (sealing.SealingError, ValueError) as error:
        raise Refuted("commitment", where) from error
    return True


def _check_entries(record: Record) -> None:
    """The audit chain tells of the same events at the same instants."""
    heads = {group[0].sequence: group for group in bound_together(record.events)}
    told = [entry for entry in record.chain if entry.kind in ENTERED_AS]
    for entry in told:
        _check_entry(entry, heads)
    if is_full(record):
        made = [n for n, group in heads.items() if group[0].kind not in {STARTED, "proxy_bid"}]
        numbers = [(entry.facts or {}).get("sequence") for entry in told]
        same(numbers, made, "events", "the round's chain")


def _check_entry(entry: Entry, heads: Mapping[int, list[Line]]) -> None:
    facts, where = entry.facts or {}, f"entry {entry.number}"
    line = heads.get(facts.get("sequence", -1), [None])[0]
    if line is None:
        raise Refuted("event", where)
    shown = (ENTERED_AS[entry.kind or ""], entry.made_at, facts.get("lot"), facts.get("supplier"))
    same((line.kind, line.made_at, line.lot, line.supplier), shown, "event", where)
    same(line.made_by, entry.made_by, "event", where)
    same(line.commitment, facts.get("commitment"), "event", where)
    follows = heads.get(line.sequence + 1, [])
    answers = follows if follows and follows[0].kind == "proxy_bid" else []
    bound = answers[0].commitment if answers else None
    told = (facts.get("answers"), facts.get("answers_commitment"))
    same((len(answers), bound), told, "answers", where)


def _followed(full: Record) -> State:
    """Follow every event from the first, as the auction itself did."""
    entrants = {each.lot: each for each in full.entrants}
    state = history.start(full.about.round, full.events[0].facts or {}, entrants)
    for line in full.events[1:]:
        try:
            state = history.step(state, history.read_event(line, LOWEST_FLOOR))
        except (KeyError, TypeError, ValueError) as error:
            raise Refuted("event", f"event {line.sequence}: {error}") from error
    return state


def _check_start(full: Record) -> None:
    """It began with the terms of the opening, the pledges that were frozen, and true qualities."""
    facts = full.events[0].facts or {}
    claims, ceiling_per_t = claims_of(full), ceiling_of(full)
    demand = [list(point) for point in demand_curve(claims, ceiling_per_t).items()]
    expected = {
        "ceiling_per_t": ceiling_per_t,
        "pool_kg": sum(claim.quantity_kg for claim in claims),
        "demand": demand,
    }
    for entry in full.chain:
        if entry.kind == "round.opened":
            auction = (entry.facts or {}).get("auction") or {}
            expected |= {name: auction.get(name) for name in PROMISED}
    for name, value in expected.items():
        same(facts.get(name), value, "start", name)
    _check_entrants(full)


def _check_entrants(full: Record) -> None:
    """Each lot came in with its first bid, and its quality is what was answered then."""
    first: dict[str, Line] = {}
    for line in full.events:
        if line.lot is not None:
            first.setdefault(line.lot, line)
    same([each.lot for each in full.entrants], sorted(first), "entrants", "entrants")
    criteria = criteria_of(full)
    for each in full.entrants:
        line = first[each.lot]
        same(each.supplier, line.supplier, "entrants", each.lot)
        answers = (line.facts or {}).get("answers")
        quality = 1 if answers is None else coefficient(criteria, answers)
        same(each.coefficient, quality, "coefficient", each.lot)


def _check_end(full: Record, state: State) -> None:
    """Bidding closed after its end, and what stood then was frozen, and cleared."""
    closed = next(entry for entry in full.chain if entry.kind == "bidding.closed")
    at = datetime.fromisoformat(closed.made_at or "")
    require(history.is_ended(state, at), "closed_early", f"entry {closed.number}")
    frozen: Any = input_of(full, "auction")
    attributes = {row["id"]: row["attributes"] for row in frozen["offers"]}
    expected = ending.outcome(state, full.events, frozen["suspended"])
    for row in expected["offers"]:
        row["attributes"] = attributes.get(row["id"])
    for name, value in expected.items():
        same(frozen[name], value, "ended_otherwise", name)
    book = ending.read({"auction": frozen}, bytes.fromhex(full.about.seed))
    for name, told, found in (
        ("offers", full.offers, book.offers),
        ("lots", full.lots, book.lots),
    ):
        same(sorted(map(plain, told), key=_id), sorted(map(plain, found), key=_id), name, "auction")


def _id(row: Any) -> str:
    return str(row["id"])


def _check_shown(public: Record) -> None:
    """Each offer is the last that was bid for its lot, and no lot is there without one."""
    lots, offered = [lot.id for lot in public.lots], [offer.lot for offer in public.offers]
    same(sorted(lots), sorted(offered), "lots", "lots")
    for offer in public.offers:
        require(offer.sequence < len(public.events), "offer", offer.id)
        line = public.events[offer.sequence]
        same(offer.id, f"{public.about.round}-{line.sequence}", "offer", offer.id)
        same((offer.lot, offer.supplier), (line.lot, line.supplier), "offer", offer.id)
        if line.price_per_t is not None:
            _check_bid(public, offer, line)


def _check_bid(public: Record, offer: Offer, line: Line) -> None:
    """A clock may have rationed what was confirmed, and trades at this price or the next lower."""
    told = (offer.price_per_t, offer.minimum_kg)
    same(told, (line.price_per_t, line.minimum_kg or 0), "offer", offer.id)
    if line.kind == "confirmed":
        require(offer.quantity_kg <= (line.quantity_kg or 0), "offer", offer.id)
        return
    same(offer.quantity_kg, line.quantity_kg, "offer", offer.id)
    later = public.events[line.sequence + 1 :]
    bids = [each for each in later if each.lot == offer.lot and each.kind in {"bid", "proxy_bid"}]
    require(not bids, "offer", offer.id)
