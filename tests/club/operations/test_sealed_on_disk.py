"""With the database and the server's disk but fewer than k passphrases, no price can be had.

The test is the thief: it takes every byte that the club has written before the deadline, two of
four passphrases where three are needed, and a clock of its own.
"""

from __future__ import annotations

import base64
import os
import shutil
import uuid
from dataclasses import dataclass, field, replace
from itertools import combinations

import pytest
from sqlalchemy.engine import make_url

from auctions import sealing
from auctions.openers import (
    LockedKey,
    SealedShare,
    Share,
    TooFewShares,
    Work,
    WrongPassphrase,
    WrongShares,
    join_key,
    normal,
    open_share,
    split_key,
    unlock_key,
)
from club import logs
from club.domain.errors import PhaseRefused
from club.domain.rounds import Phase
from club.operations.closing import close_due
from club.operations.notifying import send_waiting
from club.operations.sealing import private_key, round_key_name
from club.store import offers, openers, rounds
from club.store.database import Database
from club.store.tables import metadata
from tests import postgres
from tests.builders import FixedClock, context_on, join
from tests.ceremonies import PASSPHRASES, bidding, give, terms
from tests.markets import AFTER, stored

NEEDED = 3


@dataclass
class Chance:
    """Real chance that remembers what it gave, to look for it afterwards."""

    drawn: list[bytes] = field(default_factory=list)

    def __call__(self, size: int) -> bytes:
        self.drawn.append(os.urandom(size))
        return self.drawn[-1]


@pytest.fixture
def chance():
    return Chance()


@pytest.fixture
def named(context, facilitator):
    return [join(context), join(context), join(context), facilitator]


@pytest.fixture
def price():
    """Another each time: the server's log also holds what other tests opened."""
    return 500_000_000 + int.from_bytes(os.urandom(3))


@pytest.fixture
def sealed(context, clock, facilitator, named, chance, price, capfd):
    """A round in bidding with one offer, every notice of it sent; and what was logged."""
    logs.configure(readable=False)
    watched = replace(context, random_bytes=chance)
    auction = terms(needed=NEEDED)
    round_, _ = bidding(watched, clock, facilitator, named, auction=auction, price_per_t=price)
    for actor, passphrase in zip(named, PASSPHRASES, strict=True):
        with pytest.raises(PhaseRefused, match="opening_not_begun"):
            give(watched, round_, actor, passphrase)
    while send_waiting(watched):
        pass
    return round_, "".join(capfd.readouterr()).encode()


def on_disk(database, folder):
    """Every byte under the folder; on PostgreSQL every byte of the database's files and of the
    write-ahead log; and every row once more as text, because PostgreSQL packs what is long."""
    written = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    if database.url.startswith("postgresql"):
        postgres.run("CHECKPOINT")
        name = make_url(database.url).database
        for directory in (
            f"SELECT 'base/' || oid FROM pg_database WHERE datname = '{name}'",  # noqa: S608 - our own name
            "SELECT 'pg_wal'",
        ):
            written += postgres.run(
                f"SELECT pg_read_binary_file(d || '/' || f, true) FROM ({directory}) AS of(d), "  # noqa: S608 - fixed
                "pg_ls_dir(d) AS f WHERE NOT (pg_stat_file(d || '/' || f, true)).isdir"
            )
    with database.read() as tx:
        rows = [tx.execute(table.select()).all() for table in metadata.sorted_tables]
    database.dispose()
    return b"\n".join([*(some for some in written if some), repr(rows).encode()])


def shown(price, database):
    """A price as people write it, and as the database keeps a whole number."""
    is_sqlite = database.url.startswith("sqlite")
    kept = price.to_bytes(4, "big") if is_sqlite else price.to_bytes(8, "little")
    return [f"{price}".encode(), f"{price:,}".encode(), kept]


def spellings(secret):
    return {
        secret,
        secret.hex().encode(),
        secret.hex().upper().encode(),
        base64.b64encode(secret).rstrip(b"="),
        base64.urlsafe_b64encode(secret).rstrip(b"="),
    }


def is_in(secret, written):
    return any(spelling in written for spelling in spellings(secret))


def secrets_of(round_key, chance, openers_count):
    """Every secret behind the round, from the chance that was drawn: the key's seed, the key
    itself, all shares, the offer's nonce, and each opener's own key."""
    drawn = [some for some in chance.drawn if len(some) == sealing.KEY_BYTES]
    seeds = [some for some in drawn if sealing.round_keys(some).public == round_key.public_key]
    key = sealing.round_keys(seeds[0]).private
    (polynomials,) = [s for s in chance.drawn if len(s) == (NEEDED - 1) * sealing.KEY_BYTES]
    shares = split_key(key, needed=NEEDED, openers=openers_count, chance=polynomials)
    own = [sealing.round_keys(some).private for some in drawn]
    return [key, *drawn, *(share.value for share in shares), *own]


def test_no_secret_and_no_price_is_anywhere_on_the_disk(
    context, database, sealed, named, chance, price, tmp_path
):
    round_, logged = sealed
    with context.database.read() as tx:
        key = rounds.key(tx, round_.id)
        (envelope,) = offers.standing(tx, round_.id)
        shares = openers.shares(tx, round_.id)
    written = on_disk(database, tmp_path) + logged

    hidden = secrets_of(key, chance, len(named))
    assert len(hidden) > 20
    assert [secret.hex() for secret in hidden if is_in(secret, written)] == []
    for passphrase in PASSPHRASES:
        assert not is_in(passphrase.encode(), written)
        assert not is_in(normal(passphrase).encode(), written)
    assert [some for some in shown(price, database) if some in written] == []

    # What is there is found in the same bytes, so that what was not found is not there.
    assert is_in(key.public_key, written)
    assert is_in(envelope.ciphertext, written)
    assert envelope.commitment.encode() in written
    assert all(is_in(share.ciphertext, written) for share in shares.values())
    assert is_in(context.keys.find(f"round-secret-{round_.id}"), written)


