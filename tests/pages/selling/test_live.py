"""A live auction on the supplier's screen: standing, bids, automatic bids, the clock."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from auctions import sealing
from auctions.scoring import Answer, Criterion
from club.domain.organisations import Kind
from club.i18n import Speech
from club.operations.acknowledging import acknowledgement_of
from club.operations.clearing import clear_round
from club.operations.conducting import pause_auction
from club.operations.keeping_time import beat
from club.operations.viewing.live import live_view
from pages.parts.visit import plain
from pages.selling import live
from pages.selling.acknowledgements import as_json
from tests.builders import a_lot, join
from tests.live import CLOCK, DESCENDING, END, a_live_round, bid, confirm, prices, until
from tests.markets import AFTER, invite, pledging_round

LANGUAGES = ["ja", "en"]
QUALITY = Criterion(
    id="rating",
    name_ja="格付け",
    name_en="Rating",
    answers=(
        Answer(id="a", name_ja="A", name_en="A", value=Fraction(2, 10)),
        Answer(id="b", name_ja="B", name_en="B", value=Fraction(0)),
    ),
)


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def rival(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def lot(context, seller):
    return a_lot(context, seller, quantity_kg=60_000)


@pytest.fixture
def round_(context, clock, facilitator, seller, rival):
    return a_live_round(context, clock, facilitator, seller, rival)


@pytest.fixture
def clock_round(context, clock, facilitator, seller, rival):
    return a_live_round(context, clock, facilitator, seller, rival, auction=CLOCK)


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def field(at, name):
    return next(each for each in at.text_input if f"{name} " in f"{each.key} ")


def button(at, start):
    return next(each for each in at.button if each.key.startswith(start))


def confirmed(at, asked, act):
    """Press the button that opens the dialog; in the same run the dialog's own."""
    button(at, asked).click().run()
    button(at, asked).click()
    button(at, act).click()
    return at.run()


def typed(at, **texts):
    for name, text in texts.items():
        field(at, name).input(text)
    return at.run()


def words(at):
    return "\n".join(each.value for each in (*at.title, *at.markdown, *at.caption, *at.warning))


def figures(at):
    return [each.value for each in at.metric]


