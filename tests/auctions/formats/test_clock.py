from datetime import timedelta
from functools import partial
from itertools import chain, repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.clearing import clear
from auctions.curves import demand_curve, limit_of
from auctions.formats.clock import Terms, offers, replay, start, step, trade
from auctions.formats.events import Confirmed, EventRefused, Paused, Reopened, Resumed, Stepped
from auctions.formats.timing import Timing
from auctions.offers import BadBook, Claim, Lot
from auctions.ties import drawn
from tests.auctions.books import SEED
from tests.auctions.formats.auctions import accepted, after, entrants, refusal

STEP = timedelta(seconds=60)


def clock(demand, lots="ab", **given):
    values = {"id": "r", "ceiling_per_t": 100, "step_per_t": 10, "step_time": STEP}
    terms = Terms(**values | {"demand": demand, "entrants": entrants(lots)} | given)
    return start(terms, Timing(ends_at=after(60)))


def confirmed(lot, quantity_kg, at=1, price_per_t=100):
    return Confirmed(at=after(at), lot=lot, quantity_kg=quantity_kg, price_per_t=price_per_t)


def confirmed_at(state, lot, quantity_kg):
    """At the step's last instant and price."""
    at, price_per_t = state.timing.ends_at, state.price_per_t
    return Confirmed(at=at, lot=lot, quantity_kg=quantity_kg, price_per_t=price_per_t)


def stepped(state, *steps):
    """Play steps of {lot: kilograms}, each to the end of its time."""
    for quantities in steps:
        at = state.timing.ends_at
        for lot, quantity_kg in quantities.items():
            state = step(state, confirmed_at(state, lot, quantity_kg))
        state = step(state, Stepped(at=at + timedelta(microseconds=1)))
    return state


def outcome(state):
    final = trade(state)
    return final.price_per_t, final.traded_kg, sold_kg(state)


def sold_kg(state):
    return {offer.lot: offer.quantity_kg for offer in offers(state, SEED)}


def test_it_stops_at_the_first_step_where_supply_falls_short():
    state = stepped(clock({100: 120}), {"a": 100, "b": 100}, {"a": 80, "b": 50}, {"a": 40, "b": 50})

    assert state.has_stopped
    assert state.price_per_t == 80
    assert refusal(step, state, confirmed("a", 10, at=180)) == ("stopped", {"price_per_t": 80})


def test_the_step_before_is_taken_where_it_trades_more_and_supply_is_rationed():
    state = stepped(clock({100: 120}), {"a": 100, "b": 100}, {"a": 80, "b": 50}, {"a": 40, "b": 50})

    # 120 of 130 kg at 90 is more than 90 at 80; quotas 120 × 80 / 130 = 73 11/13 and 46 2/13.
    assert outcome(state) == (90, 120, {"a": 74, "b": 46})


def test_the_lower_price_is_taken_where_both_trade_as_much():
    state = stepped(clock({100: 60, 90: 80}), {"a": 60}, {"a": 60})

    assert outcome(state) == (90, 60, {"a": 60})


def test_demand_grows_as_the_price_falls():
    state = stepped(clock({100: 60, 90: 150}), {"a": 100, "b": 100}, {"a": 90, "b": 50})

    assert outcome(state) == (90, 140, {"a": 90, "b": 50})


def test_too_little_at_the_ceiling_is_all_bought_there():
    state = stepped(clock({100: 300}), {"a": 100, "b": 50})

    assert state.has_stopped
    assert outcome(state) == (100, 150, {"a": 100, "b": 50})


def test_equal_remainders_of_a_long_supply_are_settled_by_draw():
    state = stepped(clock({100: 75}), {"a": 50, "b": 50}, {})
    first = drawn(SEED, "share", ["a", "b"])[0]

    assert outcome(state) == (100, 75, {"a": 37, "b": 37} | {first: 38})


def test_where_nobody_is_left_nothing_is_traded():
    state = stepped(clock({50: 75}), {})

    assert state.has_stopped
    assert outcome(state) == (100, 0, {})
    assert offers(state, SEED) == ()


def test_the_clock_stops_where_no_lower_price_is_left():
    state = clock({100: 10}, ceiling_per_t=25)
    state = stepped(state, {"a": 100}, {"a": 100}, {"a": 100})

    assert (state.has_stopped, outcome(state)) == (True, (5, 10, {"a": 10}))


def test_a_quantity_is_never_larger_than_before_and_silence_is_none():
    state = stepped(clock({100: 10}), {"a": 80})

    refused = partial(refusal, step)
    assert refused(state, confirmed_at(state, "a", 81)) == ("quantity_raised", {"most_kg": 80})
    assert refused(state, confirmed_at(state, "b", 1)) == ("quantity_raised", {"most_kg": 0})
    fewer = step(state, confirmed_at(state, "a", 70))
    assert refused(fewer, confirmed_at(state, "a", 71)) == ("quantity_raised", {"most_kg": 70})


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (confirmed("z", 1), ("unknown_lot", {"lot": "z"})),
        (confirmed("a", 1, price_per_t=110), ("price_moved", {"price_per_t": 100})),
        (confirmed("a", -1), ("quantity_out_of_range", {"most_kg": 100})),
        (confirmed("a", 101), ("quantity_out_of_range", {"most_kg": 100})),
        (confirmed("a", 1, at=61), ("over", {"closed_at": after(60), "now_at": after(61)})),
        (Stepped(at=after(60)), ("step_not_over", {"ends_at": after(60)})),
        (Resumed(at=after(1)), ("not_paused", {})),
    ],
)
def test_what_a_fresh_clock_refuses(event, said):
    assert refusal(step, clock({100: 10}), event) == said


