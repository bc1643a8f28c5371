"""Who writes down what a person answers for; and what it is worth to a round's quorum."""

import pytest

from club.domain.errors import InputRefused, NotAllowed, NotFound, StandingRefused
from club.domain.ledger import Account, Entry, EntryCode, Measure, Posting
from club.domain.organisations import Duty, Kind, Role
from club.operations.duties import change_duties
from club.operations.qualifying import require_qualified
from club.store import books, journal, people
from tests.builders import a_lot, colleague, join, open_round
from tests.club.operations.trying import MODULE, right, take


@pytest.fixture
def member(context):
    return join(context)


def duties_of(context, actor):
    with context.database.read() as tx:
        return people.person(tx, actor.person_id).duties


def write(context, actor, of, *duties, request_id="r1"):
    return change_duties(
        context, actor, request_id=request_id, person_id=of.person_id, duties=duties
    )


def test_an_approver_writes_down_what_colleagues_answer_for(context, member):
    other = colleague(context, member)

    after = write(context, member, other, Duty.FINANCE, Duty.LEGAL)

    with context.database.read() as tx:
        link = journal.links(tx, journal.CLUB)[-1]
    assert after.duties == duties_of(context, other) == {Duty.FINANCE, Duty.LEGAL}
    assert (link.kind, link.facts) == (
        "person.duties_changed",
        {"id": other.person_id, "duties": ["finance", "legal"]},
    )


def test_a_facilitator_does_it_for_any_member_and_only_for_members(context, facilitator, member):
    write(context, facilitator, member, Duty.FINANCE)

    assert duties_of(context, member) == {Duty.FINANCE}
    with pytest.raises(InputRefused):
        write(context, facilitator, join(context, Kind.SUPPLIER), Duty.FINANCE, request_id="r2")


def test_nobody_does_it_for_another_company(context, member):
    stranger = join(context)

    with pytest.raises(NotFound):
        write(context, stranger, member, Duty.FINANCE)

    assert duties_of(context, member) == frozenset()


def test_who_is_no_approver_may_not(context, member):
    buyer = colleague(context, member, Role.BUYER, Role.LEARNER)

    with pytest.raises(NotAllowed):
        write(context, buyer, buyer, Duty.FINANCE)


def test_the_same_request_twice_is_one_deed(context, member):
    write(context, member, member, Duty.FINANCE)
    write(context, member, member, Duty.LEGAL)

    assert duties_of(context, member) == {Duty.FINANCE}


def require(context, member, round_, at):
    with context.database.read() as tx:
        own = people.organisation(tx, member.organisation_id)
        require_qualified(context, tx, own, round_, at=at)


def test_a_quorum_that_asks_for_finance_is_met_by_somebody_of_finance(
    context, facilitator, member, clock
):
    round_ = open_round(
        context,
        facilitator,
        required_modules=frozenset({MODULE}),
        people_by_duty=((Duty.FINANCE, 1),),
    )
    take(context, member, right)

    with pytest.raises(StandingRefused) as refusal:
        require(context, member, round_, clock.at)
    write(context, facilitator, member, Duty.FINANCE)

    require(context, member, round_, clock.at)
    assert refusal.value.code == "quorum_lacks_duty"
    assert refusal.value.facts["duty"] is Duty.FINANCE


@pytest.mark.parametrize("account", [Account.HELD, Account.RETIRED, Account.DUE])
def test_grace_is_for_who_has_been_delivered_credits(context, facilitator, member, clock, account):
    asks = {"required_modules": frozenset({MODULE})}
    earlier = open_round(context, facilitator)
    round_ = open_round(context, facilitator, grants_grace=True, **asks)
    strict = open_round(context, facilitator, **asks)
    seller = join(context, Kind.SUPPLIER)
    lot = a_lot(context, seller)
    held, supplied = (
        Posting(account=kind, holder_id=who, lot_id=lot.id, measure=Measure.KG, amount=kg)
        for kind, who, kg in (
            (account, member.organisation_id, 100),
            (Account.SUPPLIED, seller.organisation_id, -100),
        )
    )
    entry = Entry(
        id="entry1",
        code=EntryCode.DELIVERY,
        round_id=earlier.id,
        subject_id=lot.id,
        made_at=clock.at,
        made_by=facilitator.person_id,
        postings=(held, supplied),
    )
    with context.database.write() as tx:
        books.add_entry(tx, entry)

    if account is Account.DUE:
        with pytest.raises(StandingRefused):
            require(context, member, round_, clock.at)
    else:
        require(context, member, round_, clock.at)
    with pytest.raises(StandingRefused):
        require(context, member, strict, clock.at)
