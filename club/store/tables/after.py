"""After the award: the ledger, invoices, deliveries, retirements and certificates."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from club.domain.ledger import Account, EntryCode, Measure
from club.store.columns import one_of
from club.store.tables.schema import (
    id_column,
    instant,
    metadata,
    not_negative,
    paired,
    positive,
    refers,
    whole,
)

entries = Table(
    "entries",
    metadata,
    id_column(),
    refers("round_id", "rounds.id", nullable=True, index=True),
    Column("code", one_of(EntryCode), nullable=False),
    Column("subject_id", String(64), nullable=False, index=True),
    refers("reverses", "entries.id", nullable=True, unique=True),
    instant("made_at"),
    Column("made_by", String(64), nullable=False),
)

postings = Table(
    "postings",
    metadata,
    refers("entry_id", "entries.id", primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("account", one_of(Account), nullable=False),
    refers("holder_id", "organisations.id", index=True),
    refers("lot_id", "lots.id", nullable=True, index=True),
    Column("measure", one_of(Measure), nullable=False),
    whole("amount"),
    CheckConstraint("(lot_id IS NULL) = (measure = 'jpy')", name="lots_are_in_kg"),
)

numbers = Table(
    "numbers",
    metadata,
    Column("series", String(32), primary_key=True),
    Column("last", Integer, nullable=False),
)
"""Running numbers of papers, without gaps: the row is locked by whoever takes the next."""

invoices = Table(
    "invoices",
    metadata,
    id_column(),
    Column("number", String(32), nullable=False, unique=True),
    refers("round_id", "rounds.id", index=True),
    refers("organisation_id", "organisations.id", index=True),
    whole("quantity_kg"),
    whole("value_jpy"),
    whole("fee_jpy"),
    Column("tax_percent", Integer, nullable=False),
    whole("tax_jpy"),
    whole("total_jpy"),
    instant("issued_at"),
    Column("due_on", Date, nullable=False),
    instant("paid_at", nullable=True),
    refers("paid_by", "people.id", nullable=True),
    refers("replaces", "invoices.id", nullable=True, unique=True),
    whole("paid_before_jpy"),
    Column("credit_number", String(32), unique=True),
    instant("credited_at", nullable=True),
    Column("credited_by", String(64)),
    *not_negative("value_jpy", "fee_jpy", "tax_jpy", "paid_before_jpy"),
    CheckConstraint("total_jpy = value_jpy + fee_jpy + tax_jpy", name="total_adds_up"),
    CheckConstraint("(credit_number IS NULL) = (credited_at IS NULL)", name="credited_by_a_note"),
    paired("paid"),
    paired("credited"),
)
Index(
    "uq_invoices_one_standing",
    invoices.c.round_id,
    invoices.c.organisation_id,
    unique=True,
    sqlite_where=text("credited_at IS NULL"),
    postgresql_where=text("credited_at IS NULL"),
)

invoice_lines = Table(
    "invoice_lines",
    metadata,
    refers("invoice_id", "invoices.id", primary_key=True),
    refers("award_id", "awards.id", primary_key=True),
    whole("quantity_kg"),
    whole("value_jpy"),
    *not_negative("quantity_kg", "value_jpy"),
)

deliveries = Table(
    "deliveries",
    metadata,
    id_column(),
    refers("round_id", "rounds.id", index=True),
    refers("lot_id", "lots.id"),
    whole("units"),
    whole("unit_kg"),
    whole("custody_kg"),
    whole("custody_jpy"),
    Column("serial_prefix", String(200), nullable=False),
    whole("serial_first"),
    whole("serial_last"),
    Column("serial_width", Integer, nullable=False),
    instant("delivered_at"),
    refers("delivered_by", "people.id"),
    instant("accepted_at", nullable=True),
    refers("accepted_by", "people.id", nullable=True),
    UniqueConstraint("round_id", "lot_id"),
    *positive("units", "unit_kg"),
    *not_negative("custody_kg", "custody_jpy"),
    CheckConstraint("serial_last - serial_first + 1 = units", name="serials_are_the_units"),
    CheckConstraint("custody_kg < unit_kg", name="custody_below_one_unit"),
    paired("accepted"),
)

batches = Table(
    "batches",
    metadata,
    id_column(),
    refers("round_id", "rounds.id", index=True),
    refers("delivery_id", "deliveries.id", index=True),
    refers("lot_id", "lots.id"),
    whole("units"),
    whole("unit_kg"),
    Column("serial_prefix", String(200), nullable=False),
    whole("serial_first"),
    whole("serial_last"),
    Column("serial_width", Integer, nullable=False),
    Column("retired_on", Date, nullable=False),
    Column("registry_reference", String(300), nullable=False),
    Column("beneficiary", String(300), nullable=False),
    Column("purpose_ja", Text, nullable=False),
    Column("purpose_en", Text, nullable=False),
    instant("recorded_at"),
    refers("recorded_by", "people.id"),
    *positive("units", "unit_kg"),
    CheckConstraint("serial_last - serial_first + 1 = units", name="serials_are_the_units"),
)

certificates = Table(
    "certificates",
    metadata,
    id_column(),
    Column("number", String(32), nullable=False, unique=True),
    Column("token", String(64), nullable=False, unique=True),
    refers("round_id", "rounds.id", index=True),
    refers("organisation_id", "organisations.id", index=True),
    Column("beneficiary_ja", String(200), nullable=False),
    Column("beneficiary_en", String(200), nullable=False),
    whole("quantity_kg"),
    instant("issued_at"),
    refers("issued_by", "people.id"),
    UniqueConstraint("round_id", "organisation_id"),
    *positive("quantity_kg"),
)

certificate_lines = Table(
    "certificate_lines",
    metadata,
    refers("certificate_id", "certificates.id", primary_key=True),
    refers("batch_id", "batches.id", primary_key=True),
    whole("quantity_kg"),
    *positive("quantity_kg"),
)
