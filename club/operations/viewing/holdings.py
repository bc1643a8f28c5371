"""What members hold and what backs it: certificates, their public check, deliveries' progress."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from club.documents import CertificatePaper, RetiredBatch, issuer_of
from club.domain import retirements
from club.domain.errors import NotFound
from club.domain.flags import PriceFlag
from club.domain.ledger import Account
from club.domain.lots import Lot, Project
from club.domain.offers import LotAwards, by_lot
from club.domain.organisations import Actor, Kind, Role
from club.domain.retirements import Batch, Certificate, Delivery, is_token
from club.domain.rounds import Round
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.questioning import waits_for
from club.operations.settling import local_day
from club.store import books, catalogue, clearings, flags, holdings, people, rounds
from club.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Backed:
    """A certificate's line with everything it refers to."""

    batch: Batch
    lot: Lot
    project: Project
    quantity_kg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedLine:
    project_ja: str
    project_en: str
    programme: str
    quantity_kg: int
    serials: str
    retired_on: date
    registry_reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the public may know of a certificate, and nothing else."""

    number: str
    beneficiary_ja: str
    beneficiary_en: str
    quantity_kg: int
    issued_at: datetime
    club_ja: str
    club_en: str
    is_invented: bool
    lines: tuple[VerifiedLine, ...]


def verify(context: Context, token: str) -> Verified | None:
    """The certificate that a QR code leads to; None if the club has issued no such one."""
    if not is_token(token):
        return None
    with context.database.read() as tx:
        certificate = holdings.certificate_by_token(tx, token)
        if certificate is None:
            return None
        return Verified(
            number=certificate.number,
            beneficiary_ja=certificate.beneficiary_ja,
            beneficiary_en=certificate.beneficiary_en,
            quantity_kg=certificate.quantity_kg,
            issued_at=certificate.issued_at,
            club_ja=context.settings.club_name_ja,
            club_en=context.settings.club_name_en,
            is_invented=rounds.get(tx, certificate.round_id).is_invented,
            lines=tuple(_verified_line(line) for line in _backed(tx, certificate)),
        )


def _verified_line(line: Backed) -> VerifiedLine:
    return VerifiedLine(
        project_ja=line.project.name_ja,
        project_en=line.project.name_en,
        programme=line.project.programme,
        quantity_kg=line.quantity_kg,
        serials=f"{line.batch.serials.first_text} – {line.batch.serials.last_text}",
        retired_on=line.batch.retired_on,
        registry_reference=line.batch.registry_reference,
    )


def _backed(tx: Connection, certificate: Certificate) -> list[Backed]:
    backed = []
    for line in holdings.certificate_lines_of(tx, certificate.id):
        batch = holdings.batch(tx, line.batch_id)
        lot = catalogue.lot(tx, batch.lot_id)
        project = catalogue.project(tx, lot.project_id)
        each = Backed(batch=batch, lot=lot, project=project, quantity_kg=line.quantity_kg)
        backed.append(each)
    return backed


def my_certificates(context: Context, actor: Actor) -> list[Certificate]:
    """The certificates of the actor's organisation, the newest first."""
    with looking(context, actor) as (tx, fresh):
        return holdings.certificates_of_organisation(tx, fresh.organisation_id)


def certificates_of_round(context: Context, actor: Actor, round_id: str) -> list[Certificate]:
    with looking(context, actor, Role.FACILITATOR, Role.AUDITOR) as (tx, _):
        return holdings.certificates_of_round(tx, round_id)


def certificate_paper(context: Context, actor: Actor, certificate_id: str) -> CertificatePaper:
    """What the certificate's PDF says; one's own, or any for those who run the club."""
    with looking(context, actor) as (tx, fresh):
        certificate = holdings.certificate(tx, certificate_id)
        if fresh.organisation_id != certificate.organisation_id and fresh.kind is not Kind.OPERATOR:
            raise NotFound
        round_ = rounds.get(tx, certificate.round_id)
        backed = _backed(tx, certificate)
        return CertificatePaper(
            number=certificate.number,
            issuer=issuer_of(context.settings),
            beneficiary_ja=certificate.beneficiary_ja,
            beneficiary_en=certificate.beneficiary_en,
            quantity_kg=certificate.quantity_kg,
            round_ja=round_.name_ja,
            round_en=round_.name_en,
            purpose_ja=_each_once("／", (line.batch.purpose_ja for line in backed)),
            purpose_en=_each_once(" / ", (line.batch.purpose_en for line in backed)),
            batches=tuple(_retired_batch(line) for line in backed),
            issued_on=local_day(context, certificate.issued_at),
            verify_url=f"{context.settings.base_url}/verify/{certificate.token}",
            is_invented=round_.is_invented,
        )


