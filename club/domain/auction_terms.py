"""How a round's auction runs: its format, its prices, its shares, its rules, its criteria."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from auctions.formats.improving import MOST_STEPS
from auctions.offers import BadBook
from auctions.record import plain
from auctions.rule_reading import rule_facts
from auctions.rules import CountRule, Rule, ShareRule, check_rules
from auctions.scoring import Criterion, check_criteria
from club.domain.attributes import is_meant
from club.domain.errors import InputRefused
from club.domain.units import MAXIMUM_KG, MAXIMUM_PER_T

DAY_S = 24 * 60 * 60


class Format(StrEnum):
    SEALED = "sealed"
    """One envelope a lot, unreadable until the opening."""
    DESCENDING = "descending"
    """Live: offers are improved in the open until nobody improves any more."""
    CLOCK = "clock"
    """Live: the price falls from the ceiling, suppliers confirm quantities."""


class Pricing(StrEnum):
    """What a supplier is paid."""

    PAY_AS_OFFERED = "pay_as_offered"
    UNIFORM = "uniform"
    """The highest accepted price; in the clock format, the clock's."""
    VICKREY = "vickrey"


class Sharing(StrEnum):
    """How what is bought is shared among the members when it is less than was pledged."""

    PRO_RATA = "pro_rata"
    EQUAL_AWARDS = "equal_awards"
    EQUAL_LOSSES = "equal_losses"
    TALMUD = "talmud"
    SMALL_FIRST = "small_first"