def test_a_pause_or_an_outage_gives_the_step_its_time_back():
    paused = step(clock({100: 10}), Paused(at=after(50), reason="a question"))
    resumed = step(paused, Resumed(at=after(500)))
    down = step(clock({100: 10}), Reopened(at=after(90), down_from=after(50)))

    assert refusal(step, paused, Stepped(at=after(61)))[0] == "step_not_over"
    assert refusal(step, paused, confirmed("a", 5, at=51))[0] == "paused"
    assert resumed.timing.ends_at == after(510)
    assert down.timing.ends_at == after(130)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"step_per_t": 0}, "step_out_of_range"),
        ({"step_time": timedelta()}, "step_out_of_range"),
        ({"ceiling_per_t": -1}, "price_out_of_range"),
    ],
)
def test_terms_that_mean_nothing_are_refused(given, code):
    with pytest.raises(BadBook) as refused:
        clock({100: 10}, **given)

    assert refused.value.code == code


LOTS = "abc"
claims = st.lists(
    st.tuples(st.integers(1, 80), st.none() | st.integers(1, 110)), min_size=1, max_size=5
).map(lambda rows: [Claim(f"m{n}", kg, 0, limit) for n, (kg, limit) in enumerate(rows)])
plans = st.lists(
    st.fixed_dictionaries({}, optional=dict.fromkeys(LOTS, st.integers(0, 100))),
    min_size=1,
    max_size=12,
)
"""What the suppliers try at each step."""


def play(claimed, plan):
    """Follow a plan as far as it is allowed, then keep silent, until the clock stops."""
    state = clock(demand_curve(claimed, 100), LOTS)
    record = []
    steps = chain(plan, repeat({}))
    while not state.has_stopped:
        at = state.timing.ends_at
        tries = [confirmed_at(state, lot, kg) for lot, kg in next(steps).items()]
        state, taken = accepted(step, state, tries)
        tick = Stepped(at=at + timedelta(microseconds=1))
        state = step(state, tick)
        record += [*taken, tick]
    return state, record


def slow_outcome(claimed, record):
    """The rule word by word: walk the steps, note supply and demand, stop, compare two prices."""
    price, supply, trades = 100, {}, []
    for event in record:
        if isinstance(event, Confirmed):
            supply[event.lot] = event.quantity_kg
            continue
        demand = sum(c.quantity_kg for c in claimed if min(c.limit_per_t or 100, 100) >= price)
        trades.append((min(sum(supply.values()), demand), price, dict(supply)))
        if sum(supply.values()) < demand:
            break
        price, supply = price - 10, {}
    return max(trades[-2:], key=lambda row: (row[0], -row[1]))[:2]


@given(claims, plans)
@settings(deadline=None)
def test_the_clock_trades_what_the_rule_says_word_by_word(claimed, plan):
    state, record = play(claimed, plan)
    traded_kg, price_per_t = slow_outcome(claimed, record)

    assert (trade(state).traded_kg, trade(state).price_per_t) == (traded_kg, price_per_t)


@given(claims, plans)
@settings(deadline=None)
def test_the_record_of_a_clock_replays_to_its_state(claimed, plan):
    state, record = play(claimed, plan)

    assert replay(clock(demand_curve(claimed, 100), LOTS), record) == state
    assert state.sequence == len(record)


@given(claims, plans)
@settings(deadline=None)
def test_the_long_side_is_rationed_to_the_kilogram_and_nobody_sells_more_than_confirmed(
    claimed, plan
):
    state, _ = play(claimed, plan)
    final = trade(state)
    sold = sold_kg(state)

    assert sum(sold.values()) == min(final.supply_kg, final.demand_kg)
    for lot, confirmation in final.confirmed.items():
        confirmed_kg, kg = confirmation.quantity_kg, sold.get(lot, 0)
        assert kg <= confirmed_kg
        assert abs(kg * final.supply_kg - final.traded_kg * confirmed_kg) < max(final.supply_kg, 1)


@given(claims, plans)
@settings(deadline=None)
def test_the_one_clearing_function_gives_the_clocks_own_outcome(claimed, plan):
    state, _ = play(claimed, plan)
    final, lots = trade(state), [Lot(lot, 100) for lot in LOTS]

    clearing = clear(claimed, lots, offers(state, SEED), ceiling_per_t=100, seed=SEED)

    assert clearing.bought_kg == final.traded_kg
    if final.traded_kg:
        assert clearing.member_price_per_t == final.price_per_t
        assert clearing.demand_kg == final.demand_kg
        assert clearing.participants == tuple(
            claim.id for claim in claimed if limit_of(claim, 100) >= final.price_per_t
        )


@given(claims, plans)
@settings(deadline=None)
def test_what_is_refused_is_never_more_than_before(claimed, plan):
    state = clock(demand_curve(claimed, 100), LOTS)
    last = dict.fromkeys(LOTS, 100)
    for wishes in plan:
        at = state.timing.ends_at
        spoken = {}
        for lot, kg in wishes.items():
            try:
                state = step(state, confirmed_at(state, lot, kg))
            except EventRefused:
                assert kg > last[lot]
            else:
                assert kg <= last[lot]
                spoken[lot] = kg
        state = step(state, Stepped(at=at + timedelta(microseconds=1)))
        last = {lot: spoken.get(lot, 0) for lot in LOTS}
        if state.has_stopped:
            return