def stands(context, seller, round_):
    (mine,) = live_view(context, seller, round_.id).lots
    return mine


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_first_bid_the_page_says_so_and_how_long_there_is(
    open_screen, clock, seller, round_, lot, language
):
    clock.at = END - timedelta(hours=1, minutes=2, seconds=3)

    at = open_screen(live.render, seller, language, id=round_.id)

    assert not at.exception
    assert figures(at) == [say(language, "live.none_yet"), "－", "－", "01:02:03"]
    assert say(language, "live.no_bid") in words(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bid_is_restated_placed_once_and_acknowledged(
    open_screen, context, seller, round_, lot, language
):
    at = open_screen(live.render, seller, language, id=round_.id)
    typed(at, price_per_t="６，０００", quantity_kg="40 t", minimum_kg="5 t")

    confirmed(at, "review", "button bid")

    facts = {"sequence": 1, "quantity_kg": 40_000, "price_per_t": 6_000}
    assert not at.exception
    assert at.success[0].value == say(language, "live.bid_placed", **facts)
    mine = stands(context, seller, round_)
    assert (mine.bid.quantity_kg, mine.bid.minimum_kg) == (40_000, 5_000)
    assert prices(context, round_) == {lot.id: 6_000}
    assert figures(at)[1] == say(language, "live.rank_of", rank=1)
    assert say(language, "live.is_wholly_in") in words(at)
    assert (field(at, "price_per_t").value, field(at, "minimum_kg").value) == ("", "5.000 t")


def test_a_bid_stays_told_where_the_auction_ends_in_the_same_moment(
    open_screen, context, clock, monkeypatch, seller, round_, lot
):
    def seen_before_the_end(*asked):
        view = live_view(*asked)
        if view.acknowledged:
            clock.at = view.ends_at + AFTER
        return view

    until(context, clock, round_, END)
    at = open_screen(live.render, seller, id=round_.id)
    typed(at, price_per_t="6000", quantity_kg="40 t")
    monkeypatch.setattr(live, "live_view", seen_before_the_end)

    confirmed(at, "review", "button bid")

    facts = {"sequence": 1, "quantity_kg": 40_000, "price_per_t": 6_000}
    assert at.success[0].value == say("ja", "live.bid_placed", **facts)
    assert at.info[0].value == say("ja", "live.is_over")


def test_the_dialogs_button_says_the_whole_bid(open_screen, seller, round_, lot):
    at = open_screen(live.render, seller, "en", id=round_.id)
    typed(at, price_per_t="6000", quantity_kg="40 t")

    button(at, "review").click().run()

    assert button(at, "button bid").label == "Bid 40.000 t at ¥6,000 / t"


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_out_sees_the_price_that_helps_and_types_it_by_one_press(
    open_screen, context, seller, rival, round_, lot, language
):
    bid(context, seller, round_, lot, 6_000, 50_000)
    bid(context, rival, round_, a_lot(context, rival), 5_500, 50_000)
    at = open_screen(live.render, seller, language, id=round_.id)
    assert say(language, "live.is_out") in words(at)
    assert say(language, "live.helps", price_per_t=5_450) in words(at)

    button(at, "use").click().run()

    assert field(at, "price_per_t").value == "5450"
    confirmed(at, "review", "button bid")
    assert figures(at)[1] == say(language, "live.rank_of", rank=1)
    assert stands(context, seller, round_).bid.price_per_t == 5_450


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bid_that_is_refused_says_why_and_leaves_what_was_typed(
    open_screen, context, seller, round_, lot, language
):
    bid(context, seller, round_, lot, 6_000, 50_000)
    at = open_screen(live.render, seller, language, id=round_.id)
    typed(at, price_per_t="5980")

    confirmed(at, "review", "button bid")

    facts = {"most_per_t": 5_950, "decrement_per_t": 50}
    assert at.error[0].value == say(language, "errors.improvement_too_small", **facts)
    assert field(at, "price_per_t").value == "5980"
    assert prices(context, round_) == {lot.id: 6_000}


@pytest.mark.parametrize(
    ("texts", "code", "name"),
    [
        ({"price_per_t": "", "quantity_kg": "40 t"}, "not_positive", "price_per_t"),
        ({"price_per_t": "6000", "quantity_kg": "many"}, "unreadable_kg", "quantity_kg"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(
    open_screen, seller, round_, lot, texts, code, name
):
    at = open_screen(live.render, seller, "en", id=round_.id)
    typed(at, **texts)

    confirmed_or_refused = button(at, "review").click().run()

    assert say("en", f"words.field.{name}") in confirmed_or_refused.error[0].value


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_the_end_the_page_is_laid_out_anew_and_takes_no_bid(
    open_screen, context, clock, seller, round_, lot, language
):
    until(context, clock, round_, END)
    at = open_screen(live.render, seller, language, id=round_.id)
    typed(at, price_per_t="6000", quantity_kg="40 t")
    button(at, "review").click().run()
    until(context, clock, round_, END + AFTER)

    button(at, "review").click()
    button(at, "button bid").click()
    at.run()

    assert say(language, "live.is_over") in [each.value for each in at.info]
    assert prices(context, round_) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pause_is_told_with_its_reason_and_nothing_can_be_pressed(
    open_screen, context, facilitator, seller, round_, lot, language
):
    given = {"request_id": "p", "round_id": round_.id, "reason": "A *doubt*"}
    pause_auction(context, facilitator, **given)

    at = open_screen(live.render, seller, language, id=round_.id)

    assert plain("A *doubt*") in at.warning[0].value
    assert figures(at)[3] == say(language, "live.paused")
    assert button(at, "review").disabled


@pytest.mark.parametrize("language", LANGUAGES)
def test_automatic_bids_are_set_shown_and_stopped(
    open_screen, context, seller, rival, round_, lot, language
):
    bid(context, seller, round_, lot, 6_000, 50_000)
    at = open_screen(live.render, seller, language, id=round_.id)
    typed(at, floor="5,000")

    confirmed(at, "review floor", "button floor")
    assert at.success[0].value == say(language, "live.proxy_set", sequence=2, floor_per_t=5_000)
    bid(context, rival, round_, a_lot(context, rival), 5_500, 50_000)
    at.run()
    assert say(language, "live.proxy_is", floor_per_t=5_000) in words(at)
    assert stands(context, seller, round_).bid.price_per_t == 5_450

    confirmed(at, "ask stop", "button stop")
    assert at.success[0].value == say(language, "live.proxy_stopped", sequence=5)
    assert stands(context, seller, round_).floor_per_t is None


def test_the_criteria_are_asked_with_the_first_bid_and_only_then(
    open_screen, context, clock, facilitator, seller, lot
):
    terms = replace(DESCENDING, criteria=(QUALITY,))
    round_ = a_live_round(context, clock, facilitator, seller, auction=terms)
    at = open_screen(live.render, seller, "en", id=round_.id)
    typed(at, price_per_t="6000", quantity_kg="40 t")
    confirmed(at, "review", "button bid")
    assert say("en", "errors.not_answered") in at.error[0].value

    next(each for each in at.selectbox if each.key.endswith("rating")).select("a").run()
    confirmed(at, "review", "button bid")

    assert prices(context, round_) == {lot.id: 6_000}
    assert not [each for each in at.selectbox if each.key.endswith("rating")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quantity_is_confirmed_at_the_price_that_was_shown(
    open_screen, context, seller, clock_round, lot, language
):
    at = open_screen(live.render, seller, language, id=clock_round.id)
    assert say(language, "live.clock_due") in words(at)
    assert field(at, "quantity_kg").value == "60.000 t"
    typed(at, quantity_kg="45 t")

    confirmed(at, "review", "button confirm")

    facts = {"sequence": 1, "quantity_kg": 45_000, "price_per_t": 10_000}
    assert at.success[0].value == say(language, "live.confirmed", **facts)
    assert say(language, "live.clock_done") in words(at)
    assert figures(at)[:3] == ["¥10,000", "45.000 t", "45.000 t"]


def test_when_the_price_moves_nothing_is_taken_and_what_was_typed_stays(
    open_screen, context, clock, seller, rival, clock_round, lot
):
    until(context, clock, clock_round, END)
    confirm(context, seller, clock_round, lot, 60_000, 10_000)
    at = open_screen(live.render, seller, "en", id=clock_round.id)
    typed(at, quantity_kg="30 t")
    button(at, "review").click().run()
    until(context, clock, clock_round, END + AFTER)
    beat(context, clock_round.id)

    button(at, "review").click()
    button(at, "button confirm").click()
    at.run()

    assert stands(context, seller, clock_round).confirmed_kg is None
    assert field(at, "quantity_kg").value == "30 t"
    assert figures(at)[0] == "¥9,000"


def test_a_lot_that_leaves_says_so_and_is_asked_no_more(
    open_screen, context, seller, clock_round, lot
):
    at = open_screen(live.render, seller, "en", id=clock_round.id)
    typed(at, quantity_kg="0")

    confirmed(at, "review", "button confirm")

    assert say("en", "live.clock_left") in words(at)
    assert not at.text_input


@pytest.mark.parametrize("language", LANGUAGES)
def test_when_all_is_over_it_says_what_comes_and_leads_to_the_awards(
    open_screen, context, clock, seller, round_, lot, language
):
    bid(context, seller, round_, lot, 6_000, 50_000)
    until(context, clock, round_, END + AFTER)
    over = open_screen(live.render, seller, language, id=round_.id)
    assert over.info[0].value == say(language, "live.is_over")
    assert not over.text_input

    clear_round(context, round_.id)
    at = open_screen(live.render, seller, language, id=round_.id)

    assert at.success[0].value == say(language, "live.cleared")


def test_the_receipts_file_proves_what_the_club_received(context, seller, round_, lot):
    said = bid(context, seller, round_, lot, 6_000, 50_000)

    file = json.loads(as_json(acknowledgement_of(context, seller, said.event.id)))

    signature, key = bytes.fromhex(file["signature"]), bytes.fromhex(file["verify_key"])
    sealing.verify_receipt(sealing.Receipt(file["facts"], signature, key))
    forged = file["facts"] | {"price_per_t": 5_999}
    with pytest.raises(sealing.BadReceipt):
        sealing.verify_receipt(sealing.Receipt(forged, signature, key))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not_bid_is_told_why(
    open_screen, context, facilitator, seller, rival, round_, language
):
    waiting = pledging_round(context, facilitator, auction=CLOCK, **LATER)
    invite(context, facilitator, waiting, seller)
    stranger = join(context, Kind.SUPPLIER)

    told = {
        code: open_screen(live.render, actor, language, id=id).error[0].value
        for code, actor, id in (
            ("bidding_not_open", seller, waiting.id),
            ("not_invited", stranger, round_.id),
            ("not_found", seller, "nothing"),
        )
    }
    assert told == {
        "bidding_not_open": say(
            language,
            "errors.bidding_not_open",
            opens_at=waiting.pledging_closes_at,
        ),
        "not_invited": say(language, "errors.not_invited"),
        "not_found": say(language, "errors.not_found"),
    }


LATER = {
    "pledging_closes_at": END + timedelta(days=1),
    "bidding_closes_at": END + timedelta(days=2),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_lot_it_leads_to_where_one_is_added(open_screen, seller, round_, language):
    at = open_screen(live.render, seller, language, id=round_.id)

    assert at.info[0].value == say(language, "live.without_lots")
