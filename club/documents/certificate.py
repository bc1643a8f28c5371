"""The club's certificate that a member's kilograms are backed by units retired at a registry."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import rfc8785

from club.documents.parties import Issuer


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredBatch:
    """Whole units retired at once, and the member's kilograms of them."""

    project_ja: str
    project_en: str
    programme: str
    registry_number: str | None
    vintage: int | None
    units: int
    unit_kg: int
    serial_first: str
    """The whole serial as the registry writes it."""
    serial_last: str
    retired_on: date
    registry_reference: str
    quantity_kg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePaper:
    """What the certificate says; kilograms that no batch backs are refused."""

    number: str
    issuer: Issuer
    beneficiary_ja: str
    beneficiary_en: str
    quantity_kg: int
    round_ja: str
    round_en: str
    purpose_ja: str
    purpose_en: str
    batches: tuple[RetiredBatch, ...]
    issued_on: date
    verify_url: str
    """The public address that says the same; the QR code holds it."""
    is_invented: bool = False

    def __post_init__(self) -> None:
        if self.quantity_kg != sum(batch.quantity_kg for batch in self.batches):
            raise ValueError(f"{self.number}: the batches do not add up to {self.quantity_kg} kg")
        for batch in self.batches:
            if not 0 < batch.quantity_kg <= batch.units * batch.unit_kg:
                raise ValueError(f"{self.number}: {batch.registry_reference} backs less")


def certificate_content(paper: CertificatePaper) -> dict[str, object]:
    """All that is certified, as plain JSON; the public page says the same."""
    return {
        "format": "tomoe-certificate-1",
        "number": paper.number,
        "issuer": {"ja": paper.issuer.name_ja, "en": paper.issuer.name_en},
        "beneficiary": {"ja": paper.beneficiary_ja, "en": paper.beneficiary_en},
        "quantity_kg": paper.quantity_kg,
        "round": {"ja": paper.round_ja, "en": paper.round_en},
        "purpose": {"ja": paper.purpose_ja, "en": paper.purpose_en},
        "batches": [_batch_content(batch) for batch in paper.batches],
        "issued_on": paper.issued_on.isoformat(),
        "is_invented": paper.is_invented,
    }


def certificate_digest(paper: CertificatePaper) -> str:
    """SHA-256, in hex, over the RFC 8785 canonical JSON of the content."""
    return hashlib.sha256(rfc8785.dumps(certificate_content(paper))).hexdigest()  # type: ignore[arg-type]  # its own JSON type is invariant


def _batch_content(batch: RetiredBatch) -> dict[str, object]:
    return {
        "project": {"ja": batch.project_ja, "en": batch.project_en},
        "programme": batch.programme,
        "registry_number": batch.registry_number,
        "vintage": batch.vintage,
        "units": batch.units,
        "unit_kg": batch.unit_kg,
        "serial_first": batch.serial_first,
        "serial_last": batch.serial_last,
        "retired_on": batch.retired_on.isoformat(),
        "registry_reference": batch.registry_reference,
        "quantity_kg": batch.quantity_kg,
    }
