"""A round in the database is whole: its terms, and those of its auction, as they went in."""

import threading
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy.exc import IntegrityError

from auctions.rules import CountRule, EachRule, ShareRule, where
from auctions.scoring import Answer, Criterion
from club.domain.auction_terms import AuctionTerms, Format, Pricing, Sealing, Sharing
from club.domain.errors import NotFound
from club.domain.organisations import Duty
from club.domain.rounds import Phase
from club.store import rounds
from tests.builders import NOON, a_round, open_round

AUCTION = AuctionTerms(
    format=Format.DESCENDING,
    pricing=Pricing.UNIFORM,
    sharing=Sharing.SMALL_FIRST,
    decrement_per_t=25,
    window_s=90,
    hard_end_at=NOON + timedelta(days=3),
    wanted_kg=12_345,
    rules=(
        ShareRule(
            name="removals",
            where=where({"mechanism": ["removal"], "vintage": [2024, 2025], "label": [True]}),
            min_share=Fraction(1, 3),
            max_share=Fraction(2, 3),
            hard=False,
            order=2,
        ),
        EachRule(name="projects", each="project", max_share=Fraction(3, 10), hard=False, order=1),
        CountRule(name="suppliers", min_suppliers=3, minimum_award_kg=500, hard=True),
    ),
    criteria=(
        Criterion(
            id="rating",
            name_ja="格付け",
            name_en="Rating",
            answers=(
                Answer(id="none", name_ja="なし", name_en="None", value=Fraction(0)),
                Answer(id="a", name_ja="A 以上", name_en="A or better", value=Fraction(1, 7)),
            ),
        ),
    ),
)


def stored(context, id):
    with context.database.read() as tx:
        return rounds.get(tx, id)


def test_a_round_comes_back_as_it_went_in(context, facilitator):
    round_ = open_round(context, facilitator, auction=AUCTION)
    plain = open_round(context, facilitator)

    assert stored(context, round_.id) == round_
    assert stored(context, plain.id).auction == AuctionTerms()


def test_both_parts_of_a_round_are_changed_together(context, facilitator):
    round_ = open_round(context, facilitator, auction=AUCTION)
    changed = replace(round_, name_en="Other", auction=AuctionTerms(sealing=Sealing.CLOCK))

    with context.database.write() as tx:
        rounds.change(tx, changed)

    assert stored(context, round_.id) == changed


def test_rounds_are_whole_wherever_they_are_listed(context, facilitator):
    round_ = open_round(context, facilitator, auction=AUCTION)

    with context.database.read() as tx:
        assert rounds.listed(tx) == [round_]
        assert rounds.by_id(tx, [round_.id, "nothing"]) == {round_.id: round_}
        assert rounds.due(tx, round_.pledging_closes_at) == []
        assert rounds.due(tx, round_.pledging_closes_at + timedelta(seconds=1)) == [round_]


@pytest.mark.parametrize("id", ["nothing", "no\x00thing"])
def test_what_is_not_there_is_not_found(context, id):
    with context.database.write() as tx, pytest.raises(NotFound):
        rounds.lock(tx, id)


@pytest.mark.parametrize(
    "auction",
    [
        AuctionTerms(sealing=Sealing.OPENERS),
        AuctionTerms(openers_needed=2),
        AuctionTerms(format=Format.DESCENDING),
        AuctionTerms(hard_end_at=NOON),
        AuctionTerms(window_s=0),
    ],
)
def test_the_database_itself_holds_no_terms_that_lack_what_they_need(context, facilitator, auction):
    with pytest.raises(IntegrityError), context.database.write() as tx:
        rounds.add(tx, a_round(facilitator, auction=auction))


def test_whoever_waited_for_the_lock_sees_the_auction_as_it_is_now(context, facilitator):
    round_ = open_round(context, facilitator, auction=AUCTION, phase=Phase.BIDDING)
    later = replace(AUCTION, hard_end_at=NOON + timedelta(days=4))
    seen = []

    def wait_and_look():
        with context.database.write() as tx:
            seen.append(rounds.lock(tx, round_.id).auction)

    with context.database.write() as tx:
        rounds.lock(tx, round_.id)
        waiting = threading.Thread(target=wait_and_look)
        waiting.start()
        waiting.join(0.3)
        rounds.change(tx, replace(round_, auction=later))
    waiting.join(10)

    assert seen == [later]


def test_a_quorum_by_duty_is_kept_in_the_order_of_its_words(context, facilitator):
    asked = ((Duty.FINANCE, 2), (Duty.SUSTAINABILITY, 1))
    round_ = open_round(context, facilitator, people_by_duty=asked, grants_grace=True)

    with context.database.read() as tx:
        assert rounds.get(tx, round_.id) == round_
