"""The catalogue as everybody sees it."""

import pytest

from club.domain.lots import Category, Mechanism
from club.domain.organisations import Kind
from club.i18n import Speech
from club.store import catalogue as store
from pages.market import catalogue
from pages.market.facts import exact_row
from tests.builders import a_lot, a_project, join

LANGUAGES = ["ja", "en"]


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture(params=list(Kind), ids=lambda kind: kind.value)
def reader(request, context):
    return join(context, request.param)


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def texts(at):
    return "\n".join(each.value for each in (*at.markdown, *at.caption))


def add(context, seller, **given):
    project = a_project(seller, **given)
    with context.database.write() as tx:
        store.add_project(tx, project)
    return project


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_catalogue_says_who_fills_it(open_screen, reader, language):
    at = open_screen(catalogue.render, reader, language)

    assert at.info[0].value == say(language, "market.empty")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_states_its_facts_and_guesses_none(open_screen, context, reader, seller, language):
    project = add(context, seller, mechanism=Mechanism.UNSTATED, source="A public list")
    a_lot(context, seller, project_id=project.id, vintage=None, quantity_kg=7_000)

    at = open_screen(catalogue.render, reader, language)

    assert not at.exception
    unstated = say(language, "words.not_stated")
    assert say(language, "market.mechanism", mechanism=Mechanism.UNSTATED) in texts(at)
    assert unstated in say(language, "market.mechanism", mechanism=Mechanism.UNSTATED)
    facts = {"source": "A public list", "read_on": project.source_read_on}
    assert say(language, "market.source", **facts) in texts(at)
    lot = {"quantity_kg": 7_000, "unit_kg": 1_000}
    assert say(language, "market.card_lot_unstated", supplier="", **lot) in texts(at)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("森", 1),
        ("FOREST", 1),
        ("ＪＣＲ－９", 1),
        ("forest nagano", 1),
        ("forest okinawa", 0),
    ],
)
def test_it_is_searched_in_both_languages_however_wide(open_screen, context, seller, words, found):
    add(
        context,
        seller,
        name_ja="信濃の森",
        name_en="Shinano forest",
        registry_number="JCR-9",
        region_en="Nagano",
    )
    add(context, seller, name_ja="燃料電池", name_en="Fuel cells", category=Category.OTHER)
    at = open_screen(catalogue.render, seller, "en")

    at.text_input(key="catalogue words").input(words).run()

    if found:
        assert say("en", "market.found", count=found) in texts(at)
    else:
        assert at.info[0].value == say("en", "market.nothing_found")


def test_a_filter_leaves_what_answers_it(open_screen, context, seller):
    add(context, seller, name_en="Trees")
    add(context, seller, name_en="Charcoal", category=Category.BIOCHAR)
    at = open_screen(catalogue.render, seller, "en")

    at.multiselect(key="catalogue category").select(Category.BIOCHAR).run()

    assert "**Charcoal**" in texts(at)
    assert "**Trees**" not in texts(at)


def test_a_chosen_filter_stays_while_other_words_are_searched(open_screen, context, seller):
    add(context, seller, name_en="Trees")
    add(context, seller, name_en="Charcoal", category=Category.BIOCHAR)
    at = open_screen(catalogue.render, seller, "en")
    at.multiselect(key="catalogue category").select(Category.BIOCHAR).run()

    at.text_input(key="catalogue words").input("trees").run()

    assert at.multiselect(key="catalogue category").value == [Category.BIOCHAR]
    assert at.info[0].value == say("en", "market.nothing_found")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_a_line_for_every_lot(open_screen, context, seller, language):
    lot = a_lot(context, seller, vintage=2024)
    a_lot(context, seller, project_id=lot.project_id, vintage=2025)
    add(context, seller)
    at = open_screen(catalogue.render, seller, language)

    at.button_group(key="catalogue form").set_value("table").run()

    assert not at.exception
    frame = at.table[0].value
    vintages = set(frame[say(language, "words.field.vintage")])
    assert vintages == {"2024", "2025", say(language, "market.no_lot")}


def test_more_than_a_page_is_turned(open_screen, context, seller):
    for number in range(13):
        add(context, seller, name_en=f"Project no {number:02}")
    at = open_screen(catalogue.render, seller, "en")

    assert "Project no 11" in texts(at)
    assert "Project no 12" not in texts(at)


def test_the_file_has_codes_and_nothing_for_what_is_not_stated(context, seller):
    from club.operations.viewing.market import catalogue as listed  # noqa: PLC0415 - the screen has the name

    a_lot(context, seller, vintage=None)

    (row,) = listed(context, seller)
    exact = exact_row(row, row.lots[0])

    assert (exact["mechanism"], exact["vintage"], exact["quantity_kg"]) == (
        "removal",
        None,
        200_000,
    )
