"""The demonstration club: four rounds up to today, every deed by its real operation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from club.demo import files
from club.demo.files import LotPage, ProjectPage, SourcePage
from club.demo.learning import may_be_taken, pass_module
from club.demo.stage import OPERATOR, Stage, new_people, set_stage
from club.demo.story import MORNING, TEN, Days, Scene, StoryRound
from club.demo.whole import as_one
from club.domain.errors import PhaseRefused
from club.domain.lots import LotTerms, ProjectTerms
from club.domain.organisations import Kind, Role
from club.identity import passwords
from club.operations.cataloguing import add_lot, add_project
from club.operations.context import Context
from club.operations.founding import (
    enter_invented,
    found_invented_club,
    is_founded,
    keep_mail_in,
    people_of_invented,
)
from club.operations.organising import NewOrganisation

PASSWORD = "tomoe-demo-2026"  # noqa: S105 - of invented people, told to everybody
"""Every invented person's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody to sign in as, and what they can show."""

    role: str
    name: str
    organisation: str
    email: str


def seed(context: Context) -> None:
    """Fill an empty database with the demonstration club, whole or not at all.

    Everything is one transaction: whoever looks sees no club or all of it, and of two hosts that
    start at once the second finds it done. A club that is founded already stays as it is.
    """
    try:
        with as_one(context) as one:
            if not is_founded(one):
                _tell_story(one, passwords.hashed(PASSWORD))
    except PhaseRefused:
        if not is_founded(context):  # else another host was first, and all of ours is undone
            raise


def is_demo(context: Context) -> bool:
    """Whether the club says of itself that it is invented."""
    return bool(people_of_invented(context))


def personas(context: Context) -> list[Persona]:
    """Whom one may sign in as, in the order of the file; nobody in a real club."""
    by_email = {person.email: (person, o) for person, o in people_of_invented(context)}
    proposed = [page for page in files.club_file().personas if page.email in by_email]
    return [
        Persona(
            role=page.role,
            name=by_email[page.email][0].name,
            organisation=by_email[page.email][1].name_ja,
            email=page.email,
        )
        for page in proposed
    ]


def _tell_story(context: Context, password_hash: str) -> None:
    zone = ZoneInfo(context.settings.time_zone)
    days = Days(today=context.now().astimezone(zone).date(), zone=zone)
    script = files.rounds_file()
    stage = set_stage(context, days.at(script.founded_days, MORNING))
    _found(stage, password_hash)
    stage.clock.put(days.at(script.learned_days, TEN))
    passed = _learn(stage, days)
    stage.clock.put(days.at(script.catalogued_days, TEN))
    lots = _fill_catalogue(stage)
    scenes: list[Scene] = []
    for page in script.rounds:
        round_ = StoryRound(
            page=page,
            stage=stage,
            days=days,
            lots=lots,
            required_modules=page.required_modules & passed,
        )
        scenes += round_.scenes()
    _play(stage, scenes)
    keep_mail_in(stage.context)


def _play(stage: Stage, scenes: list[Scene]) -> None:
    """One scene after another, in the order of their instants and of the script."""

    def instant(scene: Scene) -> datetime:
        return scene[0]

    for at, act in sorted(scenes, key=instant):
        stage.clock.put(max(at, stage.clock.at))
        act()


def _found(stage: Stage, password_hash: str) -> None:
    club = files.club_file()
    founders = found_invented_club(
        stage.context,
        name_ja=club.operator.name_ja,
        name_en=club.operator.name_en,
        persons=new_people(club.operator.people),
        password_hash=password_hash,
    )
    stage.enter(OPERATOR, Kind.OPERATOR, founders)
    for page in club.organisations:
        new = NewOrganisation(
            kind=page.kind,
            name_ja=page.name_ja,
            name_en=page.name_en,
            needs_approval=page.needs_approval,
        )
        entered = enter_invented(
            stage.context,
            stage.facilitator,
            new,
            new_people(page.people),
            password_hash=password_hash,
        )
        stage.enter(page.key, page.kind, entered)


def _learn(stage: Stage, days: Days) -> frozenset[str]:
    """Members' people pass what the rounds require; which modules that were.

    A module whose questions are past their review cannot be taken, so no round requires it.
    """
    script, club = files.rounds_file(), files.club_file()
    wanted = frozenset(id for page in script.rounds for id in page.required_modules)
    modules = [stage.context.modules[id] for id in sorted(wanted)]
    taken = [m for m in modules if may_be_taken(m, days.on(script.learned_days))]
    for page in club.organisations:
        if page.kind is Kind.MEMBER and page.has_learned:
            for actor in stage.cast[page.key]:
                for module in taken:
                    pass_module(stage, actor, module)
    return frozenset(module.id for module in taken)


def _fill_catalogue(stage: Stage) -> dict[str, tuple[LotPage, str]]:
    """The real projects with their sources, and the suppliers' invented lots of them."""
    found = files.projects_file()
    ids = {}
    for page in found.projects:
        terms = _project_terms(page, found.sources[page.source])
        project = add_project(
            stage.context, stage.facilitator, request_id=stage.request(), terms=terms
        )
        ids[page.key] = project.id
    lots = {}
    for lot in files.rounds_file().lots:
        seller = stage.actor(lot.supplier, Role.SELLER)
        lot_terms = LotTerms(
            project_id=ids[lot.project],
            supplier_id=seller.organisation_id,
            quantity_kg=lot.quantity_kg,
            unit_kg=lot.unit_kg,
            evidence=lot.evidence,
            is_invented=True,
        )
        entered = add_lot(stage.context, seller, request_id=stage.request(), terms=lot_terms)
        lots[lot.key] = (lot, entered.id)
    return lots


def _project_terms(page: ProjectPage, source: SourcePage) -> ProjectTerms:
    own = page.model_dump(exclude={"key", "source"})
    return ProjectTerms(
        source=source.title, source_url=source.url, source_read_on=source.read_on, **own
    )
