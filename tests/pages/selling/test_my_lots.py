"""A supplier's lots: what is free, offered and awarded; adding and changing."""

import pytest

from club.domain.organisations import Kind
from club.i18n import Speech
from club.operations.viewing.market import my_lots as lots_of
from pages.selling import my_lots
from tests.bought import a_bought_round
from tests.builders import a_lot, join
from tests.markets import bidding_round, offer

LANGUAGES = ["ja", "en"]


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def texts(at):
    return [each.value for each in (*at.markdown, *at.caption)]


def change(at, lot, text):
    next(t for t in at.text_input if t.key.startswith(f"change {lot.id}")).input(text)
    next(b for b in at.button if b.key.startswith(f"submit change {lot.id}")).click()
    return at.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_lots_the_way_to_the_first_is_shown(open_screen, seller, language):
    at = open_screen(my_lots.render, seller, language)

    assert not at.exception
    assert at.info[0].value == say(language, "selling.no_lots")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_free_offered_and_awarded_adds_up_to_the_lot(open_screen, context, language):
    bought = a_bought_round(context)
    seller, lot = bought.sellers[0], bought.lots[0]
    round_ = bidding_round(context, bought.facilitator, seller)
    offer(context, seller, round_, lot, 10_000)

    at = open_screen(my_lots.render, seller, language)

    assert not at.exception
    for name, quantity_kg in (("free", 0), ("bound", 83_000), ("awarded", 117_000)):
        assert say(language, f"selling.{name}", quantity_kg=quantity_kg) in texts(at)


def test_others_lots_are_not_shown(open_screen, context, seller):
    a_lot(context, join(context, Kind.SUPPLIER))

    at = open_screen(my_lots.render, seller, "en")

    assert at.info[0].value == say("en", "selling.no_lots")


def test_a_quantity_is_changed_as_typed(open_screen, context, seller):
    lot = a_lot(context, seller)
    at = open_screen(my_lots.render, seller, "en")

    change(at, lot, "２５０ t")

    assert at.success[0].value == say("en", "selling.changed", quantity_kg=250_000)
    assert lots_of(context, seller)[0].lot.quantity_kg == 250_000


def test_a_quantity_below_what_is_awarded_is_refused_and_the_text_kept(open_screen, context):
    bought = a_bought_round(context)
    seller, lot = bought.sellers[0], bought.lots[0]
    at = open_screen(my_lots.render, seller, "en")

    change(at, lot, "100 t")

    assert at.error[0].value == say("en", "errors.lot_bound", bound_kg=117_000)
    assert say("en", "selling.way.lot_bound") in texts(at)
    kept = next(t for t in at.text_input if t.key.startswith(f"change {lot.id}"))
    assert kept.value == "100 t"
    assert lots_of(context, seller)[0].lot.quantity_kg == 200_000


def test_a_lot_of_a_known_project_is_added(open_screen, context, seller):
    project_id = a_lot(context, join(context, Kind.SUPPLIER)).project_id
    at = open_screen(my_lots.render, seller, "en")

    at.selectbox(key="lot project_id").select(project_id)
    at.text_input(key="lot quantity_kg").input("5 t")
    next(b for b in at.button if b.key.startswith("submit lot")).click().run()

    assert not at.exception
    (mine,) = lots_of(context, seller)
    assert (mine.lot.project_id, mine.lot.quantity_kg) == (project_id, 5_000)


def test_a_supplier_is_not_asked_whether_its_lot_is_invented(open_screen, context, seller):
    a_lot(context, join(context, Kind.SUPPLIER))

    at = open_screen(my_lots.render, seller)

    assert not at.exception
    assert list(at.checkbox) == []
