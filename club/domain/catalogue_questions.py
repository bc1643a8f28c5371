"""Which questions the catalogue gives: four lots for one use, or one lot for several uses.

A question is asked only where some of its choices are right and some are wrong by the rules of
`eligibility`; what they leave open is never asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from club.domain.eligibility import Finding, Use, Verdict
from curriculum.quizzes import shuffle

CHOICES = 4
HALF = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A lot and what the rules say of it, a finding a use."""

    lot: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfLots:
    """Asks which of some lots may be used for one thing."""

    use: Use
    choices: tuple[tuple[str, Finding], ...]
    """Lots by id, in the order shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfUses:
    """Asks what one lot may be used for."""

    lot: str
    choices: tuple[Finding, ...]
    """In the order shown."""


Asked = OfLots | OfUses


def draw(judged: Sequence[Judged], seed: str, count: int) -> tuple[Asked, ...]:
    """Draw up to so many questions, of lots and of uses in turn; the seed alone decides which.

    None where the catalogue gives none. The order in which the lots come does not matter.
    """
    by_lot = {each.lot: each for each in judged}
    uses = shuffle([use.value for use in Use], seed=seed, purpose="uses")
    lots = shuffle(by_lot, seed=seed, purpose="lots")
    of_lots = [each for use in uses if (each := _of_lots(by_lot, Use(use), seed))]
    of_uses = [one for lot in lots if (one := _of_uses(by_lot[lot], seed))]
    drawn: list[Asked] = []
    while len(drawn) < count and (of_lots or of_uses):
        drawn += _next(of_lots) + _next(of_uses)
    return tuple(drawn[:count])


def _next(left: list[OfLots] | list[OfUses]) -> list[Asked]:
    return [left.pop(0)] if left else []


def _of_lots(by_lot: dict[str, Judged], use: Use, seed: str) -> OfLots | None:
    findings = {
        lot: finding
        for lot, judged in by_lot.items()
        for finding in judged.findings
        if finding.use is use
    }
    picked = _picked(findings, seed, f"lots for {use}")
    if not picked:
        return None
    return OfLots(use=use, choices=tuple((lot, findings[lot]) for lot in picked))


def _of_uses(judged: Judged, seed: str) -> OfUses | None:
    findings = {finding.use.value: finding for finding in judged.findings}
    picked = _picked(findings, seed, f"uses of {judged.lot}")
    if not picked:
        return None
    return OfUses(lot=judged.lot, choices=tuple(findings[use] for use in picked))


def _picked(findings: dict[str, Finding], seed: str, purpose: str) -> tuple[str, ...]:
    """Up to four, right and wrong as nearly half and half as there are; none without both."""
    right = _of_verdict(findings, Verdict.ELIGIBLE, seed, purpose)
    wrong = _of_verdict(findings, Verdict.NOT_ELIGIBLE, seed, purpose)
    if not right or not wrong:
        return ()
    rights = min(len(right), max(HALF, CHOICES - len(wrong)))
    picked = right[:rights] + wrong[: CHOICES - rights]
    return shuffle(picked, seed=seed, purpose=f"order of {purpose}")


def _of_verdict(
    findings: dict[str, Finding], verdict: Verdict, seed: str, purpose: str
) -> tuple[str, ...]:
    named: Iterable[str] = (key for key, each in findings.items() if each.verdict is verdict)
    return shuffle(named, seed=seed, purpose=f"{verdict} {purpose}")
