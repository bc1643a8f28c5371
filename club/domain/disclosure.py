"""What of a full record everybody may see (competition law): nobody's pledge, limit or name.

Demand is told at a limit only where five companies or more stand between it and the next one told;
where all limits are so common, each is told. Losing suppliers have a pseudonym for this one record,
and nothing that they could be known by: not their lots, projects and nonces, and of a lot no more
kilograms than were offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from auctions.offers import Lot, Offer
from auctions.recording.values import (
    Cleared,
    Commitment,
    DemandStep,
    Entry,
    PassRow,
    Record,
    TriedRow,
)
from club.domain.demand import FEWEST_TO_COUNT
from club.domain.live_disclosure import shown_events

SHOWN_ENTRIES = frozenset(
    {
        "round.drafted",
        "round.edited",
        "round.opened",
        "round.sealed",
        "bidding.closed",
        "round.unsealed",
        "round.cleared",
        "round.failed",
        "clock.stepped",
        "auction.resumed",
        "auction.reopened",
    }
)
"""Entries that tell of the round's terms and its result, and of nobody's pledge or offer; but for
the opening, where it names suppliers whose envelopes stayed closed."""

OWN_ENTRIES = frozenset(
    {"offer.received", "bid.placed", "quantity.confirmed", "proxy.set", "proxy.withdrawn"}
)
"""Entries of one supplier's doing, shown where the supplier won."""

SHOWN_INPUTS = frozenset(
    {"round", "ceiling_per_t", "wanted_kg", "pricing", "sharing", "rules", "criteria"}
)
"""Frozen inputs that name no supplier."""


def public_record(full: Record) -> Record:
    """What everybody may see of a full record."""
    winners = {each.id for each in full.suppliers}
    names = _pseudonyms(full, winners)
    losing_lots = {each.lot for each in full.offers if each.supplier not in winners}
    demand = tuple(shown_demand(full.demand, full.cleared.limit_per_t))
    lots = (_lot(lot, full.offers, names) if lot.id in losing_lots else lot for lot in full.lots)
    return replace(
        full,
        about=replace(full.about, kind="public"),
        inputs=tuple(each for each in full.inputs if each.name in SHOWN_INPUTS),
        chain=tuple(_entry(entry, winners) for entry in full.chain),
        commitments=tuple(_commitment(each, names) for each in full.commitments),
        lots=tuple(sorted(lots, key=lambda lot: lot.id)),
        offers=tuple(_offer(offer, names) for offer in full.offers),
        entrants=(),
        events=tuple(shown_events(full.events, names)),
        demand=demand,
        passes=tuple(_passes(full)),
        tried=tuple(_tried(full, demand)),
        cleared=_cleared(full.cleared),
        members=(),
        mix_prices=(),
        fillers=(),
    )


def _pseudonyms(full: Record, winners: AbstractSet[str]) -> dict[str, str]:
    """Names for losing suppliers, their lots and projects, numbered as their envelopes or bids
    came.

    A project that a winner offers, too, keeps its id: rules count its kilograms together.
    """
    came = sorted(_came(full))
    known = {project for _, supplier, _, project in came if supplier in winners}
    names: dict[str, str] = {}
    for place, kind in enumerate(("supplier", "lot", "project"), 1):
        losing = (str(each[place]) for each in came if each[1] not in winners)
        hidden = (id for id in dict.fromkeys(losing) if id not in known)
        names |= {id: f"losing {kind} {number}" for number, id in enumerate(hidden, 1)}
    return names


def _came(full: Record) -> Iterator[tuple[int, str, str, str]]:
    """Sequence, supplier, lot and project of all that was sent in."""
    for sealed in full.commitments:
        yield sealed.sequence, sealed.supplier, sealed.lot, sealed.project
    for offer in full.offers:
        yield offer.sequence, offer.supplier, offer.lot, offer.project
    entrants = {each.lot: each for each in full.entrants}
    for line in full.events:
        if line.lot is not None:
            entrant = entrants[line.lot]
            yield line.sequence, entrant.supplier, entrant.lot, entrant.project


