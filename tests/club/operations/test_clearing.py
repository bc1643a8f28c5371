"""Clearing a round from frozen inputs to its awards, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from auctions import sealing
from auctions.record import document_hash
from club.domain.ledger import sums
from club.domain.notices import NoticeKind
from club.domain.rounds import Phase
from club.operations.clearing import clear_round, whole_document
from club.operations.computing import compute
from club.store import books, clearings, journal, offers, rounds
from club.store.tables import allocations as allocation_table
from tests.builders import join
from tests.cleared import outcome, over, result_of, told
from tests.markets import stored


def test_a_round_is_cleared_into_offers_awards_allocations_and_invoices(
    context, clock, facilitator
):
    round_, members, _ = over(context, clock, facilitator)

    assert clear_round(context, round_.id)

    first, second, third = (member.organisation_id for member in members)
    assert stored(context, round_).phase is Phase.SETTLING
    assert outcome(context, round_) == (
        [(25_000, 4_000), (25_000, 5_000)],
        {first: 30_000, second: 20_000},
    )
    with context.database.read() as tx:
        opened = offers.of_round(tx, round_.id)
        invoices = {
            invoice.organisation_id: invoice.value_jpy
            for invoice in books.invoices_of_round(tx, round_.id)
        }
        entries = books.entries_of_round(tx, round_.id)
    assert [(o.sequence, o.quantity_kg, o.price_per_t) for o in opened] == [
        (1, 25_000, 4_000),
        (2, 25_000, 5_000),
        (3, 50_000, 6_500),
    ]
    assert invoices == {first: 135_000, second: 90_000}
    assert third not in invoices
    assert {total for entry in entries for total in sums(entry.postings).values()} == {0}


def test_the_result_tells_why_each_member_gets_its_amount(context, clock, facilitator):
    round_, members, _ = over(context, clock, facilitator)
    clear_round(context, round_.id)

    with context.database.read() as tx:
        first, second, third = (
            clearings.part(tx, round_.id, "members", member.organisation_id) for member in members
        )
        summary = clearings.part(tx, round_.id, "summary")
        nobody = clearings.part(tx, round_.id, "members", "nobody")

    assert (first["outcome"], first["quota"], first["result_kg"], first["amount"]) == (
        "takes_part",
        "30000/1",
        30_000,
        135_000,
    )
    assert (second["pool_kg"], second["total_kg"], second["limit_per_t"]) == (50_000, 50_000, 6_000)
    assert third == {"outcome": "limit_below"}
    assert (summary["price"], summary["participants"], nobody) == ("4500/1", 2, None)


def test_the_secret_is_revealed_with_the_result_and_makes_the_seed(context, clock, facilitator):
    round_, _, _ = over(context, clock, facilitator)
    clear_round(context, round_.id)

    with context.database.read() as tx:
        key = rounds.key(tx, round_.id)
    row = result_of(context, round_)
    secret = bytes.fromhex(key.revealed_secret)

    assert sealing.secret_hash(secret).hex() == key.secret_hash
    assert row.inputs_hash == document_hash(row.inputs)
    assert row.result_hash == document_hash(row.result)
    assert (
        row.result["document"]["seed"]
        == sealing.draw_seed(secret, bytes.fromhex(row.inputs_hash)).hex()
    )


def test_the_engines_whole_document_can_be_had_again_and_no_kilogram_in_it_be_changed(
    context, clock, facilitator
):
    round_, _, _ = over(context, clock, facilitator)
    computed = []

    def engine(task):
        computed.append(compute(task))
        return computed[0]

    clear_round(context, round_.id, engine)
    with context.database.read() as tx:
        document = whole_document(tx, round_.id)
    with context.database.write() as tx:
        tx.execute(allocation_table.update().values(quantity_kg=1))
    with context.database.read() as tx, pytest.raises(ValueError, match="not what was computed"):
        whole_document(tx, round_.id)

    assert document["clearing"]["shares"] == computed[0].shares
    assert document["offers"] == computed[0].result["document"]["offers"]


def test_before_the_deadline_is_over_nothing_is_cleared(context, clock, facilitator):
    round_, _, _ = over(context, clock, facilitator)
    clock.at = round_.bidding_closes_at

    assert not clear_round(context, round_.id)

    assert stored(context, round_).phase is Phase.BIDDING
    assert result_of(context, round_) is None


def test_clearing_twice_happens_once(context, clock, facilitator):
    round_, members, _ = over(context, clock, facilitator)

    first = clear_round(context, round_.id)
    before = result_of(context, round_), outcome(context, round_)
    again = clear_round(context, round_.id)

    assert (first, again) == (True, False)
    assert (result_of(context, round_), outcome(context, round_)) == before
    with context.database.read() as tx:
        kinds = [notice.kind for notice in journal.notices_of(tx, members[0].person_id)]
    assert kinds.count(NoticeKind.ALLOCATED) == kinds.count(NoticeKind.INVOICED) == 1


def test_of_six_that_clear_at_once_one_does(context, clock, facilitator):
    round_, _, _ = over(context, clock, facilitator)

    with ThreadPoolExecutor(6) as threads:
        moved = list(threads.map(lambda _: clear_round(context, round_.id), range(6)))

    assert sorted(moved) == [False] * 5 + [True]
    assert outcome(context, round_)[0] == [(25_000, 4_000), (25_000, 5_000)]
    with context.database.read() as tx:
        kinds = [link.kind for link in journal.links(tx, round_.id)]
    assert (kinds.count("bidding.closed"), kinds.count("round.cleared")) == (1, 1)


def test_who_won_who_lost_and_who_gets_what_is_told(context, clock, facilitator):
    round_, members, sold = over(context, clock, facilitator)
    bystander = join(context)
    clear_round(context, round_.id)

    assert NoticeKind.AWARDED in told(context, sold[0][0]) & told(context, sold[1][0])
    assert NoticeKind.NOT_AWARDED in told(context, sold[2][0])
    assert NoticeKind.AWARDED not in told(context, sold[2][0])
    assert all(NoticeKind.ALLOCATED in told(context, member) for member in members)
    assert told(context, bystander) == set()
    with context.database.read() as tx:
        facts = {
            notice.facts["quantity_kg"]
            for notice in journal.notices_of(tx, members[2].person_id)
            if notice.kind is NoticeKind.ALLOCATED
        }
    assert facts == {0}


def test_a_pledge_whose_minimum_cannot_be_met_leaves_and_is_told_why(context, clock, facilitator):
    round_, members, _ = over(
        context,
        clock,
        facilitator,
        pledged=[(30_000, None, 0), (30_000, None, 30_000)],
        offered=[(30_000, 4_000, 0)],
    )
    clear_round(context, round_.id)

    with context.database.read() as tx:
        left = clearings.part(tx, round_.id, "members", members[1].organisation_id)
    assert left == {"outcome": "left", "quota": "15000/1"}
    assert outcome(context, round_)[1] == {members[0].organisation_id: 30_000}
