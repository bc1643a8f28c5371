"""Projects and lots: what the catalogue holds, each fact with its source."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from club.domain.errors import InputRefused, TermsRefused
from club.domain.units import KG_PER_T, MAXIMUM_KG, read_text


class Mechanism(StrEnum):
    """How the climate benefit arises; never guessed from a name."""

    REDUCTION = "reduction"
    REMOVAL = "removal"
    AVOIDANCE = "avoidance"
    UNSTATED = "unstated"


class Basis(StrEnum):
    NATURE = "nature"
    TECHNOLOGY = "technology"
    UNSTATED = "unstated"


class Category(StrEnum):
    """OffsetsDB's categories, as far as the club has met them."""

    FOREST = "forest"
    AGRICULTURE = "agriculture"
    ENERGY_EFFICIENCY = "energy_efficiency"
    RENEWABLE_ENERGY = "renewable_energy"
    FUEL_SWITCHING = "fuel_switching"
    CARBON_CAPTURE = "carbon_capture"
    GHG_MANAGEMENT = "ghg_management"
    BIOCHAR = "biochar"
    BLUE_CARBON = "blue_carbon"
    LAND_USE = "land_use"
    OTHER = "other"


class Label(StrEnum):
    """What a body other than the project's own programme says of a lot's credits."""

    CCP = "ccp"
    """ICVCM's Core Carbon Principles."""
    CORSIA_PILOT = "corsia_pilot"
    """Eligible for the aviation scheme's pilot phase, 2021 to 2023."""
    CORSIA_FIRST = "corsia_first"
    """Eligible for its first phase, 2024 to 2026."""
    CORRESPONDING_ADJUSTMENT = "corresponding_adjustment"
    """Authorised under Article 6: the host country does not count it as its own."""
    CCB = "ccb"
    """Climate, Community & Biodiversity Standards."""
    SD_VISTA = "sd_vista"
    """Sustainable Development Verified Impact Standard."""


PREFECTURES = tuple(f"{number:02}" for number in range(1, 48))
"""JIS X 0401, from Hokkaido to Okinawa."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTerms:
    """What is typed of a project."""

    name_ja: str
    name_en: str
    programme: str
    """The crediting programme: J-Credit, VCS, …"""
    registry_number: str | None = None
    country: str
    """ISO 3166 alpha-2."""
    region_ja: str = ""
    region_en: str = ""
    prefecture: str | None = None
    """JIS X 0401, for projects in Japan that are in one prefecture."""
    category: Category
    mechanism: Mechanism
    basis: Basis
    methodology: str | None = None
    rating: str | None = None
    """An opinion of its quality with who gave it: "BeZero A"."""
    story_ja: str = ""
    story_en: str = ""
    source: str
    source_url: str | None = None
    source_read_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(ProjectTerms):
    """A project as the catalogue keeps it."""

    id: str
    created_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LotTerms:
    """What is typed of a lot."""

    project_id: str
    supplier_id: str
    vintage: int | None = None
    """The year of the reduction or removal; None where the source does not state it."""
    quantity_kg: int
    unit_kg: int = 1_000
    """The registry's unit: usually 1,000; 1 in some registries."""
    evidence: str | None = None
    """A provider's sub-tonne lots carry the provider's evidence."""
    deliver_by_on: date | None = None
    labels: frozenset[Label] = frozenset()
    is_invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot(LotTerms):
    """Credits of one project and vintage that one supplier holds or will deliver."""

    id: str
    created_at: datetime
    created_by: str


NEEDED_TEXTS = {"name_ja": 300, "name_en": 300, "programme": 100, "source": 500}
"""What a project must say, and how long it may be."""
OTHER_TEXTS = {"region_ja": 100, "region_en": 100, "story_ja": 10_000, "story_en": 10_000}
OPTIONAL_TEXTS = {"registry_number": 100, "methodology": 200, "rating": 100, "source_url": 500}
LONGEST_EVIDENCE = 500
NEWEST_YEAR = 9_999


def check_project(project: Project) -> Project:
    """The project with its texts as they are kept; refused where one is missing or too long."""
    if re.fullmatch(r"[A-Z]{2}", project.country) is None:
        raise InputRefused("unknown_choice", field="country")
    if project.prefecture not in (PREFECTURES if project.country == "JP" else ()) + (None,):
        raise InputRefused("unknown_choice", field="prefecture")
    read = {
        field: read_text(
            getattr(project, field) or "",
            field=field,
            longest=longest,
            optional=field not in NEEDED_TEXTS,
        )
        for field, longest in (NEEDED_TEXTS | OTHER_TEXTS | OPTIONAL_TEXTS).items()
    }
    texts: dict[str, Any] = {
        field: text or (None if field in OPTIONAL_TEXTS else "") for field, text in read.items()
    }
    return replace(project, **texts)


def check(lot: Lot) -> Lot:
    """A lot holds whole registry units; sub-tonne units need the provider's evidence."""
    for field in ("quantity_kg", "unit_kg"):
        if getattr(lot, field) < 1:
            raise InputRefused("not_positive", field=field)
        if getattr(lot, field) > MAXIMUM_KG:
            raise InputRefused("too_large", field=field)
    if lot.vintage is not None and not 0 < lot.vintage <= NEWEST_YEAR:
        raise InputRefused("unknown_choice", field="vintage")
    evidence = read_text(
        lot.evidence or "", field="evidence", longest=LONGEST_EVIDENCE, optional=True
    )
    lot = replace(lot, evidence=evidence or None)
    if lot.quantity_kg % lot.unit_kg:
        raise TermsRefused("units_mismatch", unit_kg=lot.unit_kg)
    if lot.unit_kg < KG_PER_T and not lot.evidence:
        raise TermsRefused("evidence_missing")
    return lot


def change_quantity(lot: Lot, quantity_kg: int, bound_kg: int) -> Lot:
    """The lot with another quantity, never below what is offered in open rounds or awarded."""
    if quantity_kg < bound_kg:
        raise TermsRefused("lot_bound", bound_kg=bound_kg)
    return check(replace(lot, quantity_kg=quantity_kg))


def matches(project: Project, query: str) -> bool:
    """Whether every word of a search stands somewhere in what is written of the project.

    Width and case do not matter: "ＪＣＲ" finds JCR, in Japanese and English texts alike.
    """
    written = " ".join(
        text
        for text in (
            project.name_ja,
            project.name_en,
            project.programme,
            project.registry_number,
            project.region_ja,
            project.region_en,
            project.methodology,
            project.story_ja,
            project.story_en,
        )
        if text
    )
    haystack = _folded(written)
    return all(word in haystack for word in _folded(query).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
