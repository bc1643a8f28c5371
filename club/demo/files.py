"""The demonstration's files, read strictly: an unknown key or a wrong kind of value is refused."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

from club.domain.auction_terms import Format
from club.domain.lots import Basis, Category, Mechanism
from club.domain.organisations import Kind, Role
from club.domain.rounds import WhenShort
from club.settings import ROOT

FOLDER = ROOT / "data" / "demo"


class Page(BaseModel):
    """Whatever a file holds; names are those of the domain, days are relative to the seeding."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PersonPage(Page):
    name: str
    email: str
    language: str
    roles: frozenset[Role]


class OperatorPage(Page):
    name_ja: str
    name_en: str
    people: tuple[PersonPage, ...]


class OrganisationPage(OperatorPage):
    key: str
    kind: Kind
    needs_approval: bool = False
    has_learned: bool = True
    """Whether its people take the quizzes that the rounds require."""


class PersonaPage(Page):
    role: str
    email: str


class ClubFile(Page):
    operator: OperatorPage
    organisations: tuple[OrganisationPage, ...]
    personas: tuple[PersonaPage, ...]


class SourcePage(Page):
    title: str
    url: str | None = None
    read_on: date


class ProjectPage(Page):
    key: str
    source: str
    registry_number: str | None = None
    name_ja: str
    name_en: str
    programme: str
    country: str
    region_ja: str = ""
    region_en: str = ""
    prefecture: str | None = None
    category: Category
    mechanism: Mechanism
    basis: Basis
    methodology: str | None = None
    story_ja: str
    story_en: str


class ProjectsFile(Page):
    sources: dict[str, SourcePage]
    projects: tuple[ProjectPage, ...]


class LotPage(Page):
    key: str
    project: str
    supplier: str
    quantity_kg: int
    unit_kg: int = 1_000
    evidence: str | None = None


class PledgePage(Page):
    member: str
    quantity_kg: int
    limit_per_t: int | None = None
    minimum_kg: int = 0
    is_approved: bool = True
    """Where the member asks for a second person: whether that person has approved."""


class OfferPage(Page):
    lot: str
    quantity_kg: int
    price_per_t: int
    minimum_kg: int = 0
    days: int | None = None
    """None is the day after pledging closed."""


class BidPage(Page):
    """A bid in a live auction; the first is made on the day after pledging closed."""

    lot: str
    quantity_kg: int
    price_per_t: int
    minimum_kg: int = 0


class AuctionPage(Page):
    """A live auction whose end may be moved so many minutes at most."""

    format: Format
    decrement_per_t: int
    window_s: int
    hard_end_minutes: int


class UnitsPage(Page):
    lot: str
    serials: str
    reference: str


class ExplanationPage(Page):
    """How a supplier explains a price far below what others asked for."""

    lot: str
    text: str


class EndingPage(Page):
    """What came after the awards."""

    explained_days: int
    agreed_days: int
    """When the office accepted the explanations."""
    explanations: tuple[ExplanationPage, ...] = ()
    paid_days: int
    delivered_days: int
    accepted_days: int
    retired_days: int
    certified_days: int
    beneficiary: str
    purpose_ja: str
    purpose_en: str
    units: tuple[UnitsPage, ...]


class TermsPage(Page):
    """The terms that all rounds here state."""

    name_ja: str
    name_en: str
    purpose_ja: str
    purpose_en: str
    goal_kg: int
    minimum_kg: int
    maximum_kg: int | None = None
    member_minimum_kg: int
    member_maximum_kg: int
    ceiling_per_t: int
    step_kg: int = 100
    fee_per_t: int = 0
    when_short: WhenShort = WhenShort.FAIL


class RoundPage(TermsPage):
    key: str
    required_modules: frozenset[str]
    opens_days: int
    pledging_closes_days: int
    bidding_closes_days: int
    suppliers: tuple[str, ...]
    pledges: tuple[PledgePage, ...]
    auction: AuctionPage | None = None
    """None is a sealed round."""
    offers: tuple[OfferPage, ...] = ()
    bids: tuple[BidPage, ...] = ()
    """In their order."""
    ending: EndingPage | None = None


class RoundsFile(Page):
    founded_days: int
    learned_days: int
    catalogued_days: int
    lots: tuple[LotPage, ...]
    rounds: tuple[RoundPage, ...]


class GamePage(Page):
    """One home game of the source, and the invented buyer that stands for it."""

    game: str
    name_ja: str
    name_en: str
    quantity_kg: int


class SupplyPage(Page):
    key: str
    supplier_ja: str
    supplier_en: str
    project_ja: str
    project_en: str
    category: Category
    basis: Basis
    quantity_kg: int
    price_per_t: int
    serials: str


class GamesFile(Page):
    source: SourcePage
    starts_on: date
    round: TermsPage
    operator: OperatorPage
    games: tuple[GamePage, ...]
    supplies: tuple[SupplyPage, ...]


F = TypeVar("F", bound=Page)


@cache
def club_file() -> ClubFile:
    return read(FOLDER / "club.yaml", ClubFile)


@cache
def projects_file() -> ProjectsFile:
    return read(FOLDER / "projects.yaml", ProjectsFile)


@cache
def rounds_file() -> RoundsFile:
    return read(FOLDER / "rounds.yaml", RoundsFile)


@cache
def games_file() -> GamesFile:
    return read(FOLDER / "d_rocks.yaml", GamesFile)


def read(path: Path, kind: type[F]) -> F:
    """A file as what it should be; pydantic says what is wrong and where."""
    found = yaml.safe_load(path.read_text("utf-8"))
    return kind.model_validate_json(json.dumps(found, default=str))
