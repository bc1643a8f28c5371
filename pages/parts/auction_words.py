"""How a round's auction runs, in the reader's words."""

from __future__ import annotations

from club.domain.auction_terms import Format, Sealing
from club.domain.rounds import Round
from pages.parts.visit import Visit


def auction_words(visit: Visit, round_: Round) -> list[str]:
    """One sentence a term, as Markdown; only what the format knows."""
    terms = round_.auction
    lines = [
        _choice(visit, "format", terms.format),
        _choice(visit, "pricing", terms.pricing),
        _choice(visit, "sharing", terms.sharing),
    ]
    lines += {Format.SEALED: _sealed, Format.DESCENDING: _descending, Format.CLOCK: _clock}[
        terms.format
    ](visit, round_)
    if any(not rule.hard for rule in terms.rules):
        wanted_kg = terms.wanted_kg or round_.minimum_kg
        lines.append(visit.say("auction_terms.told.wanted", wanted_kg=wanted_kg))
    lines.append(visit.say("auction_terms.told.explain", days=terms.explain_days))
    return lines


def _choice(visit: Visit, field: str, chosen: Format | Sealing | object) -> str:
    return visit.say(
        "auction_terms.told.choice",
        field=visit.speech.say(f"words.field.{field}"),
        chosen=chosen,
        meaning=visit.speech.say(f"auction_terms.{field}.{chosen}"),
    )


def _sealed(visit: Visit, round_: Round) -> list[str]:
    terms = round_.auction
    lines = [_choice(visit, "sealing", terms.sealing)]
    if terms.sealing is Sealing.OPENERS:
        facts = {"needed": terms.openers_needed, "days": terms.opening_days}
        lines.append(visit.say("auction_terms.told.openers", **facts))
    return lines


def _descending(visit: Visit, round_: Round) -> list[str]:
    terms = round_.auction
    return [
        visit.say("auction_terms.told.decrement", decrement_per_t=terms.decrement_per_t),
        visit.say(
            "auction_terms.told.soft_close",
            seconds=terms.window_s,
            closes_at=round_.bidding_closes_at,
            hard_end_at=terms.hard_end_at,
        ),
        visit.say("auction_terms.told.grace", seconds=terms.grace_s),
    ]


def _clock(visit: Visit, round_: Round) -> list[str]:
    terms = round_.auction
    return [
        visit.say(
            "auction_terms.told.clock",
            ceiling_per_t=round_.ceiling_per_t,
            step_per_t=terms.clock_step_per_t,
            seconds=terms.clock_step_s,
        ),
        visit.say("auction_terms.told.grace", seconds=terms.grace_s),
    ]
