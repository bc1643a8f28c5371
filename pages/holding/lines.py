"""A certificate's lines: whose kilograms stand on which retired units."""

from __future__ import annotations

from club.documents import CertificatePaper, RetiredBatch
from club.domain.retirements import Certificate
from club.operations.viewing.holdings import certificate_paper
from pages.parts.visit import Visit


def paper_of(visit: Visit, certificate: Certificate) -> CertificatePaper:
    return certificate_paper(visit.context, visit.actor, certificate.id)


def row(visit: Visit, number: str, batch: RetiredBatch) -> dict[str, object]:
    """One line in the reader's words."""
    return {
        visit.say("holding.project"): visit.speech.text(batch, "project"),
        visit.say("words.field.vintage"): vintage(visit, batch.vintage),
        visit.say("holding.mine"): visit.speech.kg(batch.quantity_kg),
        visit.say("words.field.serials"): serials(batch),
        visit.say("words.field.retired_on"): visit.speech.on(batch.retired_on),
        visit.say("words.field.registry_reference"): batch.registry_reference,
        visit.say("holding.certificate"): number,
    }


def serials(batch: RetiredBatch) -> str:
    """One number, or the first and the last."""
    if batch.serial_first == batch.serial_last:
        return batch.serial_first
    return f"{batch.serial_first} – {batch.serial_last}"


def exact(number: str, batch: RetiredBatch) -> dict[str, object]:
    """The same line for a spreadsheet: whole numbers, days as ISO writes them."""
    return {
        "certificate": number,
        "project_ja": batch.project_ja,
        "project_en": batch.project_en,
        "programme": batch.programme,
        "registry_number": batch.registry_number,
        "vintage": batch.vintage,
        "quantity_kg": batch.quantity_kg,
        "units": batch.units,
        "unit_kg": batch.unit_kg,
        "serial_first": batch.serial_first,
        "serial_last": batch.serial_last,
        "retired_on": batch.retired_on.isoformat(),
        "registry_reference": batch.registry_reference,
    }


def vintage(visit: Visit, year: int | None) -> str:
    return str(year) if year else visit.say("words.not_stated")