def _commitment(each: Commitment, names: Mapping[str, str]) -> Commitment:
    if each.supplier not in names:
        return each
    return replace(
        each,
        supplier=names[each.supplier],
        lot=names[each.lot],
        project=names.get(each.project, each.project),
        is_supplier_approved=None,
        quantity_bound_kg=None,
        more=None,
        nonce=None,
        facts=None,
    )


def _offer(offer: Offer, names: Mapping[str, str]) -> Offer:
    if offer.supplier not in names:
        return offer
    return replace(
        offer,
        supplier=names[offer.supplier],
        lot=names[offer.lot],
        project=names.get(offer.project, offer.project),
    )


def _lot(lot: Lot, offers: Sequence[Offer], names: Mapping[str, str]) -> Lot:
    """A losing lot with no more kilograms than were offered of it: more could not be sold."""
    offered_kg = sum(offer.quantity_kg for offer in offers if offer.lot == lot.id)
    return replace(lot, id=names[lot.id], quantity_kg=min(lot.quantity_kg, offered_kg))


def _entry(entry: Entry, winners: AbstractSet[str]) -> Entry:
    facts = entry.facts or {}
    of_winner = entry.kind in OWN_ENTRIES and facts.get("supplier") in winners
    if (entry.kind in SHOWN_ENTRIES and not facts.get("excluded")) or of_winner:
        return entry
    return replace(entry, kind=None, made_at=None, made_by=None, facts=None)


def shown_demand(steps: Sequence[DemandStep], chosen: int | None) -> Iterator[DemandStep]:
    """The limits at which demand may be told, the chosen one among them if it may be told at all.

    Between two that are told, and above the first, stand five companies or more.
    """
    taking_part = [step for step in steps if chosen is not None and step.limit_per_t >= chosen]
    told = 0
    for part in (taking_part, steps[len(taking_part) :]):
        shown: list[DemandStep] = []
        for step in part:
            if step.companies - told >= FEWEST_TO_COUNT:
                shown.append(step)
                told = step.companies
        if shown:
            shown[-1] = part[-1]
            told = part[-1].companies
        yield from shown


def shown_curve(
    standing: Iterable[Sequence[int]], chosen: int | None
) -> tuple[tuple[int, int], ...]:
    """Limit and kilograms of the steps that may be told, of rows of limit, kilograms and companies
    of the pledges that stayed to the end; those that left would tell by the difference."""
    steps = [
        DemandStep(limit_per_t=limit_per_t, demand_kg=demand_kg, companies=companies)
        for limit_per_t, demand_kg, companies in standing
    ]
    return tuple((step.limit_per_t, step.demand_kg) for step in shown_demand(steps, chosen))


def _passes(full: Record) -> Iterator[PassRow]:
    """Each pass, without who left; its limit where it is not one of a few companies."""
    behind = {(row.pass_number, row.tried.limit_per_t): row.tried.members for row in full.tried}
    for row in full.passes:
        companies = 0 if row.limit_per_t is None else behind[row.number, row.limit_per_t]
        is_told = (companies or 0) >= FEWEST_TO_COUNT
        limit_per_t = row.limit_per_t if is_told else None
        yield replace(
            row, limit_per_t=limit_per_t, left=None, left_minimum_kg=None, left_quota=None
        )


def _tried(full: Record, demand: Sequence[DemandStep]) -> Iterator[TriedRow]:
    """The last pass at the limits that are told; two passes would tell by their difference what
    the one pledged who left between them."""
    told = {step.limit_per_t for step in demand}
    for row in full.tried:
        is_last = row.pass_number == len(full.passes)
        cover = row.tried.covered_by
        if is_last and row.tried.limit_per_t in told and (cover is None or cover in told):
            yield row


def _cleared(cleared: Cleared) -> Cleared:
    if cleared.companies is not None and cleared.companies >= FEWEST_TO_COUNT:
        return cleared
    return replace(cleared, limit_per_t=None, demand_kg=None, companies=None)
