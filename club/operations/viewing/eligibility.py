"""Which credit for which use: every lot of the catalogue by the rules of `domain.eligibility`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from club.domain.eligibility import MODULE, RULES, Cited, Finding, Use, facts_of, find
from club.domain.lots import Lot, Project
from club.domain.organisations import Actor
from club.operations.context import Context
from club.operations.deed import looking
from club.store import catalogue
from club.store.database import Connection
from curriculum.texts import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedLot:
    """A lot and what the rule for a use says of it."""

    lot: Lot
    project: Project
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """A use, its rule as it was read, and every lot by it."""

    use: Use
    version: int
    review_by: date
    sources: tuple[Source, ...]
    lots: tuple[JudgedLot, ...]


def choose_for(context: Context, actor: Actor, use: Use) -> Choosing:
    """Every lot of the catalogue, by project and id, for everybody who is signed in."""
    with looking(context, actor) as (tx, _fresh):
        on = today(context, tx)
        lots = listed(tx)
    rule = RULES[use]
    return Choosing(
        use=use,
        version=rule.version,
        review_by=rule.review_by,
        sources=sources_of(context, rule.sources),
        lots=tuple(
            JudgedLot(lot=lot, project=project, finding=find(use, facts_of(project, lot), on=on))
            for lot, project in lots
        ),
    )


def listed(tx: Connection) -> list[tuple[Lot, Project]]:
    """All lots with their projects, by the project's name and the lot's id."""
    projects = {project.id: project for project in catalogue.all_projects(tx)}
    lots = [(lot, projects[lot.project_id]) for lot in catalogue.all_lots(tx)]
    return sorted(lots, key=lambda row: (row[1].name_ja, row[1].id, row[0].id))


def today(context: Context, tx: Connection) -> date:
    return context.clock(tx).astimezone(ZoneInfo(context.settings.time_zone)).date()


def sources_of(context: Context, cited: tuple[Cited, ...]) -> tuple[Source, ...]:
    """The documents as the module on uses lists them; without the module, none."""
    module = context.modules.get(MODULE)
    documents = {document.id: document for document in module.documents} if module else {}
    return tuple(
        Source(document=documents[each.document], clause=each.clause)
        for each in cited
        if each.document in documents
    )


def reason_id(finding: Finding) -> str:
    """The sentence that says why."""
    code = finding.code
    return "eligibility.stale" if code == "stale" else f"eligibility.{finding.use}.{code}"
