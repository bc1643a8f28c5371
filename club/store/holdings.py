"""Deliveries, retired batches and certificates: rows ↔ values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, select

from club.domain.retirements import Batch, Certificate, CertificateLine, Delivery
from club.domain.serials import Serials
from club.store import books, rows
from club.store.tables import batches, certificate_lines, certificates, deliveries, lots


def hold_serials(tx: Connection) -> None:
    """Whoever checks and writes a range of serials is alone in it until the transaction ends."""
    books.hold_series(tx, "serials")


def ranges_like(tx: Connection, serials: Serials, *, but: Delivery | None) -> list[Serials]:
    """Delivered ranges that overlap the given one by number, but for the one to be corrected."""
    found = rows.listed(
        tx,
        select(deliveries)
        .where(
            deliveries.c.serial_first <= serials.last,
            deliveries.c.serial_last >= serials.first,
            deliveries.c.id != (but.id if but else ""),
        )
        .order_by(deliveries.c.serial_first, deliveries.c.id),
        Delivery,
    )
    return [delivery.serials for delivery in found]


def add_delivery(tx: Connection, delivery: Delivery) -> None:
    rows.add(tx, deliveries, delivery)


def change_delivery(tx: Connection, delivery: Delivery) -> None:
    rows.change(tx, deliveries, delivery)


def delivery(tx: Connection, id: str, *, lock: bool = False) -> Delivery:
    return rows.get(tx, deliveries, Delivery, id, lock=lock)


def delivery_of(tx: Connection, round_id: str, lot_id: str) -> Delivery | None:
    """The delivery of what a round bought of a lot."""
    statement = select(deliveries).where(
        deliveries.c.round_id == round_id, deliveries.c.lot_id == lot_id
    )
    return rows.found(tx, statement, Delivery)


def forget_delivery(tx: Connection, round_id: str, lot_id: str) -> None:
    """Drop what was recorded of a delivery that will not come; one accepted is not dropped."""
    tx.execute(
        deliveries.delete().where(
            deliveries.c.round_id == round_id,
            deliveries.c.lot_id == lot_id,
            deliveries.c.accepted_at.is_(None),
        )
    )


def deliveries_of_round(tx: Connection, round_id: str) -> list[Delivery]:
    return _deliveries(tx, select(deliveries).where(deliveries.c.round_id == round_id))


def deliveries_of_supplier(tx: Connection, supplier_id: str) -> list[Delivery]:
    statement = select(deliveries).join(lots, lots.c.id == deliveries.c.lot_id)
    return _deliveries(tx, statement.where(lots.c.supplier_id == supplier_id))


def _deliveries(tx: Connection, statement: Select[Any]) -> list[Delivery]:
    ordered = statement.order_by(deliveries.c.delivered_at, deliveries.c.id)
    return rows.listed(tx, ordered, Delivery)


def add_batch(tx: Connection, batch: Batch) -> None:
    rows.add(tx, batches, batch)


def batch(tx: Connection, id: str) -> Batch:
    return rows.get(tx, batches, Batch, id)


def batches_of_delivery(tx: Connection, delivery_id: str) -> list[Batch]:
    return _batches(tx, select(batches).where(batches.c.delivery_id == delivery_id))


def batches_of_round(tx: Connection, round_id: str) -> list[Batch]:
    return _batches(tx, select(batches).where(batches.c.round_id == round_id))


def _batches(tx: Connection, statement: Select[Any]) -> list[Batch]:
    """Batches by delivery, along its serials."""
    ordered = statement.order_by(batches.c.delivery_id, batches.c.serial_first, batches.c.id)
    return rows.listed(tx, ordered, Batch)


def add_certificate(
    tx: Connection, certificate: Certificate, lines: Iterable[CertificateLine]
) -> None:
    rows.add(tx, certificates, certificate)
    tx.execute(certificate_lines.insert(), [rows.values(line) for line in lines])


def certificate(tx: Connection, id: str) -> Certificate:
    return rows.get(tx, certificates, Certificate, id)


def certificate_by_token(tx: Connection, token: str) -> Certificate | None:
    return rows.found(tx, select(certificates).where(certificates.c.token == token), Certificate)


def certificates_of_round(tx: Connection, round_id: str) -> list[Certificate]:
    return _certificates(tx, select(certificates).where(certificates.c.round_id == round_id))


def certificates_of_organisation(tx: Connection, organisation_id: str) -> list[Certificate]:
    mine = select(certificates).where(certificates.c.organisation_id == organisation_id)
    return _certificates(tx, mine)


def _certificates(tx: Connection, statement: Select[Any]) -> list[Certificate]:
    """The newest first, within an issue by number."""
    ordered = statement.order_by(certificates.c.issued_at.desc(), certificates.c.number)
    return rows.listed(tx, ordered, Certificate)


def certificate_lines_of(tx: Connection, certificate_id: str) -> list[CertificateLine]:
    return rows.listed(
        tx,
        select(certificate_lines)
        .join(batches, batches.c.id == certificate_lines.c.batch_id)
        .where(certificate_lines.c.certificate_id == certificate_id)
        .order_by(batches.c.delivery_id, batches.c.serial_first, batches.c.id),
        CertificateLine,
    )


def certified_kg(tx: Connection) -> dict[str, int]:
    """Kilograms that certificates' lines claim, by batch."""
    found = tx.execute(
        select(certificate_lines.c.batch_id, func.sum(certificate_lines.c.quantity_kg)).group_by(
            certificate_lines.c.batch_id
        )
    )
    return {batch_id: int(quantity_kg) for batch_id, quantity_kg in found}
