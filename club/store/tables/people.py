"""Organisations, people, how they came in and what they accepted."""

from sqlalchemy import Boolean, Column, String, Table, UniqueConstraint

from club.domain.joining import RequestState
from club.domain.organisations import Duty, Kind, Role, Standing
from club.store.columns import Words, one_of
from club.store.tables.schema import id_column, instant, metadata, paired, refers

organisations = Table(
    "organisations",
    metadata,
    id_column(),
    Column("kind", one_of(Kind), nullable=False),
    Column("name_ja", String(200), nullable=False),
    Column("name_en", String(200), nullable=False),
    Column("standing", one_of(Standing), nullable=False),
    Column("is_invented", Boolean, nullable=False),
    Column("needs_approval", Boolean, nullable=False),
    refers("affiliated_with", "organisations.id", nullable=True),
    Column("registration_number", String(14)),
    instant("created_at"),
)

people = Table(
    "people",
    metadata,
    id_column(),
    refers("organisation_id", "organisations.id", index=True),
    Column("name", String(200), nullable=False),
    Column("email", String(320), nullable=False, unique=True),
    Column("language", String(2), nullable=False),
    Column("roles", Words(Role), nullable=False),
    Column("duties", Words(Duty), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("issuer", String(300)),
    Column("subject", String(300)),
    instant("created_at"),
    UniqueConstraint("issuer", "subject"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    refers("organisation_id", "organisations.id"),
    Column("email", String(320), nullable=False),
    Column("roles", Words(Role), nullable=False),
    instant("invited_at"),
    refers("invited_by", "people.id"),
    instant("expires_at"),
    instant("used_at", nullable=True),
    refers("used_by", "people.id", nullable=True),
    paired("used"),
)

join_requests = Table(
    "join_requests",
    metadata,
    id_column(),
    Column("issuer", String(300), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("email", String(320), nullable=False),
    Column("is_email_verified", Boolean, nullable=False),
    Column("name", String(200), nullable=False),
    Column("language", String(2), nullable=False),
    Column("organisation_name", String(200), nullable=False),
    Column("kind", one_of(Kind), nullable=False),
    Column("note", String(1000), nullable=False),
    Column("state", one_of(RequestState), nullable=False),
    instant("asked_at"),
    instant("decided_at", nullable=True),
    refers("decided_by", "people.id", nullable=True),
    paired("decided"),
)

terms_acceptances = Table(
    "terms_acceptances",
    metadata,
    refers("organisation_id", "organisations.id", primary_key=True),
    Column("version", String(32), primary_key=True),
    instant("accepted_at"),
    refers("accepted_by", "people.id"),
)
