"""The club's certificate that a member's kilograms are backed by units retired at a registry."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from auctions.canonical import canonical_bytes
from club.documents import blocks, tables
from club.documents.bilingual import Bilingual, day, kg, name, number, same, say
from club.documents.layout import Sheet, print_sheet
from club.documents.parties import Issuer
from club.documents.styles import BODY, LABEL, NAME, SMALL, SUBTITLE, SUM, centred


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
    return hashlib.sha256(canonical_bytes(certificate_content(paper))).hexdigest()


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


def write_certificate(paper: CertificatePaper) -> bytes:
    """Write the certificate as PDF; it says no more than the registry's record supports."""
    sheet = Sheet(
        title=say("documents.certificate.title"),
        number=paper.number,
        club=name(paper.issuer),
        issued_on=paper.issued_on,
        is_invented=paper.is_invented,
    )
    return print_sheet(sheet, lambda: _story(paper, sheet))


def _story(paper: CertificatePaper, sheet: Sheet) -> list[Flowable]:
    return [
        *blocks.title(sheet.title, is_centred=True),
        *_statement(paper),
        blocks.gap(3),
        tables.pairs(_facts(paper)),
        blocks.gap(5),
        *blocks.section(say("documents.certificate.batches")),
        _batches(paper),
        blocks.gap(6),
        tables.columns([*_shown(), blocks.gap(2), *_verification(paper)], [*_not_shown()]),
    ]


def _shown() -> list[Flowable]:
    return [
        blocks.caption(say("documents.certificate.shows")),
        *blocks.notes(
            [say("documents.certificate.shows_retired"), say("documents.certificate.shows_share")]
        ),
    ]


def _not_shown() -> list[Flowable]:
    return [
        blocks.caption(say("documents.certificate.shows_not")),
        *blocks.notes(
            [
                say("documents.certificate.not_credit"),
                say("documents.certificate.not_more"),
                say("documents.certificate.not_claim"),
                say("documents.certificate.not_advice"),
            ]
        ),
    ]


def _statement(paper: CertificatePaper) -> list[Flowable]:
    beneficiary = Bilingual(paper.beneficiary_ja, paper.beneficiary_en)
    caption = say("documents.certificate.beneficiary")
    return [
        blocks.line(f"{caption.ja} / {caption.en}", centred(SMALL)),
        blocks.gap(1),
        *blocks.both(beneficiary, centred(NAME), centred(SUBTITLE)),
        blocks.gap(2),
        blocks.line(kg(paper.quantity_kg), centred(SUM)),
        blocks.gap(2),
        *blocks.both(
            say("documents.certificate.statement", quantity_kg=paper.quantity_kg),
            centred(BODY),
            centred(SMALL),
        ),
    ]


def _facts(paper: CertificatePaper) -> list[tuple[Bilingual, Bilingual]]:
    return [
        (say("documents.number"), same(paper.number)),
        (say("documents.issued_on"), day(paper.issued_on)),
        (say("documents.issuer"), name(paper.issuer)),
        (say("documents.round"), Bilingual(paper.round_ja, paper.round_en)),
        (say("documents.certificate.purpose"), Bilingual(paper.purpose_ja, paper.purpose_en)),
    ]


def _batches(paper: CertificatePaper) -> Flowable:
    heads = [
        say("documents.project"),
        say("documents.certificate.registry"),
        say("documents.certificate.share"),
    ]
    rows: list[list[tables.Cell]] = [
        [_project(batch), _registry(batch), blocks.at_right(number(batch.quantity_kg))]
        for batch in paper.batches
    ]
    rows.append(
        [[blocks.inline(say("documents.total"))], [], blocks.at_right(number(paper.quantity_kg))]
    )
    return tables.listing(heads, rows, (74, 22), plain=1, total=len(paper.batches))


def _project(batch: RetiredBatch) -> list[Flowable]:
    known = [batch.programme, *([batch.registry_number] if batch.registry_number else [])]
    vintage = (
        say("documents.vintage", year=str(batch.vintage))
        if batch.vintage
        else say("documents.vintage_unstated")
    )
    return [
        *blocks.both(Bilingual(batch.project_ja, batch.project_en)),
        blocks.line(" ".join(known), SMALL),
        blocks.line(f"{vintage.ja} / {vintage.en}", SMALL),
    ]


def _registry(batch: RetiredBatch) -> list[Flowable]:
    units = say(
        "documents.certificate.units", count=batch.units, unit=f"{number(batch.unit_kg)} kg"
    )
    retired = say("documents.certificate.retired_on", retired_on=batch.retired_on)
    reference = say("documents.certificate.reference", reference=batch.registry_reference)
    return [
        blocks.line(f"{batch.serial_first} – {batch.serial_last}"),
        *(blocks.line(f"{text.ja} / {text.en}", SMALL) for text in (units, retired, reference)),
    ]


def _verification(paper: CertificatePaper) -> list[Flowable]:
    """Give the public address as a QR code and in letters, and the content's fingerprint."""
    digest = certificate_digest(paper)[:16]
    short = " ".join(digest[place : place + 4] for place in range(0, 16, 4))
    words = [
        blocks.link(paper.verify_url),
        blocks.gap(2),
        blocks.line(short),
        *blocks.both(say("documents.certificate.digest"), LABEL),
    ]
    verify = blocks.caption(say("documents.certificate.verify"))
    return [verify, blocks.gap(1), tables.code_and_words(paper.verify_url, words)]
