"""A facilitator records that an award fell away, on both databases."""

from __future__ import annotations

import pytest

from club.domain.errors import InputRefused, NotAllowed, NotFound, PhaseRefused, TermsRefused
from club.domain.falling import Cause
from club.domain.rounds import Phase
from club.operations.delivering import accept_delivery, record_delivery, reverse_acceptance
from club.operations.falling import record_fall
from club.store import falling, holdings
from tests.builders import move
from tests.fallen import answer, award_at, awards, chain, cleared, differing, fall, tick


@pytest.fixture
def market(context, clock, facilitator):
    return cleared(context, clock, facilitator)


def deliver(market):
    return record_delivery(
        market.context,
        market.sellers[1],
        request_id="deliver",
        award_id=award_at(market, 5_000).id,
        serials="B-0001 to B-0025",
    )


def test_what_fell_is_written_with_its_cause_and_the_award_stands_until_it_is_replaced(market):
    fallen = fall(market, 5_000, cause=Cause.FAILED)

    assert (fallen.cause, fallen.quantity_kg, fallen.number) == (Cause.FAILED, 25_000, None)
    assert fallen.supplier_id == market.sellers[1].organisation_id
    assert awards(market) == [(25_000, 4_000), (25_000, 5_000)]
    assert chain(market)[-1] == "award.fell"
    assert differing(market) == ()


def test_the_same_request_twice_is_one_fall_and_another_is_refused(market):
    assert fall(market, 5_000) == fall(market, 5_000)
    with pytest.raises(TermsRefused, match="award_falling"):
        fall(market, 5_000, request_id="other")
    tick(market)
    for member in market.members:
        answer(market, member)
    fallen_award = award_at(market, 5_000)
    tick(market)

    with pytest.raises(TermsRefused, match="award_falling"):
        record_fall(
            market.context,
            market.facilitator,
            request_id="after",
            award_id=fallen_award.id,
            cause=Cause.FAILED,
            reason="x",
        )


def test_a_delivery_recorded_and_never_accepted_is_dropped_with_its_award(market):
    delivery = deliver(market)
    fall(market, 5_000, cause=Cause.FAILED)
    with pytest.raises(TermsRefused, match="award_falling"):
        accept_delivery(market.context, market.facilitator, request_id="a", delivery_id=delivery.id)
    tick(market)
    for member in market.members:
        answer(market, member)
    tick(market)

    with market.context.database.read() as tx:
        assert holdings.deliveries_of_round(tx, market.round_.id) == []
    assert awards(market) == [(25_000, 4_000), (25_000, 6_500)]
    assert differing(market) == ()


def test_what_is_accepted_does_not_fall_before_the_acceptance_is_reversed(market):
    delivery = deliver(market)
    deed = {"delivery_id": delivery.id}
    accept_delivery(market.context, market.facilitator, request_id="a", **deed)
    with pytest.raises(TermsRefused, match="award_delivered"):
        fall(market, 5_000)
    reverse_acceptance(market.context, market.facilitator, request_id="r", **deed)

    assert fall(market, 5_000).quantity_kg == 25_000


def test_only_facilitators_record_it_with_a_reason_of_theirs_while_the_round_settles(market):
    award = award_at(market, 5_000)

    def record(actor=market.facilitator, cause=Cause.WITHDRAWN, reason="連絡あり", id=award.id):
        return record_fall(
            market.context, actor, request_id="x", award_id=id, cause=cause, reason=reason
        )

    for stranger in (*market.members, *market.sellers):
        with pytest.raises(NotAllowed):
            record(actor=stranger)
    with pytest.raises(InputRefused, match="unknown_choice"):
        record(cause=Cause.UNEXPLAINED)
    with pytest.raises(InputRefused, match="missing"):
        record(reason=" ")
    with pytest.raises(NotFound):
        record(id="nothing")
    move(market.context, market.round_, Phase.CLOSED)
    with pytest.raises(PhaseRefused, match="wrong_phase"):
        record()
    with market.context.database.read() as tx:
        assert falling.falls_of_round(tx, market.round_.id) == []
