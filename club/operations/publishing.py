"""Publishing a cleared round: its public record, the full one for auditors, a member's own row.

The files are made when first asked for and kept under `records` in the folder of this machine; made
again, here or on another host with the same keys, they have the same bytes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from auctions.recording import values as recorded
from auctions.recording.files import read_file
from auctions.recording.members import salt_of
from auctions.recording.row_files import write_row
from auctions.recording.tables import tables_of
from auctions.recording.values import Record
from auctions.sealing import verify_key_of
from club.domain.disclosure import public_record
from club.domain.errors import NotAllowed, PhaseRefused, Refused
from club.domain.live_events import line_of
from club.domain.organisations import ROLES, Actor, Kind, Role
from club.domain.records import Source, full_record
from club.domain.rounds import Round
from club.i18n import LANGUAGES, Speech
from club.operations.auctioning import entrants
from club.operations.clearing import whole_document
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.offering import RECEIPTS_KEY
from club.operations.viewing.rounds import visible_row
from club.store import catalogue, clearings, exporting, journal, live, offers, people, rounds
from club.store.database import Connection

RECORDS_KEY = "records"
"""Under which name the keyring holds the key that signs records."""
ROWS_KEY = "rows"
"""Under which name it holds the secret that hides members' rows from each other."""
READERS = {Kind.OPERATOR: frozenset({Role.FACILITATOR, Role.AUDITOR})}
BESIDE = ("results", "offers_in_order_of_price", "terms", "contents", "signature")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What can be had of a cleared round, and by what it is known to be the club's."""

    round_: Round
    public_sha256: str
    public_bytes: int
    verify_key: str
    may_have_full: bool
    has_row: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    public: bytes
    full: bytes


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where a round's files lie; and where they do not, what they are made from."""

    public: Path
    full: Path
    key: bytes = field(repr=False)
    source: Source | None = None

    @property
    def is_filled(self) -> bool:
        return self.public.exists() and self.full.exists()


def publication(context: Context, actor: Actor, round_id: str) -> Publication:
    """What the actor can have of a cleared round; its files are made if they are not there."""
    with looking(context, actor) as (tx, fresh):
        round_ = _cleared(tx, fresh, round_id)
        may_have_full = _may_have_full(tx, fresh, round_id)
        has_row = fresh.kind is Kind.MEMBER and _has_row(tx, fresh, round_id)
        shelf = _shelf(context, tx, round_)
    public = _files(shelf).public
    return Publication(
        round_=round_,
        public_sha256=sha256(public).hexdigest(),
        public_bytes=len(public),
        verify_key=verify_key_of(context.keys.secret(RECORDS_KEY)).hex(),
        may_have_full=may_have_full,
        has_row=has_row,
    )


def public_file(context: Context, actor: Actor, round_id: str) -> bytes:
    """The public record, for everybody who may see the round."""
    with looking(context, actor) as (tx, fresh):
        shelf = _shelf(context, tx, _cleared(tx, fresh, round_id))
    return _files(shelf).public


def full_file(context: Context, actor: Actor, round_id: str) -> bytes:
    """The full record: for the club's facilitators and auditors, and for the auditors of members
    that pledged in the round."""
    with looking(context, actor) as (tx, fresh):
        round_ = _cleared(tx, fresh, round_id)
        if not _may_have_full(tx, fresh, round_id):
            raise NotAllowed
        shelf = _shelf(context, tx, round_)
    return _files(shelf).full


def row_file(context: Context, actor: Actor, round_id: str) -> bytes:
    """The member's own row with its proof; only for those whose pledge stood."""
    with looking(context, actor) as (tx, fresh):
        round_ = _cleared(tx, fresh, round_id)
        if fresh.kind is not Kind.MEMBER or not _has_row(tx, fresh, round_id):
            raise NotAllowed
        shelf = _shelf(context, tx, round_)
    full, _ = read_file(_files(shelf).full)
    return write_row(full, fresh.organisation_id)


def _cleared(tx: Connection, actor: Actor, round_id: str) -> Round:
    round_ = visible_row(tx, actor, round_id).round_
    hashes = clearings.hashes(tx, round_id)
    if hashes is None or hashes[1] is None:
        raise PhaseRefused("wrong_phase", phase=round_.phase)
    if clearings.is_older(tx, round_id):
        raise Refused("older_result")
    return round_


