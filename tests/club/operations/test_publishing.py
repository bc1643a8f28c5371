"""Publishing a cleared round, on both databases."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from auctions.recording.files import read_file
from auctions.recording.row_files import RowFile
from club.domain.errors import NotAllowed, NotFound, PhaseRefused
from club.domain.organisations import Kind, Role
from club.domain.rounds import Phase
from club.operations.clearing import clear_round
from club.operations.offering import RECEIPTS_KEY, receipt_of
from club.operations.publishing import full_file, public_file, publication, row_file
from club.store import journal
from tests import fallen
from tests.builders import colleague, join, move
from tests.cleared import over
from tests.markets import offer
from tests.sealed import envelopes, withdraw

PLEDGES = [
    (30_000, 9_000, 0),
    (20_000, 6_000, 0),
    (10_000, 3_000, 0),
    (11_000, 9_000, 0),
    (12_000, 8_000, 0),
    (13_000, 9_000, 0),
]
OFFERS = [(25_000, 4_000, 0), (25_000, 5_000, 0), (50_000, 9_500, 0)]


@pytest.fixture
def cleared(context, clock, facilitator):
    """A cleared round, its members, and its sellers with their lots."""
    round_, members, sold = over(context, clock, facilitator, PLEDGES, OFFERS)
    clear_round(context, round_.id)
    return round_, members, sold


def test_everybody_gets_the_same_public_record(context, facilitator, cleared):
    round_, members, sold = cleared

    files = {public_file(context, who, round_.id) for who in (facilitator, members[0], sold[2][0])}

    (file,) = files
    record, key = read_file(file)
    told = publication(context, members[0], round_.id)
    assert (record.about.round, record.about.kind) == (round_.id, "public")
    assert (told.verify_key, told.public_bytes) == (key, len(file))


def test_made_again_the_files_are_the_same(context, facilitator, cleared, tmp_path):
    round_, _, _ = cleared
    first = public_file(context, facilitator, round_.id), full_file(context, facilitator, round_.id)
    kept = sorted((tmp_path / "records").iterdir())
    assert len(kept) == 2
    for path in kept:
        path.unlink()

    again = public_file(context, facilitator, round_.id), full_file(context, facilitator, round_.id)

    assert again == first
    assert sorted((tmp_path / "records").iterdir()) == kept


def test_what_falls_away_later_changes_no_record_of_the_clearing(
    context, clock, facilitator, tmp_path
):
    market = fallen.cleared(context, clock, facilitator)
    round_id = market.round_.id
    first = [ask(context, facilitator, round_id) for ask in (public_file, full_file)]
    fallen.fall(market, 5_000)
    fallen.tick(market)
    for member in market.members:
        fallen.answer(market, member)
    fallen.tick(market)
    assert fallen.awards(market) == [(25_000, 4_000), (25_000, 6_500)]
    shutil.rmtree(tmp_path / "records")

    again = [ask(context, facilitator, round_id) for ask in (public_file, full_file)]

    assert again == first


def test_the_files_are_for_this_user_of_the_machine_only(context, facilitator, cleared, tmp_path):
    full_file(context, facilitator, cleared[0].id)

    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "records").iterdir()}
    assert modes == {0o600}


def test_another_signing_key_makes_another_file(context, facilitator, cleared, tmp_path):
    round_, _, _ = cleared
    before = public_file(context, facilitator, round_.id)
    (tmp_path / "keys" / "records").unlink()

    after = public_file(context, facilitator, round_.id)

    assert read_file(after)[1] != read_file(before)[1]


def test_the_full_record_is_for_the_office_and_for_auditors_of_who_pledged(
    context, facilitator, cleared
):
    round_, members, sold = cleared
    auditor = colleague(context, facilitator, Role.AUDITOR)
    examiner = colleague(context, members[2], Role.EXAMINER)
    others = [
        colleague(context, members[2], Role.BUYER),
        join(context, Kind.MEMBER, Role.EXAMINER),
        sold[0][0],
        colleague(context, facilitator, Role.TREASURER),
        colleague(context, sold[0][0], Role.AUDITOR),
    ]

    (file,) = {full_file(context, who, round_.id) for who in (facilitator, auditor, examiner)}

    assert read_file(file)[0].about.kind == "full"
    assert publication(context, examiner, round_.id).may_have_full
    for who in others:
        assert not publication(context, who, round_.id).may_have_full
        with pytest.raises(NotAllowed):
            full_file(context, who, round_.id)


def test_a_member_gets_its_own_row_and_nobody_elses(context, cleared):
    round_, members, sold = cleared

    for member in members:
        row = RowFile(row_file(context, member, round_.id)).row
        assert row.member == member.organisation_id
        assert publication(context, member, round_.id).has_row
    for who in (join(context), sold[0][0]):
        assert not publication(context, who, round_.id).has_row
        with pytest.raises(NotAllowed):
            row_file(context, who, round_.id)


def test_before_the_result_there_is_no_record(context, clock, facilitator):
    round_, members, _ = over(context, clock, facilitator)

    for ask in (publication, public_file, full_file, row_file):
        with pytest.raises(PhaseRefused):
            ask(context, members[0] if ask is row_file else facilitator, round_.id)


def test_a_draft_is_not_there_for_members(context, facilitator, cleared):
    round_, members, _ = cleared
    move(context, round_, Phase.DRAFT)

    with pytest.raises(NotFound):
        public_file(context, members[0], round_.id)


def test_the_public_file_names_no_member_and_no_losing_supplier(context, facilitator, cleared):
    round_, members, sold = cleared
    file, full = (ask(context, facilitator, round_.id) for ask in (public_file, full_file))
    losing, lot = sold[2]
    hidden = [who.organisation_id for who in members] + [who.person_id for who in members]
    hidden += [losing.organisation_id, losing.person_id, lot.id, lot.project_id]
    names = [member.organisation_id.replace("org", "Test ") for member in members]

    assert [word for word in hidden + names if is_in(file, word)] == []
    assert [word for word in hidden if not is_in(full, word)] == []


def is_in(file, word):
    """Whether an id or a name is in the bytes, and not only as the beginning of a longer number."""
    return re.search(re.escape(word).encode() + rb"(?![0-9])", file) is not None


def test_envelopes_that_no_longer_stood_are_in_it(context, clock, facilitator):
    round_, _, sold = over(context, clock, facilitator, PLEDGES, OFFERS)
    clock.at = round_.bidding_closes_at
    (replacing, lot), (leaving, _), _ = sold
    offer(context, replacing, round_, lot, 25_000, 3_900)
    (standing,) = [e for e in envelopes(context, leaving, round_) if e.state == "standing"]
    withdraw(context, leaving, receipt_of(context, leaving, standing.id))
    clock.forward(seconds=1)
    clear_round(context, round_.id)

    record, _ = read_file(full_file(context, facilitator, round_.id))

    assert [(each.sequence, each.state) for each in record.commitments] == [
        (1, "replaced"),
        (2, "withdrawn"),
        (3, "opened"),
        (4, "opened"),
    ]


def test_a_receipt_is_found_in_the_record_with_the_key_that_signed_it(context, cleared):
    round_, members, sold = cleared
    seller, _ = sold[2]
    (sealed,) = envelopes(context, seller, round_)
    receipt = receipt_of(context, seller, sealed.id)

    record, _ = read_file(public_file(context, members[0], round_.id))

    (found,) = [each for each in record.commitments if each.commitment == receipt.commitment]
    keys = {key.name: key.public_key for key in record.keys}
    assert (found.id, found.sequence) == (receipt.envelope_id, receipt.sequence)
    assert keys[RECEIPTS_KEY] == receipt.verify_key


def test_the_clubs_own_chain_is_tied_into_the_rounds(context, facilitator, cleared):
    round_, _, _ = cleared

    record, _ = read_file(public_file(context, facilitator, round_.id))

    with context.database.read() as tx:
        club = journal.head(tx, journal.CLUB)
        links = journal.links(tx, round_.id)
    heads = {head.chain: (head.number, head.hash) for head in record.chain_heads}
    end = next(link for link in links if link.kind == "round.cleared")
    assert heads == {"club": (club.number, club.hash), round_.id: (end.number, end.hash)}
    assert links[-1] != end


def test_a_round_in_which_nothing_was_bought_has_a_record_too(context, clock, facilitator):
    round_, _, _ = over(context, clock, facilitator, PLEDGES, OFFERS[2:])
    clear_round(context, round_.id)

    for ask in (full_file, public_file):
        record, _ = read_file(ask(context, facilitator, round_.id))
        assert (record.cleared.bought_kg, record.awards) == (0, ())
        assert record.chain[-1].kind == "round.failed"


def test_what_the_tables_hold_is_said_in_both_languages(context, facilitator, cleared, tmp_path):
    full_file(context, facilitator, cleared[0].id)

    for path in (tmp_path / "records").iterdir():
        with closing(sqlite3.connect(path)) as opened:
            names = {
                name
                for (name,) in opened.execute(
                    "SELECT name FROM sqlite_schema WHERE type != 'index'"
                )
            }
            told = opened.execute("SELECT name, what_ja, what_en FROM contents").fetchall()
        assert {name for name, _, _ in told} == names
        assert all(ja and en and ja != en for _, ja, en in told)


def test_the_row_file_is_plain_json(context, cleared):
    round_, members, _ = cleared

    told = json.loads(row_file(context, members[0], round_.id))

    assert told["row"]["quantity_kg"] == 30_000
    assert replace(RowFile(json.dumps(told).encode()).row).member == members[0].organisation_id


@pytest.mark.parametrize("ask", [public_file, full_file])
def test_the_record_of_a_real_round_is_verified_by_a_process_of_its_own(
    context, facilitator, cleared, tmp_path, ask
):
    round_, members, _ = cleared
    (tmp_path / "record.db").write_bytes(ask(context, facilitator, round_.id))
    (tmp_path / "row.json").write_bytes(row_file(context, members[1], round_.id))
    key = publication(context, facilitator, round_.id).verify_key

    arguments = [tmp_path / "record.db", "--row", tmp_path / "row.json", "--key", key, "--optimal"]

    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "auctions", "verify", *arguments],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (run.stderr, run.returncode) == ("", 0)
    assert run.stdout.splitlines()[-1] == "Nothing differs."