class Sealing(StrEnum):
    """Who can open the envelopes."""

    CLOCK = "clock"
    """The server, at the deadline."""
    OPENERS = "openers"
    """So many people of those named, each by a passphrase, and nobody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuctionTerms:
    """What is published of the auction before pledging opens, and stands from then on."""

    format: Format = Format.SEALED
    pricing: Pricing = Pricing.PAY_AS_OFFERED
    sharing: Sharing = Sharing.PRO_RATA
    sealing: Sealing = Sealing.CLOCK
    openers_needed: int | None = None
    """How many of the openers it takes; None where the server opens."""
    opening_days: int = 3
    """Within how many days enough openers must have come, or the round fails."""
    decrement_per_t: int = 10
    """By how much an improvement lowers the own price at least; live descending."""
    window_s: int = 180
    """An improvement in so many last seconds moves the end to so many seconds after it."""
    hard_end_at: datetime | None = None
    """Beyond it no end is moved; live descending, None in the other formats."""
    grace_s: int = 60
    """A longer outage in the last minutes of a live auction re-opens it."""
    clock_step_per_t: int = 100
    """By how much the clock's price falls at each step."""
    clock_step_s: int = 600
    """How long suppliers have at each step."""
    wanted_kg: int | None = None
    """Below it the soft rules yield; None is the round's minimum."""
    rules: tuple[Rule, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    explain_days: int = 5
    """How long a supplier has to explain a low price before the award falls away."""

    @property
    def is_live(self) -> bool:
        """Whether suppliers bid in the open while bidding is on, and seal no envelopes."""
        return self.format is not Format.SEALED


USUAL = AuctionTerms()
"""A sealed round with nothing but quantities and prices in it."""

BOUNDS = {
    "opening_days": (1, 60),
    "decrement_per_t": (1, MAXIMUM_PER_T),
    "window_s": (1, DAY_S),
    "grace_s": (1, DAY_S),
    "clock_step_per_t": (1, MAXIMUM_PER_T),
    "clock_step_s": (1, DAY_S),
    "wanted_kg": (1, MAXIMUM_KG),
    "explain_days": (1, 366),
}
"""The least and the most of every number; what a format does not use is held to them as well."""
FEWEST_OPENERS = 2
MOST_OPENERS = 20


def check(terms: AuctionTerms, *, ceiling_per_t: int, bidding_closes_at: datetime) -> None:
    """Refuse, at the field, terms that contradict themselves or the rest of the round."""
    for field, (least, most) in BOUNDS.items():
        number = getattr(terms, field)
        if number is not None and number < least:
            raise InputRefused("not_positive", field=field)
        if number is not None and number > most:
            raise InputRefused("too_large", field=field)
    _check_format(terms)
    _check_pricing(terms)
    _check_openers(terms)
    _check_live(terms, ceiling_per_t, bidding_closes_at)
    _check_written(terms)


def facts(terms: AuctionTerms) -> dict[str, Any]:
    """The terms in JSON's own kinds, for the audit chain and the record."""
    end = terms.hard_end_at
    choices = (terms.format, terms.pricing, terms.sharing, terms.sealing)
    return {
        **plain(terms),
        **{type(choice).__name__.lower(): choice.value for choice in choices},
        "hard_end_at": end.isoformat(timespec="microseconds") if end else None,
        "rules": [rule_facts(rule) for rule in terms.rules],
    }


def _check_format(terms: AuctionTerms) -> None:
    """The clock has its own price and rations pro rata; it knows no rules and no quality."""
    out_of_place = {
        "sealing": terms.format is not Format.SEALED and terms.sealing is not Sealing.CLOCK,
        "hard_end_at": terms.format is not Format.DESCENDING and terms.hard_end_at is not None,
    }
    if terms.format is Format.CLOCK:
        out_of_place |= {
            "pricing": terms.pricing is not Pricing.UNIFORM,
            "sharing": terms.sharing is not Sharing.PRO_RATA,
            "rules": bool(terms.rules),
            "criteria": bool(terms.criteria),
        }
    for field, is_out in out_of_place.items():
        if is_out:
            raise InputRefused("not_in_this_format", field=field, format=terms.format)


def _check_pricing(terms: AuctionTerms) -> None:
    """One price for all is by price alone; a Vickrey payment knows no rule at all."""
    if terms.pricing is Pricing.PAY_AS_OFFERED:
        return
    rules = terms.rules
    if terms.pricing is Pricing.UNIFORM:
        rules = tuple(rule for rule in rules if not isinstance(rule, CountRule))
    for field, found in (("rules", rules), ("criteria", terms.criteria)):
        if found:
            raise InputRefused("not_with_this_pricing", field=field, pricing=terms.pricing)


def _check_openers(terms: AuctionTerms) -> None:
    if terms.sealing is Sealing.CLOCK:
        if terms.openers_needed is not None:
            raise InputRefused("not_without_openers", field="openers_needed")
        return
    if terms.openers_needed is None:
        raise InputRefused("missing", field="openers_needed")
    if not FEWEST_OPENERS <= terms.openers_needed <= MOST_OPENERS:
        raise InputRefused(
            "openers_out_of_range", field="openers_needed", least=FEWEST_OPENERS, most=MOST_OPENERS
        )


def _check_live(terms: AuctionTerms, ceiling_per_t: int, bidding_closes_at: datetime) -> None:
    if terms.format is Format.DESCENDING:
        if terms.hard_end_at is None:
            raise InputRefused("missing", field="hard_end_at")
        if terms.hard_end_at < bidding_closes_at:
            raise InputRefused("dates_out_of_order", field="hard_end_at")
        if terms.decrement_per_t >= ceiling_per_t:
            raise InputRefused("too_large", field="decrement_per_t")
        least_per_t = -(-ceiling_per_t // MOST_STEPS)
        if terms.decrement_per_t < least_per_t:
            raise InputRefused(
                "decrement_too_fine", field="decrement_per_t", least_per_t=least_per_t
            )
    if terms.format is Format.CLOCK and terms.clock_step_per_t >= ceiling_per_t:
        raise InputRefused("too_large", field="clock_step_per_t")


def _check_written(terms: AuctionTerms) -> None:
    """What the engine would refuse, refused where it is written: at the rule's name, or at the
    number of the criterion."""
    try:
        check_rules(terms.rules)
    except BadBook as error:
        raise InputRefused(error.code, field="rules", where=error.where, **error.facts) from error
    for rule in terms.rules:
        if isinstance(rule, ShareRule) and not is_meant(rule):
            raise InputRefused("unknown_attribute", field="rules", where=rule.name)
    try:
        check_criteria(terms.criteria)
    except BadBook as error:
        number = 1 + [criterion.id for criterion in terms.criteria].index(error.where)
        raise InputRefused(error.code, field="criteria", where=number, **error.facts) from error
