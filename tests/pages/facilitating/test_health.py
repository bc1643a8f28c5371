"""What a look at the server tells."""

import pytest

from club.domain.organisations import Role
from club.operations.pledging import PledgeTerms, place_pledge
from pages.facilitating import health
from tests.builders import colleague, join, open_round


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_well_server_is_said_to_be_well(open_screen, facilitator, language):
    at = open_screen(health.render, facilitator, language=language)

    assert not at.exception
    assert not at.error
    assert at.metric[0].value == "SQLite"


def test_a_round_past_its_deadline_and_a_waiting_notice_are_told(
    context, clock, open_screen, facilitator
):
    round_ = open_round(context, facilitator)
    terms = PledgeTerms(quantity_kg=20_000, limit_per_t=None, minimum_kg=0)
    place_pledge(context, join(context), request_id="p", round_id=round_.id, terms=terms)
    clock.forward(days=2)

    at = open_screen(health.render, facilitator, language="en")

    assert [metric.value for metric in at.metric[1:]] == ["1", "1"]
    assert "past its deadline" in at.error[0].value


def test_others_are_told_that_it_is_not_theirs(context, open_screen, facilitator):
    at = open_screen(health.render, colleague(context, facilitator, Role.AUDITOR))

    assert at.error
    assert not at.metric
