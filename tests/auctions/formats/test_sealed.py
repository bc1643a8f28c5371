import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.formats.events import Enveloped, Extended, Paused, TakenBack
from auctions.formats.sealed import PriceStep, offers, replay, start, step
from auctions.formats.timing import Timing
from auctions.offers import BadBook
from tests.auctions.formats.auctions import accepted, after, entrants, refusal


def auction(lots="ab"):
    return start(entrants(lots), Timing(ends_at=after(60)))


def enveloped(lot, envelope, at=1):
    return Enveloped(at=after(at), lot=lot, envelope=envelope)


def taken_back(lot, at=1):
    return TakenBack(at=after(at), lot=lot)


ONE = (PriceStep(quantity_kg=50, price_per_t=40),)


def test_the_last_envelope_of_a_lot_stands():
    state = replay(
        auction(),
        [enveloped("b", "e1"), enveloped("a", "e2"), enveloped("b", "e3"), taken_back("a")],
    )

    final = offers(state, dict.fromkeys(["e1", "e2", "e3"], ONE))

    assert [(o.id, o.lot, o.supplier, o.sequence) for o in final] == [
        ("e3", "b", "supplier of b", 3)
    ]


def test_an_envelope_holds_all_price_steps_of_its_lot():
    steps = (
        PriceStep(quantity_kg=50, minimum_kg=10, price_per_t=40),
        PriceStep(quantity_kg=30, price_per_t=45),
    )

    final = offers(replay(auction(), [enveloped("a", "e1")]), {"e1": steps})

    assert [(o.id, o.quantity_kg, o.minimum_kg, o.price_per_t, o.sequence) for o in final] == [
        ("e1-1", 50, 10, 40, 1),
        ("e1-2", 30, 0, 45, 1),
    ]


def test_prices_of_steps_rise():
    state = replay(auction(), [enveloped("a", "e1")])

    with pytest.raises(BadBook) as refused:
        offers(state, {"e1": ONE * 2})

    assert (refused.value.code, refused.value.where) == ("prices_not_rising", "e1")


def test_an_envelope_that_was_not_opened_offers_nothing():
    assert offers(replay(auction(), [enveloped("a", "e1")]), {}) == ()


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (enveloped("z", "e"), ("unknown_lot", {"lot": "z"})),
        (taken_back("a"), ("no_envelope", {"lot": "a"})),
        (enveloped("a", "e", at=61), ("over", {"closed_at": after(60), "now_at": after(61)})),
    ],
)
def test_what_a_fresh_auction_refuses(event, said):
    assert refusal(step, auction(), event) == said


def test_an_extension_gives_more_time_and_a_pause_none():
    extended = step(auction(), Extended(at=after(1), until=after(90), reason="more suppliers"))
    paused = step(auction(), Paused(at=after(1), reason="a question"))

    assert step(extended, enveloped("a", "e", at=90)).standing["a"].id == "e"
    assert refusal(step, paused, enveloped("a", "e", at=2))[0] == "paused"


events = st.lists(
    st.one_of(
        st.builds(enveloped, st.sampled_from("abz"), st.uuids().map(str), st.integers(0, 70)),
        st.builds(taken_back, st.sampled_from("abz"), st.integers(0, 70)),
    )
)


@given(events)
def test_the_record_of_an_auction_replays_to_its_state(tried):
    state, record = accepted(step, auction(), tried)

    assert replay(auction(), record) == state
    last = {}
    for number, event in enumerate(record, 1):
        last[event.lot] = (event.envelope, number) if isinstance(event, Enveloped) else None
    assert {lot: (each.id, each.sequence) for lot, each in state.standing.items()} == {
        lot: row for lot, row in last.items() if row
    }
