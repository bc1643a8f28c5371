"""Which documents of a round somebody may have."""

from __future__ import annotations

from dataclasses import dataclass

from club.domain import ledger
from club.domain.ledger import EntryCode
from club.domain.organisations import Actor
from club.domain.rounds import Round
from club.store import books, clearings, holdings
from club.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document of the round that the actor may have."""

    kind: str
    """invoice, certificate, award_note or record."""
    id: str


def papers_of(tx: Connection, actor: Actor, round_: Round) -> tuple[Paper, ...]:
    own = actor.organisation_id
    papers = [
        Paper(kind="invoice", id=invoice.id)
        for invoice in books.invoices_of_organisation(tx, own)
        if invoice.round_id == round_.id and invoice.is_standing
    ]
    papers += [
        Paper(kind="certificate", id=certificate.id)
        for certificate in holdings.certificates_of_organisation(tx, own)
        if certificate.round_id == round_.id
    ]
    entered = [e for e in books.entries_about(tx, own) if e.round_id == round_.id]
    if ledger.standing(entered, EntryCode.PURCHASE) is not None:
        papers.append(Paper(kind="award_note", id=round_.id))
    hashes = clearings.hashes(tx, round_.id)
    if hashes is not None and hashes[1] is not None:
        papers.append(Paper(kind="record", id=round_.id))
    return tuple(papers)
