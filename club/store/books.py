"""The ledger, invoices and the papers' running numbers: rows ↔ values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.dialects import postgresql, sqlite

from club.domain.invoices import Invoice, InvoiceLine
from club.domain.ledger import Account, Entry, Measure, Posting
from club.store import rows
from club.store.tables import entries, invoices, numbers, postings
from club.store.tables.after import invoice_lines


def hold_series(tx: Connection, series: str) -> int:
    """The last number of a series; nobody else holds the series until the transaction ends."""
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    tx.execute(dialect.insert(numbers).values(series=series, last=0).on_conflict_do_nothing())
    held = select(numbers.c.last).where(numbers.c.series == series).with_for_update()
    return int(tx.execute(held).scalar_one())


def next_numbers(tx: Connection, series: str, count: int) -> range:
    """The next numbers of a series, from 1; a transaction that fails gives them back."""
    last = hold_series(tx, series)
    tx.execute(numbers.update().where(numbers.c.series == series).values(last=last + count))
    return range(last + 1, last + count + 1)


def add_entry(tx: Connection, entry: Entry) -> None:
    cells = rows.values(entry)
    cells.pop("postings")
    tx.execute(entries.insert().values(cells))
    tx.execute(
        postings.insert(),
        [
            rows.values(posting) | {"entry_id": entry.id, "line": line}
            for line, posting in enumerate(entry.postings, start=1)
        ],
    )


def entries_about(tx: Connection, subject_id: str) -> list[Entry]:
    """Everything entered about one invoice, delivery or batch, oldest first."""
    return _entries(tx, select(entries).where(entries.c.subject_id == subject_id))


def entries_of_round(tx: Connection, round_id: str) -> list[Entry]:
    return _entries(tx, select(entries).where(entries.c.round_id == round_id))


def all_entries(tx: Connection) -> list[Entry]:
    """The whole ledger, oldest first."""
    return _entries(tx, select(entries))


def _entries(tx: Connection, statement: Select[Any]) -> list[Entry]:
    wanted = statement.with_only_columns(entries.c.id).subquery()
    by_entry: dict[str, list[Posting]] = defaultdict(list)
    lines = (
        select(postings)
        .join(wanted, wanted.c.id == postings.c.entry_id)
        .order_by(postings.c.entry_id, postings.c.line)
    )
    for row in tx.execute(lines):
        by_entry[row.entry_id].append(rows.read(row, Posting))
    found = tx.execute(statement.order_by(entries.c.made_at, entries.c.id)).mappings()
    return [Entry(**row, postings=tuple(by_entry[row["id"]])) for row in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What stands on one account of one holder, in kilograms for one lot."""

    account: Account
    holder_id: str
    lot_id: str | None
    measure: Measure
    amount: int


def balances(tx: Connection, *, round_id: str | None = None) -> list[Balance]:
    """Every account that has been used, in all or by one round; by account, holder and lot."""
    if round_id is None:
        return _balances(tx, select(*_KEYS, _AMOUNT))
    of_round = select(*_KEYS, _AMOUNT).join(entries, entries.c.id == postings.c.entry_id)
    return _balances(tx, of_round.where(entries.c.round_id == round_id))


def balances_of(tx: Connection, holder_id: str) -> list[Balance]:
    return _balances(tx, select(*_KEYS, _AMOUNT).where(postings.c.holder_id == holder_id))


def supplied_kg(tx: Connection, round_id: str, lot_id: str) -> int:
    """What a supplier has sold of a lot in a round, by the ledger."""
    of_lot = select(*_KEYS, _AMOUNT).join(entries, entries.c.id == postings.c.entry_id)
    found = _balances(
        tx,
        of_lot.where(
            entries.c.round_id == round_id,
            postings.c.lot_id == lot_id,
            postings.c.account == Account.SUPPLIED,
        ),
    )
    return -sum(balance.amount for balance in found)


_KEYS = (postings.c.account, postings.c.holder_id, postings.c.lot_id, postings.c.measure)
_AMOUNT = func.sum(postings.c.amount).label("amount")


def _balances(tx: Connection, statement: Select[Any]) -> list[Balance]:
    found = [
        Balance(
            account=row.account,
            holder_id=row.holder_id,
            lot_id=row.lot_id,
            measure=row.measure,
            amount=int(row.amount),
        )
        for row in tx.execute(statement.group_by(*_KEYS))
    ]
    return sorted(found, key=lambda b: (b.account, b.holder_id, b.lot_id or ""))


def unbalanced(tx: Connection) -> list[str]:
    """Ids of entries whose postings do not sum to zero in a measure and a lot: there are none."""
    keys = (postings.c.entry_id, postings.c.measure, postings.c.lot_id)
    statement = select(postings.c.entry_id).group_by(*keys).having(func.sum(postings.c.amount) != 0)
    return sorted(set(tx.execute(statement).scalars()))


def retired_kg(tx: Connection) -> dict[str, int]:
    """Kilograms retired for members, by batch."""
    statement = (
        select(entries.c.subject_id, func.sum(postings.c.amount))
        .join(entries, entries.c.id == postings.c.entry_id)
        .where(postings.c.account == Account.RETIRED)
        .group_by(entries.c.subject_id)
    )
    return {batch_id: int(quantity_kg) for batch_id, quantity_kg in tx.execute(statement)}


def add_invoice(tx: Connection, invoice: Invoice, lines: Iterable[InvoiceLine]) -> None:
    rows.add(tx, invoices, invoice)
    cells = [rows.values(line) | {"invoice_id": invoice.id} for line in lines]
    if cells:
        tx.execute(invoice_lines.insert(), cells)


def change_invoice(tx: Connection, invoice: Invoice) -> None:
    rows.change(tx, invoices, invoice)


def invoice(tx: Connection, id: str, *, lock: bool = False) -> Invoice:
    return rows.get(tx, invoices, Invoice, id, lock=lock)


def invoice_lines_of(tx: Connection, invoice_id: str) -> list[InvoiceLine]:
    return rows.listed(
        tx,
        select(invoice_lines)
        .where(invoice_lines.c.invoice_id == invoice_id)
        .order_by(invoice_lines.c.award_id),
        InvoiceLine,
    )


def all_invoices(tx: Connection) -> list[Invoice]:
    """All invoices, the newest first."""
    return _invoices(tx, select(invoices))


def invoices_of_round(tx: Connection, round_id: str, *, lock: bool = False) -> list[Invoice]:
    """The newest first; with `lock`, nobody else changes them until the transaction ends."""
    statement = select(invoices).where(invoices.c.round_id == round_id)
    return _invoices(tx, statement.with_for_update() if lock else statement)


def invoices_of_organisation(tx: Connection, organisation_id: str) -> list[Invoice]:
    return _invoices(tx, select(invoices).where(invoices.c.organisation_id == organisation_id))


def _invoices(tx: Connection, statement: Select[Any]) -> list[Invoice]:
    ordered = statement.order_by(invoices.c.issued_at.desc(), invoices.c.number)
    return rows.listed(tx, ordered, Invoice)
