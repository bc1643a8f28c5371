"""Home says what needs this person now."""

import re

import pytest

from club.domain.organisations import Kind
from club.i18n import Speech
from club.operations.joining import accept_terms
from club.store import people
from pages.home import home, terms
from tests.builders import TERMS, a_person, an_organisation, join
from tests.builders import actor_of as act_as
from tests.markets import bidding_round, pledge, pledging_round


def cards(at):
    return [b.label for b in at.button]


def steps(at):
    """How far along each step of the round is, as the picture tells it."""
    [picture] = [html for html in at.get("html") if "tomoe-phases" in html.proto.body]
    return re.findall(r'<li class="(\w+)">', picture.proto.body)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_empty_club_says_so(open_screen, facilitator, language):
    at = open_screen(home.render, facilitator, language)

    assert at.exception == []
    assert len(at.info) == 2


def test_a_member_is_led_to_pledge_and_after_it_no_more(context, open_screen, facilitator):
    member = join(context)
    round_ = pledging_round(context, facilitator)

    before = open_screen(home.render, member)
    pledge(context, member, round_, 500)
    after = open_screen(home.render, member)

    assert cards(before) == ["申し込む"]
    assert cards(after) == []
    assert steps(before)[:3] == ["done", "now", "later"]


def test_a_member_without_the_module_is_led_to_it(context, open_screen, facilitator):
    module_id = next(iter(context.modules))
    pledging_round(context, facilitator, required_modules=frozenset({module_id}))

    at = open_screen(home.render, join(context))
    assert cards(at) == ["講座を始める"]
    assert steps(at)[:3] == ["now", "now", "later"]


def test_an_invited_supplier_is_led_to_its_offer_and_another_is_not(
    context, open_screen, facilitator
):
    seller, other = join(context, Kind.SUPPLIER), join(context, Kind.SUPPLIER)
    bidding_round(context, facilitator, seller)

    assert cards(open_screen(home.render, seller)) == ["応札する"]
    assert cards(open_screen(home.render, other)) == []


def test_terms_that_are_not_accepted_come_first_and_can_be_accepted(context, open_screen):
    organisation = an_organisation()
    person = a_person(organisation)
    with context.database.write() as tx:
        people.add_organisation(tx, organisation)
        people.add_person(tx, person)
    newcomer = act_as(person, organisation)

    at = open_screen(terms.render, newcomer)
    at.button[0].click().run()

    assert cards(open_screen(home.render, newcomer)) == []
    with context.database.read() as tx:
        assert people.has_accepted(tx, organisation.id, TERMS)
    accept_terms(context, newcomer, request_id="again", version=TERMS)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_one_was_told_by_mail_stands_here_in_ones_own_language(
    context, open_screen, facilitator, language
):
    member = join(context)
    round_ = pledging_round(context, facilitator)
    pledge(context, member, round_, 500)

    at = open_screen(home.render, member, language)

    assert at.exception == []
    assert Speech(language).say("home.told") in [s.value for s in at.subheader]
    assert any("500 kg" in body.value for body in at.markdown)
    club = Speech(language).text(context.settings, "club_name")
    assert at.expander[0].label
    assert [shown.label for shown in at.expander if club in shown.label] == []
