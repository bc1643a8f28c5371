"""Clearing a record's round again, with whatever solver the engine needs."""

from collections.abc import Sequence

from auctions.clearing import clear
from auctions.offers import Claim
from auctions.record import plain
from auctions.recording.values import Record
from auctions.results import Award, Clearing, Unproved
from auctions.verifying.findings import Finding, Findings, is_full, same, unchecked
from auctions.verifying.purchase import claims_of, clearing_of
from auctions.verifying.together import OWN_PRICE, TOGETHER, ceiling_of, rules_of, wanted_of


def check_optimal(record: Record) -> Findings:
    """Clear again and compare everything; Refuted at the first that comes out otherwise.

    The public record has one demand at the chosen limit: kilograms, cost and ties are compared.
    Where not even that is told, Vickrey's payments may pass the least limit there can be, so
    kilograms alone are compared.
    """
    hidden = record.cleared.demand_kg is None and record.cleared.pricing == "vickrey"
    try:
        again = clear(
            _claims(record),
            record.lots,
            record.offers,
            ceiling_per_t=ceiling_of(record),
            seed=bytes.fromhex(record.about.seed),
            rules=rules_of(record),
            pricing=OWN_PRICE if hidden else record.cleared.pricing,
            sharing=record.cleared.sharing,
            wanted_kg=record.cleared.wanted_kg,
        )
    except Unproved as doubt:
        yield unchecked("best", f"solving again found no proof: {doubt}")
        return
    yield from _compared(record, again) if is_full(record) else _compared_at_limit(record, again)


def _claims(record: Record) -> list[Claim]:
    if is_full(record):
        return claims_of(record)
    wanted = wanted_of(record)
    return [Claim(TOGETHER, wanted.demand_kg, 0, wanted.limit_per_t)] if record.awards else []


def _compared(full: Record, again: Clearing) -> Findings:
    told, found = plain(clearing_of(full)), plain(again)
    for name in found:
        same(told[name], found[name], "solved_otherwise", name)
    yield Finding("best", "solved again: kilograms, cost, ties, limits and shares are the same")


def _compared_at_limit(record: Record, again: Clearing) -> Findings:
    if again.pricing == record.cleared.pricing:
        same(record.awards, again.awards, "solved_otherwise", "awards")
    else:
        same(_bought(record.awards), _bought(again.awards), "solved_otherwise", "awards")
    yield Finding("best", "solved again at the chosen limit: kilograms, cost and ties are the same")
    if len(record.demand) > 1:
        yield unchecked("best", "other limits can be solved again from the full record only")


def _bought(awards: Sequence[Award]) -> list[tuple[str, int]]:
    return [(award.offer, award.quantity_kg) for award in awards]