def _may_have_full(tx: Connection, actor: Actor, round_id: str) -> bool:
    held = actor.roles & ROLES[actor.kind]
    if held & {Role.FACILITATOR, Role.AUDITOR}:
        return True
    return Role.EXAMINER in held and _has_row(tx, actor, round_id)


def _has_row(tx: Connection, actor: Actor, round_id: str) -> bool:
    return clearings.part(tx, round_id, "members", actor.organisation_id) is not None


def _shelf(context: Context, tx: Connection, round_: Round) -> _Shelf:
    key = context.keys.secret(RECORDS_KEY)
    hashes = clearings.hashes(tx, round_.id)
    known = f"{recorded.FORMAT} {hashes} {verify_key_of(key).hex()}"
    stem = f"{round_.id}-{sha256(known.encode()).hexdigest()[:16]}"
    folder = context.settings.var_folder / "records"
    shelf = _Shelf(folder / f"{stem}-public.db", folder / f"{stem}-full.db", key)
    return shelf if shelf.is_filled else replace(shelf, source=_source(context, tx, round_))


def _files(shelf: _Shelf) -> _Files:
    """The two files, as they lie on this machine or made and put there; no transaction waits."""
    if shelf.source is None:
        return _Files(public=shelf.public.read_bytes(), full=shelf.full.read_bytes())
    full = full_record(shelf.source)
    made = _Files(public=_written(public_record(full), shelf.key), full=_written(full, shelf.key))
    shelf.public.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _put(shelf.public, made.public)
    _put(shelf.full, made.full)
    return made


def _written(record: Record, key: bytes) -> bytes:
    return exporting.write_record(record, key, contents(record.about.kind))


def contents(kind: Literal["public", "full"]) -> list[tuple[str, str, str]]:
    """What each table of a record holds, in both languages."""
    names = [table.name for table in tables_of(kind)] + list(BESIDE)
    names += ["shares"] if kind == "full" else []
    ja, en = (Speech(language) for language in LANGUAGES)
    return [(name, ja.say(f"records.{name}"), en.say(f"records.{name}")) for name in names]


def _put(path: Path, file: bytes) -> None:
    """Whole or not at all; who writes it at the same time writes the same."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(file)
    draft.replace(path)


def _source(context: Context, tx: Connection, round_: Round) -> Source:
    row, key = clearings.get(tx, round_.id), rounds.key(tx, round_.id)
    document = whole_document(tx, round_.id)
    if row is None or row.result_hash is None or document is None or key is None:
        raise LookupError(f"round {round_.id} is said to be cleared and has no result")
    envelopes = offers.received(tx, round_.id)
    awards = [a for a in clearings.all_awards_of_round(tx, round_.id) if a.clearing_number == 1]
    lot_ids = {envelope.lot_id for envelope in envelopes} | {award.lot_id for award in awards}
    lots = catalogue.lots_by_id(tx, lot_ids)
    projects = catalogue.projects_by_id(tx, {lots[award.lot_id].project_id for award in awards})
    winners = sorted({award.supplier_id for award in awards})
    happened = live.of_round(tx, round_.id)
    settings, secret = context.settings, context.keys.secret(ROWS_KEY)
    receipts = verify_key_of(context.keys.secret(RECEIPTS_KEY))
    records = verify_key_of(context.keys.secret(RECORDS_KEY))
    return Source(
        round_=round_,
        club_ja=settings.club_name_ja,
        club_en=settings.club_name_en,
        inputs=row.inputs,
        inputs_hash=row.inputs_hash,
        document=document,
        result_hash=row.result_hash,
        opened=row.result["opened"],
        void=row.result["void"],
        envelopes=envelopes,
        projects_of_lots={lot.id: lot.project_id for lot in lots.values()},
        links=journal.links(tx, round_.id),
        suppliers=[people.organisation(tx, id) for id in winners],
        projects=list(projects.values()),
        secret_hash=key.secret_hash,
        secret=key.revealed_secret or "",
        public_keys={
            "envelopes": ("X25519", key.public_key.hex()),
            "receipts": ("Ed25519", receipts.hex()),
            "records": ("Ed25519", records.hex()),
        },
        events=[line_of(event) for event in happened],
        entrants=list(entrants(tx, round_, happened).values()) if happened else [],
        salt=lambda member: salt_of(secret, round_.id, member),
    )
