"""From what was typed of a round to its terms."""

from __future__ import annotations

from typing import Any

from club.domain.errors import InputRefused
from club.domain.rounds import RoundTerms
from club.domain.units import read_kg, read_per_t, read_text

LONGEST_PURPOSE = 500
WEIGHTS = ("goal_kg", "member_minimum_kg", "member_maximum_kg", "step_kg")
DATES = ("pledging_opens_at", "pledging_closes_at", "bidding_closes_at")
AS_CHOSEN = (
    "tax_percent",
    "payment_days",
    "prolong_days",
    "quorum",
    "when_short",
    "is_invented",
    "grants_grace",
)


def read(typed: dict[str, Any]) -> RoundTerms:
    """Read every field; raises InputRefused with the first that cannot be read."""
    found: dict[str, Any] = {field: typed[field] for field in AS_CHOSEN}
    for field in ("name_ja", "name_en"):
        found[field] = read_text(typed[field], field=field)
    for field in ("purpose_ja", "purpose_en"):
        found[field] = read_text(typed[field], field=field, longest=LONGEST_PURPOSE, optional=True)
    for field in WEIGHTS:
        found[field] = read_kg(typed[field], field=field)
    found["minimum_kg"] = read_kg(typed["minimum_kg"], field="minimum_kg", optional=True)
    found["maximum_kg"] = read_kg(typed["maximum_kg"], field="maximum_kg", optional=True) or None
    found["ceiling_per_t"] = read_per_t(typed["ceiling_per_t"], field="ceiling_per_t")
    found["fee_per_t"] = _read_fee(typed["fee_per_t"])
    for field in DATES:
        if typed[field] is None:
            raise InputRefused("missing", field=field)
        found[field] = typed[field]
    found["required_modules"] = frozenset(typed["required_modules"])
    asked = {duty: count for duty, count in typed["people_by_duty"].items() if count}
    found["people_by_duty"] = tuple(sorted(asked.items()))
    return RoundTerms(**found)


def _read_fee(text: str) -> int:
    """Nothing typed and 0 are both no fee."""
    if not text.strip().strip("0０"):
        return 0
    return read_per_t(text, field="fee_per_t", optional=True) or 0
