"""Openers of sealed rounds, their keys and shares: rows ↔ values."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Table, and_, select

from club.domain.openers import DealtShare, Opener, OpenerKey, Opening
from club.domain.rounds import Phase
from club.store import rows
from club.store.tables import opener_keys, opener_shares, openers, openings, rounds


def name(tx: Connection, round_id: str, named: Sequence[Opener]) -> None:
    """These are the round's openers from now on; whoever stays keeps the key that is set."""
    stay = [opener.person_id for opener in named]
    gone = opener_keys.c.person_id.not_in(stay)
    tx.execute(opener_keys.delete().where(opener_keys.c.round_id == round_id, gone))
    tx.execute(openers.delete().where(openers.c.round_id == round_id))
    for opener in named:
        rows.add(tx, openers, opener)


def of_round(tx: Connection, round_id: str) -> list[Opener]:
    """The round's openers by their places."""
    statement = select(openers).where(openers.c.round_id == round_id).order_by(openers.c.place)
    return rows.listed(tx, statement, Opener)


def of_person(tx: Connection, person_id: str) -> list[Opener]:
    """What the person was named for, in whatever round."""
    statement = select(openers).where(openers.c.person_id == person_id)
    return rows.listed(tx, statement.order_by(openers.c.round_id), Opener)


def change(tx: Connection, opener: Opener) -> None:
    rows.change(tx, openers, opener)


def set_key(tx: Connection, key: OpenerKey) -> None:
    """The opener's key from now on, in place of one set before."""
    tx.execute(
        opener_keys.delete().where(
            opener_keys.c.round_id == key.round_id, opener_keys.c.person_id == key.person_id
        )
    )
    rows.add(tx, opener_keys, key)


def keys(tx: Connection, round_id: str) -> dict[str, OpenerKey]:
    """The keys that are set, by person."""
    statement = select(opener_keys).where(opener_keys.c.round_id == round_id)
    return {key.person_id: key for key in rows.listed(tx, statement, OpenerKey)}


def deal(tx: Connection, share: DealtShare) -> None:
    rows.add(tx, opener_shares, share)


def change_share(tx: Connection, share: DealtShare) -> None:
    rows.change(tx, opener_shares, share)


def shares(tx: Connection, round_id: str) -> dict[str, DealtShare]:
    """The shares that were dealt, by person, in the order of their places."""
    statement = select(opener_shares).where(opener_shares.c.round_id == round_id)
    dealt = rows.listed(tx, statement.order_by(opener_shares.c.place), DealtShare)
    return {share.person_id: share for share in dealt}


def close(tx: Connection, round_id: str) -> None:
    """The round waits for none of its openers any more, and the shares there are are emptied, so
    that from this database nobody opens another envelope, ever."""
    tx.execute(openings.update().where(openings.c.round_id == round_id).values(waits_until=None))
    tx.execute(
        opener_shares.update()
        .where(opener_shares.c.round_id == round_id)
        .values(ciphertext=None, given=None)
    )


def opening(tx: Connection, round_id: str) -> Opening:
    """How far the round has come; it waits for nobody where nothing is written."""
    statement = select(openings).where(openings.c.round_id == round_id)
    return rows.found(tx, statement, Opening) or Opening(round_id=round_id)


def change_opening(tx: Connection, opening: Opening) -> None:
    tx.execute(openings.delete().where(openings.c.round_id == opening.round_id))
    rows.add(tx, openings, opening)


def waited_for(tx: Connection) -> list[Opener]:
    """Everybody a round waits for, or will: a passphrase while members pledge, a share once
    bidding has closed."""
    lacks_key = (rounds.c.phase == Phase.PLEDGING) & opener_keys.c.set_at.is_(None)
    owes_share = (
        (rounds.c.phase == Phase.CLEARING)
        & openings.c.waits_until.is_not(None)
        & opener_shares.c.given_at.is_(None)
    )
    statement = (
        select(openers)
        .join(rounds, rounds.c.id == openers.c.round_id)
        .outerjoin(opener_keys, _same_person(opener_keys))
        .outerjoin(opener_shares, _same_person(opener_shares))
        .outerjoin(openings, openings.c.round_id == openers.c.round_id)
        .where(lacks_key | owes_share)
        .order_by(openers.c.round_id, openers.c.place)
    )
    return rows.listed(tx, statement, Opener)


def delayed(tx: Connection) -> list[str]:
    """Ids of the rounds whose bidding waits for passphrases."""
    statement = (
        select(openings.c.round_id)
        .join(rounds, rounds.c.id == openings.c.round_id)
        .where(rounds.c.phase == Phase.PLEDGING, openings.c.waits_until.is_not(None))
        .order_by(openings.c.round_id)
    )
    return list(tx.execute(statement).scalars())


def _same_person(table: Table) -> ColumnElement[bool]:
    return and_(table.c.round_id == openers.c.round_id, table.c.person_id == openers.c.person_id)
