"""Signing in: the register of sign-ins, and the built-in provider's own accounts."""

from sqlalchemy import Column, Integer, String, Table, Text

from club.store.tables.schema import instant, metadata, refers

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("key", String(64), primary_key=True),  # SHA-256 of issuer, subject and nonce
    # Nobody's: a stranger's sign-in that is over, kept so that its claims are not good again.
    refers("person_id", "people.id", nullable=True, index=True),
    instant("signed_in_at"),
    instant("seen_at"),
    instant("ended_at", nullable=True),
)

return_addresses = Table(
    "return_addresses",
    metadata,
    Column("visitor_hash", String(64), primary_key=True),
    Column("path", String(500), nullable=False),
    instant("left_at"),
)

credentials = Table(
    "credentials",
    metadata,
    Column("subject", String(64), primary_key=True),
    Column("email", String(320), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("password_hash", String(200)),
    Column("reset_hash", String(64), unique=True),
    instant("reset_expires_at", nullable=True),
    instant("changed_at"),
)

authorization_codes = Table(
    "authorization_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    refers("subject", "credentials.subject"),
    Column("client_id", String(100), nullable=False),
    Column("redirect_uri", String(500), nullable=False),
    Column("scope", String(200), nullable=False),
    Column("nonce", String(300)),
    Column("code_challenge", String(200)),
    Column("code_challenge_method", String(10)),
    instant("authenticated_at"),
    instant("expires_at"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    refers("subject", "credentials.subject"),
    Column("client_id", String(100), nullable=False),
    Column("scope", Text, nullable=False),
    instant("expires_at"),
)

tries = Table(
    "tries",
    metadata,
    Column("key", String(64), primary_key=True),  # SHA-256 of what is counted: address or host
    Column("failures", Integer, nullable=False),
    instant("last_at"),
    instant("locked_until", nullable=True),
)
