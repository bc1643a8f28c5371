"""What a lot may be used for, by published rules: yes, no, or not known, each with its source.

The rules are few and say only what the documents say that the module on uses cites. They are no
legal advice: caps, deadlines and what a scheme asks of its reporter are not looked at.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from club.domain.lots import Category, Label, Lot, Project

MODULE = "uses"
"""The module of the school whose documents the rules cite."""


class Use(StrEnum):
    GX_ETS = "gx_ets"
    """Surrender in GX-ETS from fiscal 2026 on."""
    SHK_ADJUSTED = "shk_adjusted"
    """Adjusted emissions in the statutory report under the climate act."""
    VOLUNTARY_REPORT = "voluntary_report"
    """The voluntary section of that report, and disclosure in the GX League."""
    OFFSET = "offset"
    """A voluntary offset of an event, a product or a company."""
    SBT = "sbt"
    """A report towards a target validated by SBTi."""
    RE100 = "re100"
    """Renewable electricity in a report to RE100."""
    CORSIA_FIRST = "corsia_first"
    """An airline's offsetting in CORSIA's first phase, 2024 to 2026."""
    VCMI = "vcmi"
    """Part of a claim under VCMI's Claims Code of Practice."""


class Verdict(StrEnum):
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"
    """The documents do not say, or the catalogue does not say enough."""


class Programme(StrEnum):
    J_CREDIT = "j_credit"
    JCM = "jcm"
    OTHER = "other"
    UNKNOWN = "unknown"
    """Written in a way that the rules do not know."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A place in a document of the module on uses."""

    document: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the rules look at."""

    programme: Programme
    category: Category
    labels: frozenset[Label]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule says of a lot; `code` names the reason."""

    use: Use
    verdict: Verdict
    code: str
    version: int
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Raise `version` when it comes to say something else; it says nothing past its review."""

    version: int
    review_by: date
    decide: Callable[[Facts], tuple[Verdict, str]]
    sources: tuple[Cited, ...]


YES, NO, OPEN = Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE, Verdict.UNKNOWN
_WRITTEN = {
    Programme.J_CREDIT: {"jcredit", "jcredits", "jcreditscheme", "jクレジット", "jクレジット制度"},
    Programme.JCM: {"jcm", "jointcreditingmechanism", "二国間クレジット制度"},
    Programme.OTHER: {
        "acr", "americancarbonregistry", "arttrees", "car", "cdm", "climateactionreserve", "gcc",
        "globalcarboncouncil", "goldstandard", "gs", "isometric", "jbluecredit",
        "jブルークレジット", "puro", "puroearth", "puroearthstandard", "vcs",
        "verifiedcarbonstandard", "verra",
    },
}  # fmt: skip


def programme_of(written: str) -> Programme:
    """The programme behind a name, whatever its width, case, spaces and hyphens."""
    folded = unicodedata.normalize("NFKC", written).casefold()
    plain = "".join(letter for letter in folded if letter.isalnum() or letter == "ー")
    return next((kind for kind, names in _WRITTEN.items() if plain in names), Programme.UNKNOWN)


def facts_of(project: Project, lot: Lot) -> Facts:
    return Facts(
        programme=programme_of(project.programme), category=project.category, labels=lot.labels
    )


def find(use: Use, facts: Facts, *, on: date) -> Finding:
    """What the rule for a use says on a day; nothing (`stale`) where its review is overdue."""
    rule = RULES[use]
    verdict, code = rule.decide(facts) if on <= rule.review_by else (OPEN, "stale")
    return Finding(use=use, verdict=verdict, code=code, version=rule.version, sources=rule.sources)


def _gx_ets(facts: Facts) -> tuple[Verdict, str]:
    match facts.programme:
        case Programme.J_CREDIT | Programme.JCM:
            return YES, "named"
        case Programme.OTHER:
            return NO, "private"
    return OPEN, "programme"


def _shk_adjusted(facts: Facts) -> tuple[Verdict, str]:
    """The documents name class ① and do not say that the others are shut out."""
    is_named = facts.programme in {Programme.J_CREDIT, Programme.JCM}
    return (YES, "named") if is_named else (OPEN, "not_named")


def _voluntary_report(facts: Facts) -> tuple[Verdict, str]:
    return (OPEN, "programme") if facts.programme is Programme.UNKNOWN else (YES, "all_classes")


def _offset(facts: Facts) -> tuple[Verdict, str]:
    return (YES, "listed") if facts.programme is Programme.J_CREDIT else (OPEN, "quality")


def _sbt(facts: Facts) -> tuple[Verdict, str]:
    """Only what is reported as renewable energy procured; no credit counts as a reduction."""
    match facts.programme, facts.category:
        case Programme.J_CREDIT, Category.RENEWABLE_ENERGY:
            return YES, "renewable"
        case Programme.J_CREDIT, Category.OTHER:
            return OPEN, "category"
        case Programme.UNKNOWN, _:
            return OPEN, "programme"
    return NO, "does_not_count"


def _re100(facts: Facts) -> tuple[Verdict, str]:
    match facts.programme, facts.category:
        case Programme.J_CREDIT, Category.RENEWABLE_ENERGY:
            return OPEN, "electricity_or_heat"
        case Programme.J_CREDIT, Category.OTHER:
            return OPEN, "category"
        case Programme.J_CREDIT, _:
            return NO, "not_renewable"
    return OPEN, "not_listed"


def _corsia_first(facts: Facts) -> tuple[Verdict, str]:
    if Label.CORSIA_FIRST in facts.labels:
        return YES, "labelled"
    return NO, "pilot_only" if Label.CORSIA_PILOT in facts.labels else "no_label"


def _vcmi(facts: Facts) -> tuple[Verdict, str]:
    return (YES, "labelled") if Label.CCP in facts.labels else (NO, "no_label")


READ_ON = date(2026, 11, 22)
"""The day on which all documents were read."""
MOVES_BY = date(2027, 9, 15)


def _rule(
    decide: Callable[[Facts], tuple[Verdict, str]],
    *sources: Cited,
    version: int = 1,
    review_by: date = MOVES_BY,
) -> Rule:
    return Rule(version=version, review_by=review_by, decide=decide, sources=sources)


_SCENES = "カーボン・クレジット活用場面の整理"
_BY_TYPE = Cited("jcredit-uses", "クレジット種別による活用先一覧 / uses by type")
_INITIATIVES = Cited("icf-2025", "ルール形成の概要 / overview of rule making")
RULES: Mapping[Use, Rule] = {
    Use.GX_ETS: _rule(
        _gx_ets,
        Cited("ccjp-gx", "2025-12-19"),
        Cited("aikawa-2026", "適格クレジット / eligible credits"),
    ),
    Use.SHK_ADJUSTED: _rule(
        _shk_adjusted, Cited("gx-2024", f"{_SCENES} A / where credits are used, A"), _BY_TYPE
    ),
    Use.VOLUNTARY_REPORT: _rule(
        _voluntary_report, Cited("gx-2024", f"{_SCENES} C / where credits are used, C")
    ),
    Use.OFFSET: _rule(_offset, _BY_TYPE, Cited("meti-2021", "p. 20")),
    Use.SBT: _rule(_sbt, _BY_TYPE, _INITIATIVES),
    Use.RE100: _rule(_re100, _BY_TYPE),
    Use.CORSIA_FIRST: _rule(
        _corsia_first, Cited("hfw-corsia", "Introduction"), review_by=date(2026, 12, 31)
    ),
    Use.VCMI: _rule(_vcmi, _INITIATIVES),
}
"""One rule a use; the dates by which they have to be read again are those of the module."""