def _retired_batch(line: Backed) -> RetiredBatch:
    return RetiredBatch(
        project_ja=line.project.name_ja,
        project_en=line.project.name_en,
        programme=line.project.programme,
        registry_number=line.project.registry_number,
        vintage=line.lot.vintage,
        units=line.batch.units,
        unit_kg=line.batch.unit_kg,
        serial_first=line.batch.serials.first_text,
        serial_last=line.batch.serials.last_text,
        retired_on=line.batch.retired_on,
        registry_reference=line.batch.registry_reference,
        quantity_kg=line.quantity_kg,
    )


def _each_once(between: str, texts: Iterable[str]) -> str:
    return between.join(dict.fromkeys(texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What an organisation has of one lot, in kilograms."""

    lot: Lot
    project: Project
    due_kg: int = 0
    held_kg: int = 0
    retired_kg: int = 0
    unassigned_kg: int = 0
    """The club's only: retired with its unit, claimed by nobody."""


_FIELDS = {
    Account.DUE: "due_kg",
    Account.HELD: "held_kg",
    Account.RETIRED: "retired_kg",
    Account.RETIRED_UNASSIGNED: "unassigned_kg",
}


def my_holdings(context: Context, actor: Actor) -> list[Holding]:
    """What the actor's organisation has been promised, holds and has had retired, by lot."""
    with looking(context, actor) as (tx, fresh):
        by_lot: dict[str, dict[str, int]] = defaultdict(dict)
        for balance in books.balances_of(tx, fresh.organisation_id):
            if balance.lot_id is not None and balance.account in _FIELDS and balance.amount:
                by_lot[balance.lot_id][_FIELDS[balance.account]] = balance.amount
        found = []
        for lot_id, amounts in sorted(by_lot.items()):
            lot = catalogue.lot(tx, lot_id)
            project = catalogue.project(tx, lot.project_id)
            found.append(Holding(lot=lot, project=project, **amounts))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """What a round bought of a lot on its way: what is due, what was delivered, what is retired."""

    round_: Round
    bought: LotAwards
    lot: Lot
    project: Project
    supplier_ja: str
    supplier_en: str
    flag: PriceFlag | None
    """The question about its price, if there is or was one."""
    waits_for: str | None
    """The code of why nothing is to be delivered now, if there is such a reason."""
    delivery: Delivery | None
    batches: tuple[Batch, ...]

    @property
    def units_due(self) -> int:
        return retirements.units_due(self.bought.quantity_kg, self.lot.unit_kg)

    @property
    def units_left(self) -> int:
        """Units not retired yet."""
        return self.units_due - sum(batch.units for batch in self.batches)


def consignments(context: Context, actor: Actor, round_id: str) -> list[Consignment]:
    """All that a round bought, with deliveries and retirements, for those who run the club."""
    with looking(context, actor, Role.FACILITATOR, Role.AUDITOR) as (tx, _):
        return [_consignment(tx, won) for won in by_lot(clearings.awards_of_round(tx, round_id))]


def my_consignments(context: Context, actor: Actor) -> list[Consignment]:
    """What a supplier won, by round and lot, with deliveries and retirements."""
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        own = clearings.awards_of_supplier(tx, fresh.organisation_id)
        return [_consignment(tx, won) for won in by_lot(own)]


def _consignment(tx: Connection, bought: LotAwards) -> Consignment:
    lot = catalogue.lot(tx, bought.lot_id)
    supplier = people.organisation(tx, bought.supplier_id)
    delivery = holdings.delivery_of(tx, bought.round_id, bought.lot_id)
    batches = holdings.batches_of_delivery(tx, delivery.id) if delivery else []
    asked = {flag.lot_id: flag for flag in flags.of_round(tx, bought.round_id)}
    return Consignment(
        round_=rounds.get(tx, bought.round_id),
        bought=bought,
        lot=lot,
        project=catalogue.project(tx, lot.project_id),
        supplier_ja=supplier.name_ja,
        supplier_en=supplier.name_en,
        flag=asked.get(bought.lot_id),
        waits_for=waits_for(tx, bought),
        delivery=delivery,
        batches=tuple(batches),
    )
