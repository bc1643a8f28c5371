"""A project's card."""

from dataclasses import replace

import pytest

from club.domain.lots import Label
from club.domain.organisations import Kind
from club.i18n import Speech
from club.store import catalogue as store
from pages.market import project
from pages.market.facts import web_address
from tests.bought import a_bought_round
from tests.builders import a_lot, a_project, join
from tests.pages.reading import as_read

LANGUAGES = ["ja", "en"]


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def texts(at):
    return "\n".join(each.value for each in (*at.markdown, *at.caption))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_tells_its_story_and_its_source(open_screen, context, seller, language):
    told = a_project(
        seller, story_ja="物語です", story_en="A story", source_url="https://example.org/list"
    )
    with context.database.write() as tx:
        store.add_project(tx, told)

    at = open_screen(project.render, join(context), language, id=told.id)

    assert not at.exception
    assert getattr(told, f"story_{language}") in texts(at)
    assert at.get("link_button")[0].proto.url == "https://example.org/list"
    assert [each.value for each in at.info] == [
        say(language, "market.no_lots"),
        say(language, "market.no_sales"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_rounds_bought_of_it_is_told_without_who_bought(open_screen, context, language):
    bought = a_bought_round(context)

    at = open_screen(project.render, bought.members[0], language, id=bought.lots[0].project_id)

    assert not at.exception
    sales = as_read(at.table[1])
    assert list(sales[say(language, "market.bought")]) == ["117.000 t"]
    assert list(sales[say(language, "words.field.price_per_t")]) == ["¥4,000 / t"]
    assert bought.members[0].organisation_id not in str(sales)


def test_a_source_that_is_no_web_page_is_no_link(seller):
    assert web_address(a_project(seller, source_url="javascript:alert(1)")) is None
    assert web_address(a_project(seller)) is None


def test_markdown_in_a_story_is_shown_as_it_is(open_screen, context, seller):
    told = a_project(seller, story_en="![](https://example.org/pixel.png)")
    with context.database.write() as tx:
        store.add_project(tx, told)

    at = open_screen(project.render, seller, "en", id=told.id)

    assert "![](" not in texts(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_project_looks_like_none(open_screen, seller, language):
    at = open_screen(project.render, seller, language, id="nothing")

    assert at.error[0].value == say(language, "errors.not_found")


def test_invented_lots_are_said_to_be_invented(open_screen, context, seller):
    lot = a_lot(context, seller, is_invented=True)

    at = open_screen(project.render, seller, "en", id=lot.project_id)

    assert say("en", "words.invented") in texts(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rating_prefecture_and_labels_are_told_where_they_are_stated(
    open_screen, context, seller, language
):
    labels = frozenset({Label.CCB, Label.CCP})
    lot = a_lot(context, seller, labels=labels)
    with context.database.write() as tx:
        known = store.project(tx, lot.project_id)
        rated = replace(known, id="rated", rating="BeZero A", prefecture="20")
        store.add_project(tx, rated)
        store.add_lot(tx, replace(lot, id="of rated", project_id="rated"))

    at = open_screen(project.render, join(context), language, id="rated")

    speech = Speech(language, "Asia/Tokyo")
    assert "BeZero A" in texts(at)
    assert speech.say("words.prefecture.20") in texts(at)
    (told,) = as_read(at.table[0])[speech.say("words.field.labels")]
    assert told.startswith(speech.word(Label.CCP))
    assert told.endswith(speech.word(Label.CCB))
