"""Which credit for which use, on the screen, in both languages."""

import pytest

from club.domain.eligibility import Use
from club.domain.organisations import Kind
from club.i18n import Speech
from club.store import catalogue
from pages.market import uses
from tests.builders import a_lot, a_project, join
from tests.pages.hand import Hand, words


@pytest.fixture(params=["ja", "en"])
def language(request):
    return request.param


def test_lots_are_sorted_by_the_rule_with_reasons_and_sources(open_screen, context, language):
    seller = join(context, Kind.SUPPLIER)
    a_lot(context, seller)
    with context.database.write() as tx:
        abroad = a_project(seller, programme="VCS", name_ja="海外", name_en="Abroad")
        catalogue.add_project(tx, abroad)
    a_lot(context, seller, project_id=abroad.id)

    at = open_screen(uses.render, join(context), language)
    speech = Speech(language)
    assert not at.exception
    for use in Use:
        at = at.selectbox[0].set_value(use).run()
        assert not at.exception
        assert speech.say(f"eligibility.about.{use}") in words(at)
        assert at.table


def test_an_empty_catalogue_says_so(open_screen, context, language):
    hand = Hand(open_screen(uses.render, join(context), language), language)

    assert hand.says("eligibility.empty") in words(hand.at)
    assert not hand.at.table
