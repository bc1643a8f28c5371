"""Adding projects and lots to the catalogue, and changing a lot's quantity."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from typing import Any

from club.domain import lots as rules
from club.domain.errors import InputRefused, NotFound, TermsRefused
from club.domain.lots import Lot, LotTerms, Project, ProjectTerms
from club.domain.organisations import Actor, Kind, Role
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.store import catalogue, journal, offers, people


def add_project(context: Context, actor: Actor, *, request_id: str, terms: ProjectTerms) -> Project:
    """Enter a project; one that the catalogue has under its registry number is refused."""
    with begin(context, actor, Role.FACILITATOR, Role.SELLER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return catalogue.project(deed.tx, deed.outcome_id)
        cells = _cells(terms)
        for field in ("programme", "registry_number"):
            cells[field] = _plain(cells[field])
        project = rules.check_project(
            Project(id=context.new_id(), created_at=deed.at, created_by=deed.by, **cells)
        )
        _require_unknown(deed, project.programme, project.registry_number)
        catalogue.add_project(deed.tx, project)
        facts: dict[str, object] = {
            "programme": project.programme,
            "registry_number": project.registry_number,
            "category": project.category.value,
            "mechanism": project.mechanism.value,
            "basis": project.basis.value,
            "prefecture": project.prefecture,
            "rating": project.rating,
        }
        deed.done("project.added", project.id, chain=journal.CLUB, facts=facts)
        return project


def add_lot(context: Context, actor: Actor, *, request_id: str, terms: LotTerms) -> Lot:
    """Enter a lot of a project; suppliers enter their own, facilitators any supplier's."""
    with begin(context, actor, Role.FACILITATOR, Role.SELLER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return catalogue.lot(deed.tx, deed.outcome_id)
        _require_own(deed, terms.supplier_id)
        if people.organisation(deed.tx, terms.supplier_id).kind is not Kind.SUPPLIER:
            raise InputRefused("not_a_supplier", field="supplier_id")
        project = catalogue.project(deed.tx, terms.project_id)
        lot = rules.check(
            Lot(id=context.new_id(), created_at=deed.at, created_by=deed.by, **_cells(terms))
        )
        catalogue.add_lot(deed.tx, lot)
        facts: dict[str, object] = {
            "project": project.id,
            "supplier": lot.supplier_id,
            "vintage": lot.vintage,
            "quantity_kg": lot.quantity_kg,
            "unit_kg": lot.unit_kg,
            "labels": sorted(lot.labels),
        }
        deed.done("lot.added", lot.id, chain=journal.CLUB, facts=facts)
        return lot


def change_lot_quantity(
    context: Context, actor: Actor, *, request_id: str, lot_id: str, quantity_kg: int
) -> Lot:
    """Make a lot larger, or smaller as far as it is neither offered nor awarded."""
    with begin(context, actor, Role.FACILITATOR, Role.SELLER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return catalogue.lot(deed.tx, deed.outcome_id)
        lot = catalogue.lot(deed.tx, lot_id, lock=True)
        _require_own(deed, lot.supplier_id)
        changed = rules.change_quantity(lot, quantity_kg, offers.bound_kg(deed.tx, lot_id))
        catalogue.change_lot(deed.tx, changed)
        facts: dict[str, object] = {"before_kg": lot.quantity_kg, "quantity_kg": quantity_kg}
        deed.done("lot.changed", lot.id, chain=journal.CLUB, facts=facts)
        return changed


def _require_own(deed: Deed, supplier_id: str) -> None:
    """Suppliers touch their own lots; another's looks to them as if it were not there."""
    actor = deed.actor
    if actor is None or (actor.kind is Kind.SUPPLIER and actor.organisation_id != supplier_id):
        raise NotFound


def _require_unknown(deed: Deed, programme: str, registry_number: str | None) -> None:
    if registry_number is None:
        return
    known = catalogue.hold_registration(deed.tx, programme, registry_number)
    if known is not None:
        raise TermsRefused("project_known", project_id=known.id)


def _plain(text: str | None) -> str | None:
    """Text in one spelling, so that the same number is found however wide it was typed."""
    return unicodedata.normalize("NFKC", text).strip() or None if text else None


def _cells(terms: ProjectTerms | LotTerms) -> dict[str, Any]:
    return {field.name: getattr(terms, field.name) for field in fields(terms)}