def test_where_the_server_keeps_the_key_the_same_search_finds_it(
    context, database, facilitator, tmp_path
):
    """The contrast: a round opened by the clock, whose key lies on the disk until the deadline."""
    from tests.markets import pledging_round  # noqa: PLC0415 - said where it is needed

    round_ = pledging_round(context, facilitator)

    seed = context.keys.find(round_key_name(round_.id))
    assert is_in(seed, on_disk(database, tmp_path))


@pytest.fixture
def stolen(database, tmp_path, tmp_path_factory, sealed):
    """Makes copies of everything, each on a clock of the thief's own."""
    copies, names = [], []

    def steal(at):
        folder = tmp_path_factory.mktemp("stolen") / "var"
        database.dispose()
        shutil.copytree(tmp_path, folder)
        url = f"sqlite:///{folder}/tomoe.db"
        if database.url.startswith("postgresql"):
            names.append(f"stolen_{uuid.uuid4().hex[:12]}")
            original = make_url(database.url).database
            postgres.run(f"CREATE DATABASE {names[-1]} TEMPLATE {original}")
            url = postgres.url_of(names[-1])
        copies.append(context_on(Database(url), FixedClock(at), folder))
        return copies[-1]

    yield steal
    for copy in copies:
        copy.database.dispose()
    for name in names:
        postgres.run(f"DROP DATABASE {name} WITH (FORCE)")


def prices(context, round_):
    with context.database.read() as tx:
        return [offer.price_per_t for offer in offers.of_round(tx, round_.id)]


def test_the_clubs_own_ways_give_a_thief_nothing_with_two_of_three_passphrases(
    stolen, sealed, named
):
    round_, _ = sealed
    thief = stolen(round_.bidding_closes_at + AFTER)
    close_due(thief)

    for place in (0, 2):
        give(thief, round_, named[place], PASSPHRASES[place])
    close_due(thief)
    with pytest.raises(TooFewShares), thief.database.read() as tx:
        private_key(thief, tx, rounds.get(tx, round_.id))
    in_time = prices(thief, round_), stored(thief, round_).phase
    thief.clock.forward(days=4)
    close_due(thief)

    assert in_time == ([], Phase.CLEARING)
    assert (prices(thief, round_), stored(thief, round_).phase) == ([], Phase.FAILED)


def test_with_the_third_passphrase_the_same_ways_give_everything(stolen, sealed, named, price):
    """So the promise is exactly k, and the thief of the test above only lacked one."""
    round_, _ = sealed
    holder = stolen(round_.bidding_closes_at + AFTER)
    close_due(holder)
    for place in (0, 2, 3):
        give(holder, round_, named[place], PASSPHRASES[place])
    close_due(holder)

    assert prices(holder, round_) == [price]
    written = on_disk(holder.database, holder.settings.var_folder)
    assert len([some for some in shown(price, holder.database) if some in written]) > 1


def test_the_thiefs_own_ways_give_nothing_either(stolen, sealed, named, price):
    """Every key on the disk, every two shares, and a third made up, tried on the envelope."""
    round_, _ = sealed
    thief = stolen(round_.bidding_closes_at + AFTER)
    with thief.database.read() as tx:
        key = rounds.key(tx, round_.id)
        (envelope,) = offers.standing(tx, round_.id)
        shares, locked = openers.shares(tx, round_.id), openers.keys(tx, round_.id)
    found = [bytes.fromhex(path.read_text()) for path in thief.keys.folder.iterdir()]
    had = {}
    for actor, passphrase in zip(named, PASSPHRASES, strict=True):
        own = own_key(locked[actor.person_id], passphrase)
        for other in named:
            if other is not actor:
                with pytest.raises(WrongPassphrase):
                    own_key(locked[other.person_id], passphrase)
        share = shares[actor.person_id]
        sealed_share = SealedShare(share.place, share.ciphertext, bytes.fromhex(share.commitment))
        had[actor.person_id] = open_share(own, key.public_key, sealed_share)
        found.append(own)

    for two in combinations(had.values(), 2):
        places = {share.place for share in two}
        third = next(place for place in range(1, 5) if place not in places)
        with pytest.raises(TooFewShares):
            join_key(two, needed=NEEDED, public_key=key.public_key)
        with pytest.raises(WrongShares):
            join_key(two, needed=2, public_key=key.public_key)
        made_up = Share(third, os.urandom(32))
        with pytest.raises(WrongShares):
            join_key([*two, made_up], needed=NEEDED, public_key=key.public_key)
    for secret in found + [sealing.round_keys(some).private for some in found]:
        with pytest.raises(sealing.Unreadable):
            sealing.unseal(secret, envelope.ciphertext)
    whole = join_key(list(had.values()), needed=NEEDED, public_key=key.public_key)
    assert str(price).encode() in sealing.unseal(whole, envelope.ciphertext)


def own_key(key, passphrase):
    work = Work(key.passes, key.memory_kib)
    return unlock_key(LockedKey(key.public_key, key.locked, key.salt, key.nonce, work), passphrase)
