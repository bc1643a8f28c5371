"""Clearing when something is wrong: engines, envelopes, keys, empty books; on both databases."""

import pytest

from club.domain.notices import NoticeKind
from club.domain.offers import EnvelopeState
from club.domain.organisations import Standing
from club.domain.rounds import Phase
from club.operations.clearing import clear_round
from club.operations.computing import compute
from club.operations.opening import cancel_round
from club.operations.organising import set_standing
from club.store import clearings, journal, offers
from club.store.tables import envelopes as envelope_table
from tests.cleared import OFFERS, outcome, over, result_of, told
from tests.markets import AFTER, a_market, stored


def tamper(context, seller, round_, **values):
    with context.database.write() as tx:
        tx.execute(
            envelope_table.update()
            .where(
                envelope_table.c.round_id == round_.id,
                envelope_table.c.supplier_id == seller.organisation_id,
            )
            .values(values)
        )


def test_a_round_whose_engine_broke_down_stays_frozen_and_is_cleared_next_time(
    context, clock, facilitator
):
    round_, _, _ = over(context, clock, facilitator)

    def break_down(task):
        raise MemoryError

    with pytest.raises(MemoryError):
        clear_round(context, round_.id, break_down)
    frozen = result_of(context, round_)
    phase = stored(context, round_).phase
    clear_round(context, round_.id)

    assert (phase, frozen.result, outcome(context, round_)[0]) == (
        Phase.CLEARING,
        None,
        [(25_000, 4_000), (25_000, 5_000)],
    )
    assert result_of(context, round_).inputs_hash == frozen.inputs_hash


def test_a_round_cancelled_while_it_is_computed_stays_cancelled(context, clock, facilitator):
    round_, _, _ = over(context, clock, facilitator)

    def cancel_meanwhile(task):
        result = compute(task)
        cancel_round(context, facilitator, request_id="c1", round_id=round_.id, reason="x")
        return result

    assert not clear_round(context, round_.id, cancel_meanwhile)

    assert stored(context, round_).phase is Phase.CANCELLED
    assert outcome(context, round_) == ([], {})
    assert result_of(context, round_).result is None


def test_an_envelope_that_nobody_can_open_is_void_and_the_rest_is_cleared(
    context, clock, facilitator
):
    round_, _, sold = over(context, clock, facilitator)
    tamper(context, sold[0][0], round_, ciphertext=b"\0" * 200)
    tamper(context, sold[1][0], round_, commitment="00" * 32)

    clear_round(context, round_.id)

    with context.database.read() as tx:
        first, second = (
            offers.envelopes_of_supplier(tx, seller.organisation_id, round_.id)[0]
            for seller, _ in sold[:2]
        )
    assert result_of(context, round_).result["void"] == {
        first.id: "unreadable",
        second.id: "commitment_mismatch",
    }
    assert outcome(context, round_)[0] == [(30_000, 6_500)]
    assert {first.state, second.state} == {EnvelopeState.OPENED}


def test_an_envelope_moved_to_another_lot_is_void(context, clock, facilitator):
    round_, _, sold = over(context, clock, facilitator, offered=OFFERS[:2])
    (one, _), (_, other_lot) = sold
    with context.database.write() as tx:
        other = offers.standing_of_lot(tx, round_.id, other_lot.id)
        tx.execute(envelope_table.delete().where(envelope_table.c.id == other.id))
    tamper(context, one, round_, lot_id=other_lot.id)

    clear_round(context, round_.id)

    assert list(result_of(context, round_).result["void"].values()) == ["outside_terms"]
    assert stored(context, round_).phase is Phase.FAILED


def test_an_envelope_changed_after_the_freeze_stops_the_clearing(context, clock, facilitator):
    round_, _, sold = over(context, clock, facilitator)

    def change_meanwhile(task):
        raise TimeoutError

    with pytest.raises(TimeoutError):
        clear_round(context, round_.id, change_meanwhile)
    tamper(context, sold[0][0], round_, ciphertext=b"\0" * 200)
    with pytest.raises(ValueError, match="not the one that was frozen"):
        clear_round(context, round_.id)

    assert stored(context, round_).phase is Phase.CLEARING
    assert outcome(context, round_) == ([], {})


def test_what_a_suspended_supplier_sealed_is_not_opened_and_the_rest_is_cleared(
    context, clock, facilitator
):
    round_, _, sellers = a_market(
        context, facilitator, [(50_000, None, 0)], [(50_000, 1_000, 0), (50_000, 9_000, 0)]
    )
    (cheap, cheap_lot), (_, dear_lot) = sellers
    set_standing(
        context,
        facilitator,
        request_id="suspend",
        organisation_id=cheap.organisation_id,
        standing=Standing.SUSPENDED,
    )
    clock.at = round_.bidding_closes_at + AFTER

    clear_round(context, round_.id)

    with context.database.read() as tx:
        awards = clearings.awards_of_round(tx, round_.id)
        void = clearings.part(tx, round_.id, "void")
        opened = offers.of_round(tx, round_.id)
    assert [award.lot_id for award in awards] == [dear_lot.id]
    assert list(void.values()) == ["suspended"]
    assert cheap_lot.id not in {offer.lot_id for offer in opened}


def test_a_host_without_the_rounds_key_voids_nothing_and_clears_nothing(
    context, clock, facilitator
):
    round_, _, _ = over(context, clock, facilitator)
    key = context.keys.folder / f"round-{round_.id}"
    held = key.read_text()
    key.unlink()

    with pytest.raises(LookupError):
        clear_round(context, round_.id)
    phase = stored(context, round_).phase
    key.write_text("00" * 32)
    with pytest.raises(LookupError):
        clear_round(context, round_.id)
    key.write_text(held)
    clear_round(context, round_.id)

    assert phase is Phase.CLEARING
    assert stored(context, round_).phase is Phase.SETTLING


@pytest.mark.parametrize(
    ("offered", "reason"), [([], "no_offers"), ([(50_000, 9_000, 0)], "nothing_bought")]
)
def test_a_round_in_which_nothing_can_be_bought_fails_and_everybody_is_told(
    context, clock, facilitator, offered, reason
):
    round_, members, sold = over(
        context, clock, facilitator, pledged=[(30_000, 2_000, 0)], offered=offered
    )

    assert clear_round(context, round_.id)

    assert stored(context, round_).phase is Phase.FAILED
    assert outcome(context, round_) == ([], {})
    for actor in [*members, *(seller for seller, _ in sold)]:
        assert NoticeKind.ROUND_FAILED in told(context, actor)
    with context.database.read() as tx:
        link = journal.links(tx, round_.id)[-1]
    assert (link.kind, link.facts["reason"]) == ("round.failed", reason)
