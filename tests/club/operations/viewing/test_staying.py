"""What a member is asked about a changed purchase, and what everybody sees of it."""

import pytest

from club.domain.errors import NotFound
from club.domain.falling import Answer, Cause
from club.domain.organisations import Kind
from club.operations.viewing.buying import my_allocation
from club.operations.viewing.following import my_fallen, what_followed
from club.operations.viewing.holdings import my_consignments
from club.operations.viewing.home import home
from club.operations.viewing.rounds import round_page
from club.operations.viewing.staying import my_questions
from tests.builders import join
from tests.fallen import LOW, answer, cleared, fall, tick


@pytest.fixture
def market(context, clock, facilitator):
    """Of 50 t, 25 t at 5,000 fell away, and 25 t at 6,500 would take their place."""
    market = cleared(context, clock, facilitator)
    fall(market, 5_000)
    tick(market)
    return market


def followed(market, actor):
    return what_followed(market.context, actor, market.round_.id)


def cards(market, actor):
    return [card.kind for card in home(market.context, actor).cards if card.kind != "terms"]


def kept_and_new(market, member):
    (asked,) = my_questions(market.context, member).asked
    return asked.kept_kg, asked.lost_kg, asked.instead_kg, asked.value_jpy, asked.is_over


def test_each_member_sees_its_own_part_of_what_stands_fell_and_would_come(market):
    first, second = market.members

    assert kept_and_new(market, first) == (15_000, 15_000, 15_000, 97_500, False)
    assert kept_and_new(market, second) == (10_000, 10_000, 10_000, 65_000, False)
    (asked,) = my_questions(market.context, second).asked
    assert [(p.row.award.price_per_t, p.quantity_kg) for p in asked.lost] == [(5_000, 10_000)]
    assert [(p.row.award.price_per_t, p.quantity_kg) for p in asked.instead] == [(6_500, 10_000)]
    assert (asked.price, asked.pledge.limit_per_t) == (6_500, 6_600)


def test_nobody_sees_anothers_question(market):
    others = (join(market.context), market.sellers[0], market.facilitator)

    assert [my_questions(market.context, other).asked for other in others] == [()] * 3


def test_the_question_is_over_with_its_last_instant_and_still_tells_what_it_was(market, clock):
    before = kept_and_new(market, market.members[0])
    clock.at = my_questions(market.context, market.members[0]).asked[0].question.answer_by_at
    at_it = kept_and_new(market, market.members[0])
    clock.forward(microseconds=1)
    after = kept_and_new(market, market.members[0])
    tick(market)

    assert before == at_it == (*after[:-1], False)
    assert (
        after == kept_and_new(market, market.members[0]) == (15_000, 15_000, 15_000, 97_500, True)
    )


def test_home_leads_to_the_question_until_it_is_answered_and_back_to_nothing_new(market):
    first = market.members[0]
    asked = cards(market, first)
    answer(market, first)

    assert ("stay" in asked, "stay" in cards(market, first)) == (True, False)
    assert "stay" in cards(market, market.members[1])


def test_while_members_are_asked_all_see_what_fell_and_the_office_alone_the_answers(market):
    answer(market, market.members[0], Answer.LEAVE)
    desk = followed(market, market.facilitator)
    seen = [followed(market, actor) for actor in (market.members[1], market.sellers[0])]

    assert (desk.in_question, desk.low_prices, desk.again) == (True, 0, ())
    assert [(f.row.award.price_per_t, f.cause) for f in desk.falling] == [(5_000, Cause.WITHDRAWN)]
    assert desk.falling[0].reason == "在庫が確保できないとの連絡"
    assert sorted(str(one.answer) for one in desk.asking.answers) == ["None", "leave"]
    assert [(each.asking, each.falling[0].reason) for each in seen] == [(None, None)] * 2
    assert [each.was_asked for each in (desk, *seen)] == [False, True, False]


def test_what_was_bought_instead_is_told_with_both_hashes(market):
    for member in market.members:
        answer(market, member)
    tick(market)

    told = followed(market, market.members[0])
    (again,) = told.again
    assert (told.in_question, told.falling, again.number) == (False, (), 2)
    mine = my_allocation(market.context, market.members[0], market.round_.id)
    assert (mine.has_changed, mine.is_in_question, mine.was_asked) == (True, False, True)
    assert [f.row.award.price_per_t for f in again.fallen] == [5_000]
    assert [row.award.price_per_t for row in again.bought] == [6_500]
    assert len(again.inputs_hash) == len(again.result_hash) == 64


def test_a_supplier_sees_what_it_lost_with_the_offices_words_and_no_paper_for_it(market):
    falls, stays = market.sellers[1], market.sellers[0]
    page = {p.kind for p in round_page(market.context, stays, market.round_.id).papers}
    for member in market.members:
        answer(market, member)
    tick(market)

    (lost,) = my_fallen(market.context, falls)
    assert (lost.row.award.quantity_kg, lost.reason) == (25_000, "在庫が確保できないとの連絡")
    assert my_fallen(market.context, stays) == ()
    papers = {p.kind for p in round_page(market.context, falls, market.round_.id).papers}
    assert ("award_note" in page, "award_note" in papers) == (True, False)


def waits(market, seller):
    return [each.waits_for for each in my_consignments(market.context, seller)]


def test_what_stands_is_due_and_what_falls_is_not(market):
    assert waits(market, market.sellers[0]) == [None]
    assert waits(market, market.sellers[1]) == ["award_falling"]
    assert cards(market, market.sellers[1]) == []


def test_nothing_is_due_while_a_price_is_in_question(context, clock, facilitator):
    market = cleared(context, clock, facilitator, offered=LOW)

    assert [waits(market, seller) for seller in market.sellers[:2]] == [["awards_in_question"]] * 2
    assert cards(market, market.sellers[1]) == []


def test_what_followed_of_a_round_that_one_may_not_see_is_not_found(context):
    with pytest.raises(NotFound):
        what_followed(context, join(context, Kind.SUPPLIER), "unknown")
