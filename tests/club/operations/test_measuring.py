"""Rules of a draft measured against rounds that were cleared before; on both databases."""

from fractions import Fraction

import pytest

from auctions.results import Unproved
from auctions.rules import EachRule, ShareRule, where
from club.domain.auction_terms import USUAL, AuctionTerms
from club.domain.errors import NotAllowed, NotFound, Refused
from club.domain.lots import Mechanism
from club.domain.organisations import Kind
from club.operations.clearing import clear_round
from club.operations.measuring import measure, past_books
from club.operations.opening import draft_round
from club.operations.questions import ask_here
from tests.builders import a_lot, join
from tests.live import CLOCK, END, a_live_round, confirm, until
from tests.markets import AFTER, a_market, a_ruled_market, round_terms

REMOVALS = ShareRule(
    name="removals",
    where=where({"mechanism": ["removal"]}),
    min_share=Fraction(1, 2),
    hard=True,
)
LOOSE = EachRule(name="loose", each="supplier", max_share=Fraction(9, 10), hard=True)
OFFERED = [
    (20_000, 4_000, Mechanism.AVOIDANCE, ()),
    (5_000, 8_000, Mechanism.REMOVAL, ()),
]


@pytest.fixture
def unfinished(context, facilitator):
    """A round whose bidding goes on."""
    round_, _, _ = a_market(context, facilitator, [(10_000, None, 0)], [(5_000, 4_000, 0)])
    return round_


@pytest.fixture
def past(context, clock, facilitator, unfinished):
    round_, _, _ = a_ruled_market(context, facilitator, USUAL, [12_000, 8_000], OFFERED)
    clock.at = round_.bidding_closes_at + AFTER
    clear_round(context, round_.id)
    return round_


@pytest.fixture
def draft(context, facilitator):
    terms = round_terms(auction=AuctionTerms(rules=(REMOVALS, LOOSE)))
    return draft_round(context, facilitator, request_id="draft", terms=terms)


def test_cleared_rounds_are_the_books_to_measure_against(context, facilitator, past, draft):
    (book,) = past_books(context, facilitator)

    assert (book.round_.id, book.demand_kg, book.offered_kg) == (past.id, 20_000, 25_000)


def test_rules_are_cleared_against_what_was_offered_then(context, facilitator, past, draft):
    """Half must be removals, and there are 5 t of them: 10 t instead of 20."""
    heard = []

    found = measure(
        context,
        facilitator,
        round_id=draft.id,
        past_round_id=past.id,
        told=lambda *step: heard.append(step),
        ask=ask_here,
    )

    assert (found.under_all.kg, found.under_none.kg) == (10_000, 20_000)
    assert [(each.rule, each.reached, each.binds) for each in found.rules] == [
        ("removals", Fraction(1, 2), True),
        ("loose", Fraction(1, 2), False),
    ]
    assert found.rules[0].without.kg == 20_000
    assert heard == [(done, 4) for done in range(1, 5)]


def test_nothing_is_stored_and_the_past_round_stands(context, facilitator, past, draft):
    before = past_books(context, facilitator)

    measure(context, facilitator, round_id=draft.id, past_round_id=past.id, ask=ask_here)

    assert past_books(context, facilitator) == before


def test_a_round_that_was_not_cleared_is_no_book(context, facilitator, unfinished, draft):
    for id in (unfinished.id, draft.id, "no such round"):
        with pytest.raises(NotFound):
            measure(context, facilitator, round_id=draft.id, past_round_id=id, ask=ask_here)


def test_where_nothing_is_proved_it_is_refused_in_words(
    context, facilitator, past, draft, monkeypatch
):
    def unproved(*_args, **_terms):
        raise Unproved("the solver gave up")

    monkeypatch.setattr("auctions.inputs.runs", unproved)

    with pytest.raises(Refused) as refused:
        measure(context, facilitator, round_id=draft.id, past_round_id=past.id, ask=ask_here)

    assert refused.value.code == "not_proved"


def test_a_clock_is_no_book(context, clock, facilitator):
    seller = join(context, Kind.SUPPLIER)
    round_ = a_live_round(context, clock, facilitator, seller, auction=CLOCK)
    until(context, clock, round_, END)
    confirm(context, seller, round_, a_lot(context, seller), 40_000, 10_000)
    until(context, clock, round_, END + AFTER)

    assert clear_round(context, round_.id)
    assert past_books(context, facilitator) == ()


def test_only_those_who_answer_for_rounds_measure(context, past, draft):
    for kind in (Kind.MEMBER, Kind.SUPPLIER):
        actor = join(context, kind)
        with pytest.raises(NotAllowed):
            past_books(context, actor)
        with pytest.raises(NotAllowed):
            measure(context, actor, round_id=draft.id, past_round_id=past.id, ask=ask_here)
