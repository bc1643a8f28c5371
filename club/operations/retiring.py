"""Recording what the registry retired, and certifying it to the members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from club.domain import retirements as rules
from club.domain import settlement
from club.domain.errors import InputRefused, TermsRefused
from club.domain.notices import NoticeKind
from club.domain.organisations import Actor, Role
from club.domain.retirements import Backing, Batch, Certificate, CertificateLine, Delivery
from club.domain.rounds import Phase, Round, move
from club.domain.serials import read_serials
from club.domain.units import read_text
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.delivering import held_delivery, settling_round, shares_of
from club.operations.settling import local_day, made
from club.operations.telling import round_facts
from club.store import books, clearings, holdings, people, rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirementTerms:
    """What the facilitator copies from the registry's record; nothing of it can be undone."""

    serials: str
    retired_on: date
    registry_reference: str
    beneficiary: str
    purpose_ja: str
    purpose_en: str


def record_retirement(
    context: Context, actor: Actor, *, request_id: str, delivery_id: str, terms: RetirementTerms
) -> Batch:
    """Take down that whole units of an accepted delivery have been retired at the registry.

    The range lies within the delivery and overlaps nothing already retired. Members' kilograms
    of it become retired; what is left of the last unit is retired too, and claimed by nobody.
    """
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return holdings.batch(deed.tx, deed.outcome_id)
        round_, delivery = held_delivery(deed, delivery_id)
        batch = _batch(deed, round_, delivery, terms)
        rules.require_open(
            delivery, batch.serials, holdings.batches_of_delivery(deed.tx, delivery.id)
        )
        holdings.add_batch(deed.tx, batch)
        backing = rules.backing(delivery, batch.serials, shares_of(deed.tx, delivery))
        operator_id = people.operator(deed.tx).id
        entry = settlement.retirement(made(deed), batch, backing, operator_id=operator_id)
        books.add_entry(deed.tx, entry)
        _done(deed, batch, backing)
        return batch


def issue_certificates(
    context: Context, actor: Actor, *, request_id: str, round_id: str
) -> list[Certificate]:
    """Certify every member's kilograms and close the round; all of it must be retired.

    One certificate a member, numbered in the order of the members' ids, a line for each batch.
    """
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return holdings.certificates_of_round(deed.tx, deed.outcome_id)
        round_ = settling_round(deed, round_id)
        _require_all_retired(deed, round_)
        lines = _lines_by_member(deed, round_)
        issued = _issue(deed, round_, lines)
        rounds.change(deed.tx, move(round_, Phase.CLOSED))
        facts: dict[str, object] = {
            "certificates": [
                {"id": c.id, "number": c.number, "of": c.organisation_id, "kg": c.quantity_kg}
                for c in issued
            ]
        }
        deed.done("certificates.issued", round_.id, chain=round_.id, facts=facts)
        return issued


def _batch(deed: Deed, round_: Round, delivery: Delivery, terms: RetirementTerms) -> Batch:
    if terms.retired_on > local_day(deed.context, deed.at):
        raise InputRefused("date_in_future", field="retired_on")
    serials = read_serials(terms.serials)
    return Batch(
        id=deed.context.new_id(),
        round_id=round_.id,
        delivery_id=delivery.id,
        lot_id=delivery.lot_id,
        units=serials.units,
        unit_kg=delivery.unit_kg,
        serial_prefix=serials.prefix,
        serial_first=serials.first,
        serial_last=serials.last,
        serial_width=serials.width,
        retired_on=terms.retired_on,
        registry_reference=read_text(
            terms.registry_reference, field="registry_reference", longest=300
        ),
        beneficiary=read_text(terms.beneficiary, field="beneficiary", longest=300),
        purpose_ja=read_text(terms.purpose_ja, field="purpose_ja", longest=500),
        purpose_en=read_text(terms.purpose_en, field="purpose_en", longest=500),
        recorded_at=deed.at,
        recorded_by=deed.by,
    )


