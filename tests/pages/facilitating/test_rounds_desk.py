"""All rounds and what each needs next."""

import pytest

from club.domain.organisations import Kind, Role
from club.domain.rounds import Phase
from club.operations.delivering import accept_delivery, record_delivery
from pages.facilitating import rounds_desk
from tests.bought import a_bought_round
from tests.builders import colleague, open_round
from tests.pages.facilitating.conftest import words


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_phase_has_one_next_thing_to_do(context, open_screen, facilitator, hand, language):
    for phase in Phase:
        open_round(context, facilitator, phase=phase)

    at = open_screen(rounds_desk.render, facilitator, language=language)

    assert not at.exception
    pressed = hand(at, language)
    steps = ("open", "pledging", "bidding", "clearing", "certify")
    assert all(pressed.has(f"facilitating.next.{step}.button") for step in steps)
    assert len(at.table[0].value) == len(Phase)


def test_a_club_without_rounds_says_how_to_begin(open_screen, facilitator, hand):
    at = open_screen(rounds_desk.render, facilitator)

    assert at.info
    assert hand(at).has("facilitating.rounds.draft")


def test_a_settling_round_asks_for_acceptance_then_retirement(
    context, open_screen, facilitator, hand
):
    bought = a_bought_round(context, by=facilitator, awarded=((117_000, 4_000),))

    def step(word):
        at = open_screen(rounds_desk.render, facilitator)
        return hand(at).has(f"facilitating.next.{word}.button")

    assert step("awaiting")
    delivery = record_delivery(
        context,
        facilitator,
        request_id="d",
        award_id=bought.awards[0].id,
        serials="JCR-1-1001 to 1117",
    )
    assert step("accept")
    accept_delivery(context, facilitator, request_id="a", delivery_id=delivery.id)
    assert step("retire")


def test_an_auditor_looks_and_does_nothing(context, open_screen, facilitator, hand):
    auditor = colleague(context, facilitator, Role.AUDITOR)
    open_round(context, facilitator, phase=Phase.DRAFT)

    pressed = hand(open_screen(rounds_desk.render, auditor))

    assert pressed.has("facilitating.next.look.button")
    assert not pressed.has("facilitating.rounds.draft")


def test_the_pool_is_told_to_the_kilogram(context, open_screen, facilitator):
    open_round(context, facilitator, phase=Phase.PLEDGING)

    at = open_screen(rounds_desk.render, facilitator, language="en")

    assert "by 0 companies" in words(at)
    assert facilitator.kind is Kind.OPERATOR
