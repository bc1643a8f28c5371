"""The page that says how to check a result, and hands out the files to check it with."""

import pytest

from club.domain.organisations import Kind, Role
from club.i18n import Speech
from club.operations.clearing import clear_round
from club.operations.publishing import publication
from pages.buying import allocation, round_page
from pages.market import checking
from tests.builders import a_lot, colleague, join
from tests.cleared import over
from tests.live import END, a_live_round, bid, until
from tests.markets import AFTER
from tests.pages.facilitating.conftest import words

LANGUAGES = ["ja", "en"]
FIVE = [(2_000, 8_000, 0)] * 5


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


@pytest.fixture
def cleared(context, clock, facilitator):
    round_, members, sold = over(context, clock, facilitator, pledged=FIVE)
    clear_round(context, round_.id)
    return round_, members, sold


@pytest.fixture
def page(open_screen, cleared):
    def open_(actor, language="ja"):
        at = open_screen(checking.render, actor, language, id=cleared[0].id)
        assert not at.exception
        return at

    return open_


def offered(at):
    """The downloads, by their keys."""
    return [button.key for button in at.download_button]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_the_three_steps_with_the_fingerprint_and_the_key(
    page, context, cleared, language
):
    round_, members, sold = cleared
    told = publication(context, members[0], round_.id)

    for actor in (members[0], sold[2][0], join(context)):
        at = page(actor, language)

        shown, codes = words(at), [code.value for code in at.code]
        for id in ("intro", "public.what", "same", "look", "verify", "verified", "hidden.text"):
            assert say(language, f"checking.{id}") in shown
        assert codes[:2] == [told.public_sha256, told.verify_key]
        assert f"verify record-{round_.id}-public.db --key {told.verify_key}" in codes[2]


def test_each_is_offered_what_it_may_have(page, context, facilitator, cleared):
    _, members, sold = cleared
    buyer, examiner = (colleague(context, members[0], role) for role in (Role.BUYER, Role.EXAMINER))
    expected = {
        buyer: ["public record", "row record"],
        examiner: ["public record", "row record", "full record"],
        facilitator: ["public record", "full record"],
        sold[0][0]: ["public record"],
        join(context): ["public record"],
    }

    assert {actor: offered(page(actor)) for actor in expected} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not_have_the_full_record_reads_how_an_auditor_gets_it(
    page, context, facilitator, cleared, language
):
    how = say(language, "checking.full.not_yours")
    buyer = colleague(context, cleared[1][0], Role.BUYER)

    assert how in words(page(buyer, language))
    assert how not in words(page(facilitator, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_live_round_it_speaks_of_bids_and_not_of_envelopes(
    open_screen, context, clock, facilitator, language
):
    seller = join(context, Kind.SUPPLIER)
    round_ = a_live_round(context, clock, facilitator, seller)
    bid(context, seller, round_, a_lot(context, seller), 5_000)
    until(context, clock, round_, END + AFTER)
    clear_round(context, round_.id)

    at = open_screen(checking.render, seller, language, id=round_.id)

    shown = words(at)
    for id in ("public_live.what", "shows.events"):
        assert say(language, f"checking.{id}") in shown
    assert say(language, "checking.shows.envelopes") not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_result_it_says_that_there_is_no_record_yet(
    open_screen, context, clock, facilitator, language
):
    round_, members, _ = over(context, clock, facilitator)

    at = open_screen(checking.render, members[0], language, id=round_.id)

    assert not at.exception
    assert [each.value for each in at.info] == [say(language, "checking.not_yet")]


def test_a_round_that_is_not_there_is_refused_in_words(open_screen, context):
    at = open_screen(checking.render, join(context), "en", id="nowhere")

    assert not at.exception
    assert [each.value for each in at.error] == [say("en", "errors.not_found")]


@pytest.mark.parametrize("screen", [round_page, allocation])
def test_the_result_and_the_allocation_lead_here(open_screen, cleared, screen):
    round_, members, _ = cleared

    at = open_screen(screen.render, members[0], "en", id=round_.id)

    assert say("en", "checking.link") in words(at)
