"""What people are told of an event that a live auction refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from auctions.formats.events import EventRefused
from club.domain.errors import ClubError, InputRefused, PhaseRefused, TermsRefused


def refusal(error: EventRefused) -> ClubError:
    """What a person is told of an event that the engine refuses; the rest is a bug."""
    if error.code not in _REFUSALS:
        raise error
    return _REFUSALS[error.code](error.facts)


def _raised(facts: Mapping[str, Any]) -> ClubError:
    if facts["most_kg"] == 0:
        return TermsRefused("clock_left")
    return TermsRefused("quantity_raised", **facts)


_REFUSALS: Mapping[str, Callable[[Mapping[str, Any]], ClubError]] = MappingProxyType(
    {
        "over": lambda facts: PhaseRefused(
            "auction_closed", closed_instant=facts["closed_at"], now_instant=facts["now_at"]
        ),
        "paused": lambda facts: PhaseRefused("auction_paused", **facts),
        "not_paused": lambda _: PhaseRefused("auction_not_paused"),
        "stopped": lambda facts: PhaseRefused("clock_stopped", **facts),
        "not_later": lambda facts: InputRefused("end_not_later", field="until", **facts),
        "beyond_hard_end": lambda facts: InputRefused("beyond_hard_end", field="until", **facts),
        "price_not_positive": lambda _: InputRefused("not_positive", field="price_per_t"),
        "price_above_ceiling": lambda facts: TermsRefused("price_above_ceiling", **facts),
        "price_moved": lambda facts: TermsRefused("price_moved", **facts),
        "quantity_out_of_range": lambda f: TermsRefused("lot_exhausted", left_kg=f["most_kg"]),
        "minimum_out_of_range": lambda _: TermsRefused(
            "minimum_above_quantity", field="minimum_kg"
        ),
        "decrement_too_small": lambda facts: TermsRefused("improvement_too_small", **facts),
        "no_lower_price": lambda _: TermsRefused("no_lower_price"),
        "quantity_lowered": lambda facts: TermsRefused("quantity_lowered", **facts),
        "quantity_raised": _raised,
        "minimum_raised": lambda facts: TermsRefused("minimum_raised", **facts),
        "no_bid": lambda _: TermsRefused("no_bid_yet"),
        "no_proxy": lambda _: TermsRefused("no_proxy"),
        "floor_too_high": lambda facts: TermsRefused("floor_too_high", **facts),
    }
)