def _require_all_retired(deed: Deed, round_: Round) -> None:
    """All that the round bought is delivered, accepted, and retired to the last unit."""
    delivered = {d.lot_id: d for d in holdings.deliveries_of_round(deed.tx, round_.id)}
    retired: dict[str, int] = defaultdict(int)
    for batch in holdings.batches_of_round(deed.tx, round_.id):
        retired[batch.delivery_id] += batch.units
    awards = clearings.awards_of_round(deed.tx, round_.id)
    left_kg = sum(
        award.quantity_kg
        for award in awards
        if award.lot_id not in delivered
        or retired[delivered[award.lot_id].id] != delivered[award.lot_id].units
    )
    if left_kg or not awards:
        raise TermsRefused("not_all_retired", left_kg=left_kg)


def _lines_by_member(deed: Deed, round_: Round) -> dict[str, dict[str, int]]:
    """Each member's kilograms by batch."""
    shares = clearings.shares_by_lot(deed.tx, round_.id)
    deliveries = {d.id: d for d in holdings.deliveries_of_round(deed.tx, round_.id)}
    lines: dict[str, dict[str, int]] = defaultdict(dict)
    for batch in holdings.batches_of_round(deed.tx, round_.id):
        delivery = deliveries[batch.delivery_id]
        backing = rules.backing(delivery, batch.serials, shares[delivery.lot_id])
        for member_id, quantity_kg in backing.members_kg.items():
            lines[member_id][batch.id] = quantity_kg
    return lines


def _issue(
    deed: Deed, round_: Round, backed_kg: Mapping[str, Mapping[str, int]]
) -> list[Certificate]:
    year = local_day(deed.context, deed.at).year
    sequence = books.next_numbers(deed.tx, f"CERT-{year}", len(backed_kg))
    issued = []
    for member_id, number in zip(sorted(backed_kg), sequence, strict=True):
        organisation = people.organisation(deed.tx, member_id)
        certificate = Certificate(
            id=deed.context.new_id(),
            number=rules.certificate_number(year, number),
            token=deed.context.random_bytes(rules.TOKEN_BYTES).hex(),
            round_id=round_.id,
            organisation_id=organisation.id,
            beneficiary_ja=organisation.name_ja,
            beneficiary_en=organisation.name_en,
            quantity_kg=sum(backed_kg[member_id].values()),
            issued_at=deed.at,
            issued_by=deed.by,
        )
        holdings.add_certificate(deed.tx, certificate, _lines(certificate, backed_kg[member_id]))
        _tell(deed, round_, certificate)
        issued.append(certificate)
    return issued


def _lines(certificate: Certificate, backed_kg: Mapping[str, int]) -> list[CertificateLine]:
    return [
        CertificateLine(certificate_id=certificate.id, batch_id=batch_id, quantity_kg=quantity_kg)
        for batch_id, quantity_kg in backed_kg.items()
    ]


def _tell(deed: Deed, round_: Round, certificate: Certificate) -> None:
    for person in people.people_of(deed.tx, certificate.organisation_id):
        if person.is_active and Role.BUYER in person.roles:
            deed.tell(
                person,
                NoticeKind.CERTIFIED,
                **round_facts(round_),
                certificate_id=certificate.id,
                number=certificate.number,
                quantity_kg=certificate.quantity_kg,
            )


def _done(deed: Deed, batch: Batch, backing: Backing) -> None:
    facts: dict[str, object] = {
        "delivery": batch.delivery_id,
        "units": batch.units,
        "unit_kg": batch.unit_kg,
        "first": batch.serials.first_text,
        "last": batch.serials.last_text,
        "retired_on": batch.retired_on.isoformat(),
        "registry_reference": batch.registry_reference,
        "members_kg": sum(backing.members_kg.values()),
        "unassigned_kg": backing.unassigned_kg,
    }
    deed.done("batch.retired", batch.id, chain=batch.round_id, facts=facts)
