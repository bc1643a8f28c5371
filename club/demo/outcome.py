"""What a played round came to: read back by operations, written as papers and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from club.demo import acts
from club.demo.stage import Stage
from club.documents import (
    AwardNote,
    CertificatePaper,
    InvoicePaper,
    write_award_note,
    write_certificate,
    write_invoice,
)
from club.operations.viewing.books import (
    BooksProof,
    all_invoices,
    award_note,
    invoice_paper,
    prove,
)
from club.operations.viewing.holdings import (
    Consignment,
    certificate_paper,
    certificates_of_round,
)


class NotProven(RuntimeError):
    """A round came out otherwise than it must."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A closed round: its papers, what was shipped, and the proof of the books."""

    shipped: tuple[Consignment, ...]
    notes: tuple[AwardNote, ...]
    invoices: tuple[InvoicePaper, ...]
    certificates: tuple[CertificatePaper, ...]
    paid_jpy: int
    books: BooksProof


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Two figures that must be one."""

    text: str
    found: int
    expected: int

    @property
    def holds(self) -> bool:
        return self.found == self.expected


def read_outcome(stage: Stage, round_id: str) -> Outcome:
    context, by = stage.context, stage.facilitator
    rows = acts.shipped(stage, round_id)
    suppliers = list(dict.fromkeys(row.bought.supplier_id for row in rows))
    issued = [row.invoice for row in all_invoices(context, by) if row.round_.id == round_id]
    issued.sort(key=lambda invoice: invoice.number)
    certified = certificates_of_round(context, by, round_id)
    return Outcome(
        shipped=tuple(rows),
        notes=tuple(award_note(context, by, round_id=round_id, supplier_id=id) for id in suppliers),
        invoices=tuple(invoice_paper(context, by, invoice.id) for invoice in issued),
        certificates=tuple(
            certificate_paper(context, by, c.id) for c in sorted(certified, key=lambda c: c.number)
        ),
        paid_jpy=sum(invoice.total_jpy for invoice in issued if invoice.paid_at is not None),
        books=prove(context),
    )


def proofs(outcome: Outcome, pledged_kg: int) -> Iterator[Proof]:
    """That nothing was lost on the way from the pledges to the certificates."""
    bought_kg = sum(row.bought.quantity_kg for row in outcome.shipped)
    delivered_kg = sum(row.units_due * row.lot.unit_kg for row in outcome.shipped)
    custody_kg = sum(row.delivery.custody_kg for row in outcome.shipped if row.delivery)
    value_jpy = sum(row.bought.value_jpy for row in outcome.shipped)
    owed_jpy = sum(paper.total_jpy for paper in outcome.invoices)
    yield Proof(text="kg bought = kg pledged", found=bought_kg, expected=pledged_kg)
    shared_kg = sum(paper.quantity_kg for paper in outcome.invoices)
    yield Proof(text="kg shared = kg bought", found=shared_kg, expected=bought_kg)
    certified_kg = sum(paper.quantity_kg for paper in outcome.certificates)
    yield Proof(text="kg certified = kg bought", found=certified_kg, expected=bought_kg)
    yield Proof(
        text=f"kg delivered = kg bought + {custody_kg:,} kg in custody",
        found=delivered_kg,
        expected=bought_kg + custody_kg,
    )
    charged_jpy = sum(paper.value_jpy for paper in outcome.invoices)
    yield Proof(text="JPY charged = JPY owed for the awards", found=charged_jpy, expected=value_jpy)
    yield Proof(text="JPY paid = JPY invoiced", found=outcome.paid_jpy, expected=owed_jpy)
    differing = len(outcome.books.differing)
    checked = len(outcome.books.checks)
    yield Proof(text=f"of {checked} checks of the ledger differ", found=differing, expected=0)


def require_all(all_proofs: Iterable[Proof]) -> None:
    """Raise NotProven, naming what does not hold."""
    differing = [proof.text for proof in all_proofs if not proof.holds]
    if differing:
        raise NotProven(differing)


def write_papers(outcome: Outcome, folder: Path) -> list[Path]:
    """Award notes, invoices and certificates as PDF, under their numbers."""
    pages = [
        *((f"award-notes/{note.number}.pdf", write_award_note(note)) for note in outcome.notes),
        *((f"invoices/{paper.number}.pdf", write_invoice(paper)) for paper in outcome.invoices),
        *((f"certificates/{c.number}.pdf", write_certificate(c)) for c in outcome.certificates),
    ]
    for name, content in pages:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return [folder / name for name, _ in pages]


def result(outcome: Outcome, pledges: list[dict[str, Any]], all_proofs: list[Proof]) -> bytes:
    """The round as JSON: the same round is always the same bytes."""
    content = {
        "format": "tomoe-demo-1",
        "is_invented": True,
        "pledges": pledges,
        "awards": [_award(row) for row in outcome.shipped],
        "invoices": [_plain(paper) for paper in outcome.invoices],
        "certificates": [_plain(paper) for paper in outcome.certificates],
        "proofs": [asdict(proof) for proof in all_proofs],
        "ledger": [asdict(check) for check in outcome.books.checks],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1, default=_exact)
    return text.encode() + b"\n"


def _exact(value: object) -> object:
    """A whole price as a number; what JSON does not know as text."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return str(value)


def _award(row: Consignment) -> dict[str, object]:
    delivery = row.delivery
    return {
        "project": {"ja": row.project.name_ja, "en": row.project.name_en},
        "supplier": {"ja": row.supplier_ja, "en": row.supplier_en},
        "quantity_kg": row.bought.quantity_kg,
        "prices_per_t": [award.price_per_t for award in row.bought.awards],
        "value_jpy": row.bought.value_jpy,
        "units": row.units_due,
        "unit_kg": row.lot.unit_kg,
        "custody_kg": delivery.custody_kg if delivery else None,
        "serials": [delivery.serials.first_text, delivery.serials.last_text] if delivery else None,
        "retired_on": sorted({batch.retired_on.isoformat() for batch in row.batches}),
    }


def _plain(paper: InvoicePaper | CertificatePaper) -> dict[str, object]:
    """All that the paper says, but who issued it."""
    return {name: cell for name, cell in asdict(paper).items() if name != "issuer"}
