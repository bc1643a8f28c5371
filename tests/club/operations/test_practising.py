"""Practice rounds are kept as typed, played again when looked at, and are nobody else's."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from club.domain.errors import NotAllowed, NotFound, TermsRefused
from club.domain.organisations import Kind, Role
from club.operations.pledging import PledgeTerms
from club.operations.practising import finish_practice, start_practice
from club.operations.viewing.own_record import my_record
from club.operations.viewing.practising import Deed, my_practice, my_practices
from club.store import practising
from club.store.tables import metadata
from tests.builders import colleague, join

TERMS = PledgeTerms(quantity_kg=2_000, limit_per_t=9_000, minimum_kg=500)
KEPT_FOR_PRACTICE = {"practice_rounds", "requests"}


@pytest.fixture
def learner(context):
    return join(context)


def start(context, actor, request_id="start", terms=TERMS, **more):
    return start_practice(context, actor, request_id=request_id, terms=terms, **more)


def finish(context, actor, practice_id, request_id="finish"):
    return finish_practice(context, actor, request_id=request_id, practice_id=practice_id)


def stored(context, actor):
    with context.database.read() as tx:
        return practising.of_person(tx, actor.person_id)


def counts(context):
    with context.database.read() as tx:
        return {
            table.name: tx.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def test_only_what_was_typed_is_kept(context, learner, clock):
    row = start(context, learner)

    assert stored(context, learner) == [row]
    assert (row.person_id, row.started_at, row.finished_at) == (learner.person_id, clock.at, None)
    assert (row.quantity_kg, row.limit_per_t, row.minimum_kg) == (2_000, 9_000, 500)
    assert len(bytes.fromhex(row.seed)) == 32


def test_nothing_of_practice_reaches_a_round_the_books_or_the_chain(context, learner):
    before = counts(context)
    row = start(context, learner)
    my_practice(context, learner, row.id).result()
    finish(context, learner, row.id)

    after = counts(context)
    assert {name for name in after if after[name] != before[name]} == KEPT_FOR_PRACTICE


def test_the_same_request_is_the_same_practice_round(context, learner):
    assert start(context, learner) == start(context, learner)
    assert len(stored(context, learner)) == 1


def test_each_practice_round_has_bidders_of_its_own(context, learner):
    assert start(context, learner, "r1").seed != start(context, learner, "r2").seed


def test_the_same_bidders_come_again_for_another_pledge(context, learner):
    first = start(context, learner, "r1")
    second = start(context, learner, "r2", replace(TERMS, quantity_kg=3_000), again=first.id)

    one, other = (my_practice(context, learner, row.id) for row in (first, second))
    assert (second.seed, second.quantity_kg) == (first.seed, 3_000)
    assert one.played.market == other.played.market
    assert one.instead(other.terms) == other.result()


def test_what_is_shown_is_the_same_at_every_look(context, learner):
    row = start(context, learner)

    first, second = (my_practice(context, learner, row.id) for _ in range(2))
    assert first == second
    assert first.result() == second.result()


def test_the_moments_lead_from_the_opening_to_the_result(context, learner):
    practice = my_practice(context, learner, start(context, learner).id)

    opening, end = practice.moment(0), practice.moment(10**6)
    assert (opening.steps, opening.bidders, opening.seconds_left) == ((), (), 180)
    assert (end.number, end.seconds_left) == (practice.of, 0)
    assert [step.number for step in end.steps] == list(range(1, practice.of + 1))
    assert [bidder.rank for bidder in end.bidders] == [1, 2, 3, 4, 5]
    assert end.if_ended == practice.result().mine


def test_a_floor_is_shown_to_nobody(context, learner):
    practice = my_practice(context, learner, start(context, learner).id)
    [proxy] = [step for step in practice.moment(practice.of).steps if step.deed is Deed.PROXY_SET]
    floors = {each.id: each.floor_per_t for each in practice.played.market.suppliers}

    assert proxy.price_per_t > floors[proxy.supplier]


def test_my_part_of_the_offers_is_what_i_get_and_its_reason_is_the_waterfall(context, learner):
    practice = my_practice(context, learner, start(context, learner).id)

    result = practice.result()
    assert sum(won.mine_kg for won in result.offers) == result.mine.quantity_kg
    assert result.why.result_kg == result.mine.quantity_kg
    assert result.why.pledge_kg == 2_000


def test_the_end_is_noted_once(context, learner, clock):
    row = start(context, learner)
    ended_at = clock.at

    finish(context, learner, row.id)
    clock.forward(hours=1)
    finish(context, learner, row.id, "later")

    assert [kept.finished_at for kept in stored(context, learner)] == [ended_at]
    assert [line.is_finished for line in my_practices(context, learner)] == [True]


def test_the_newest_practice_round_is_listed_first(context, learner, clock):
    first = start(context, learner, "r1")
    clock.forward(minutes=1)
    second = start(context, learner, "r2")

    assert [line.id for line in my_practices(context, learner)] == [second.id, first.id]


@pytest.mark.parametrize("of", [join, colleague])
def test_anothers_practice_round_looks_like_none(context, learner, of):
    row = start(context, learner)
    other = join(context) if of is join else colleague(context, learner)

    for look in (
        lambda: my_practice(context, other, row.id),
        lambda: finish(context, other, row.id),
        lambda: start(context, other, again=row.id),
    ):
        with pytest.raises(NotFound):
            look()
    assert my_practices(context, other) == ()


def test_a_practice_round_of_an_older_market_is_shown_no_more(context, learner):
    row = start(context, learner)
    with context.database.write() as tx:
        practising.change(tx, replace(row, market_version=row.market_version + 1))

    with pytest.raises(NotFound):
        my_practice(context, learner, row.id)
    assert my_practices(context, learner) == ()


def test_a_pledge_outside_the_terms_is_refused_and_nothing_is_kept(context, learner):
    with pytest.raises(TermsRefused) as caught:
        start(context, learner, terms=replace(TERMS, quantity_kg=5_001))

    assert caught.value.code == "above_member_maximum"
    assert stored(context, learner) == []


def test_who_is_no_learner_may_not_practise(context):
    buyer = join(context, Kind.MEMBER, Role.BUYER)

    with pytest.raises(NotAllowed):
        start(context, buyer)
    with pytest.raises(NotAllowed):
        my_practices(context, buyer)


def test_ones_own_record_holds_the_practice_rounds(context, learner):
    row = start(context, learner)
    start(context, colleague(context, learner))

    [kept] = my_record(context, learner)["practice_rounds"]
    assert kept["id"] == row.id
    assert (kept["quantity_kg"], kept["limit_per_t"], kept["minimum_kg"]) == (2_000, 9_000, 500)
