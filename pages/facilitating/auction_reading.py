"""From what was typed of a round's auction to its terms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from club.domain.auction_terms import USUAL, AuctionTerms, Format, Pricing, Sealing, Sharing
from club.domain.units import read_kg, read_per_t

AS_CHOSEN = (
    "format",
    "pricing",
    "sharing",
    "sealing",
    "openers_needed",
    "opening_days",
    "window_s",
    "hard_end_at",
    "grace_s",
    "clock_step_s",
    "explain_days",
)
PRICES = ("decrement_per_t", "clock_step_per_t")


def read(typed: dict[str, Any], seen: AuctionTerms) -> AuctionTerms:
    """The terms as typed; what the chosen format does not ask for is as usual.

    Rules and criteria are written elsewhere and stay as they were seen. Raises InputRefused
    with the first field that cannot be read.
    """
    found: dict[str, Any] = {field: typed[field] for field in AS_CHOSEN if field in typed}
    for field in PRICES:
        if field in typed:
            found[field] = read_per_t(typed[field], field=field)
    if "wanted_kg" in typed:
        found["wanted_kg"] = read_kg(typed["wanted_kg"], field="wanted_kg", optional=True) or None
    if found["format"] is Format.CLOCK:
        found |= {"pricing": Pricing.UNIFORM, "sharing": Sharing.PRO_RATA}
    if found["format"] is not Format.SEALED:
        found["sealing"] = Sealing.CLOCK
    return replace(USUAL, rules=seen.rules, criteria=seen.criteria, **found)
