"""Projects and lots: rows ↔ values."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, text

from club.domain.lots import Lot, Project
from club.store import rows
from club.store.tables import lots, projects


def add_project(tx: Connection, project: Project) -> None:
    rows.add(tx, projects, project)


def project(tx: Connection, id: str) -> Project:
    return rows.get(tx, projects, Project, id)


def all_projects(tx: Connection) -> list[Project]:
    return rows.listed(tx, select(projects).order_by(projects.c.created_at, projects.c.id), Project)


def add_lot(tx: Connection, lot: Lot) -> None:
    rows.add(tx, lots, lot)


def change_lot(tx: Connection, lot: Lot) -> None:
    rows.change(tx, lots, lot)


def lot(tx: Connection, id: str, *, lock: bool = False) -> Lot:
    return rows.get(tx, lots, Lot, id, lock=lock)


def all_lots(tx: Connection) -> list[Lot]:
    return rows.listed(tx, select(lots).order_by(lots.c.created_at, lots.c.id), Lot)


def lots_of(tx: Connection, supplier_id: str) -> list[Lot]:
    statement = select(lots).where(lots.c.supplier_id == supplier_id)
    return rows.listed(tx, statement.order_by(lots.c.created_at, lots.c.id), Lot)


def lots_by_id(tx: Connection, ids: Iterable[str]) -> dict[str, Lot]:
    statement = select(lots).where(lots.c.id.in_(sorted(ids)))
    return {lot.id: lot for lot in rows.listed(tx, statement, Lot)}


def hold_registration(tx: Connection, programme: str, registry_number: str) -> Project | None:
    """The project under its registry number, if any; nobody else enters that number until the
    transaction ends."""
    if tx.dialect.name == "postgresql":
        key = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 1))")
        tx.execute(key, {"key": f"{programme} {registry_number}"})
    statement = select(projects).where(
        projects.c.programme == programme, projects.c.registry_number == registry_number
    )
    return next(iter(rows.listed(tx, statement.order_by(projects.c.id), Project)), None)


def projects_by_id(tx: Connection, ids: Iterable[str]) -> dict[str, Project]:
    statement = select(projects).where(projects.c.id.in_(sorted(ids)))
    return {project.id: project for project in rows.listed(tx, statement, Project)}


def lots_of_project(tx: Connection, project_id: str) -> list[Lot]:
    statement = select(lots).where(lots.c.project_id == project_id)
    return rows.listed(tx, statement.order_by(lots.c.created_at, lots.c.id), Lot)
