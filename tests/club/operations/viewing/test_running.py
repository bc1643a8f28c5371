"""What a look at the server tells, on both databases."""

from datetime import timedelta

import pytest

from club.domain.errors import NotAllowed
from club.domain.organisations import Kind, Role
from club.domain.rounds import RoundTerms
from club.operations.opening import draft_round, open_round
from club.operations.sealing import round_key_name
from club.operations.viewing.running import running
from tests.builders import NOON, join


@pytest.fixture
def facilitator(context):
    return join(context, Kind.OPERATOR, Role.FACILITATOR)


def opened(context, facilitator):
    """A round for which pledging is open for two hours from now."""
    now = context.now()
    terms = RoundTerms(
        name_ja="秋",
        name_en="Autumn",
        goal_kg=1_000,
        minimum_kg=0,
        member_minimum_kg=1,
        member_maximum_kg=1_000,
        ceiling_per_t=1_000,
        pledging_opens_at=now,
        pledging_closes_at=now + timedelta(hours=2),
        bidding_closes_at=now + timedelta(hours=4),
    )
    draft = draft_round(context, facilitator, request_id="d", terms=terms)
    return open_round(context, facilitator, request_id="o", round_id=draft.id)


def test_a_new_club_is_well(context, facilitator):
    found = running(context, facilitator)

    assert found.database in {"sqlite", "postgresql"}
    assert found.is_current
    assert (found.now, found.waiting, found.oldest_waiting_at) == (NOON, 0, None)
    assert (found.overdue, found.missing_keys) == (0, ())
    assert "Python" in found.versions


def test_a_late_clock_and_a_missing_key_are_told(context, clock, facilitator):
    round_ = opened(context, facilitator)
    clock.forward(days=1)
    (context.keys.folder / round_key_name(round_.id)).unlink()

    found = running(context, facilitator)

    assert found.overdue == 1
    assert found.missing_keys == (round_.id,)


def test_notices_that_wait_are_counted_from_the_oldest(context, facilitator):
    join(context, Kind.MEMBER)
    opened(context, facilitator)

    found = running(context, facilitator)

    assert (found.waiting, found.oldest_waiting_at) == (1, NOON)


def test_it_is_for_facilitators(context):
    with pytest.raises(NotAllowed):
        running(context, join(context, Kind.OPERATOR, Role.AUDITOR))
