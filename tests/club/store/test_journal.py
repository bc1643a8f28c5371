"""Request ids, the audit chain and the outbox."""

from threading import Barrier, Thread

from auctions.chain import first_broken
from club.store import journal
from club.store.tables import audit_links
from tests.builders import NOON


def record(context, number):
    with context.database.write() as tx:
        journal.record(tx, "round1", "pledge.placed", {"number": number}, at=NOON, by="p1")


def test_links_written_at_once_form_one_unbroken_chain(context):
    ready = Barrier(8)

    def write(number):
        ready.wait()
        record(context, number)

    threads = [Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with context.database.read() as tx:
        links, head = journal.links(tx, "round1"), journal.head(tx, "round1")

    assert [link.number for link in links] == list(range(1, 9))
    assert first_broken(links, head) is None


def test_a_link_changed_afterwards_is_found(context):
    for number in range(3):
        record(context, number)
    with context.database.write() as tx:
        second = audit_links.update().where(audit_links.c.number == 2)
        tx.execute(second.values(facts={"number": 9}))
    with context.database.read() as tx:
        links, head = journal.links(tx, "round1"), journal.head(tx, "round1")

    assert first_broken(links, head) == 2


def test_a_request_brings_about_one_outcome(context):
    with context.database.write() as tx:
        before = journal.outcome_of(tx, "p1", "r1")
        journal.keep_outcome(tx, "p1", "r1", deed="pledge.placed", outcome_id="pl1", at=NOON)
        after = journal.outcome_of(tx, "p1", "r1")
        of_another = journal.outcome_of(tx, "p2", "r1")

    assert (before, after, of_another) == (None, "pl1", None)
