"""Clearing a record's round again, with whatever solver the engine needs."""

from auctions.clearing import clear
from auctions.offers import Claim
from auctions.record import plain
from auctions.recording.values import Record
from auctions.results import Unproved
from auctions.verifying.findings import Finding, Findings, is_full, same, unchecked
from auctions.verifying.purchase import claims_of, clearing_of
from auctions.verifying.together import TOGETHER, ceiling_of, rules_of, wanted_of


def check_optimal(record: Record) -> Findings:
    """Clear again and compare everything; Refuted at the first that comes out otherwise.

    The public record has one demand at the chosen limit: kilograms, cost and ties are compared.
    """
    claims = claims_of(record)
    if not is_full(record):
        wanted = wanted_of(record)
        claims = [Claim(TOGETHER, wanted.demand_kg, 0, wanted.limit_per_t)] if record.awards else []
    try:
        again = clear(
            claims,
            record.lots,
            record.offers,
            ceiling_per_t=ceiling_of(record),
            seed=bytes.fromhex(record.about.seed),
            rules=rules_of(record),
            pricing=record.cleared.pricing,
            sharing=record.cleared.sharing,
            wanted_kg=record.cleared.wanted_kg,
        )
    except Unproved as doubt:
        yield unchecked("best", f"solving again found no proof: {doubt}")
        return
    if is_full(record):
        told, found = plain(clearing_of(record)), plain(again)
        for name in found:
            same(told[name], found[name], "solved_otherwise", name)
        yield Finding("best", "solved again: kilograms, cost, ties, limits and shares are the same")
        return
    same(record.awards, again.awards, "solved_otherwise", "awards")
    yield Finding("best", "solved again at the chosen limit: kilograms, cost and ties are the same")
    if len(record.demand) > 1:
        yield unchecked("best", "other limits can be solved again from the full record only")
