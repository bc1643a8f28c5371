"""A round that an earlier version of the software cleared keeps its page and its books; what
cannot be read back any more is said in words. On both databases."""

import pytest
from sqlalchemy import select

from club.domain.errors import Refused
from club.operations.clearing import clear_round
from club.operations.explaining import explain_due
from club.operations.measuring import past_books
from club.operations.publishing import public_file
from club.operations.viewing.rounds import round_page
from club.store.tables import clearings
from tests.cleared import over

OF_TODAY = ("left", "standing", "yielded")
"""What the first version did not tell of a clearing."""


@pytest.fixture
def older(context, clock, facilitator):
    """A round cleared by the first version, and a member of it."""
    round_, members, _ = over(context, clock, facilitator)
    clear_round(context, round_.id)
    with context.database.write() as tx:
        result = tx.execute(select(clearings.c.result)).scalar_one()
        result["document"]["format"] = "tomoe/result/1"
        for name in OF_TODAY:
            del result["summary"][name]
        tx.execute(clearings.update().values(result=result))
    return round_, members[0]


def test_its_page_shows_what_was_bought_and_no_curve_that_may_tell_too_much(
    context, facilitator, older
):
    round_, member = older

    seen = round_page(context, member, round_.id).outcome
    at_the_desk = round_page(context, facilitator, round_.id).outcome

    assert seen.bought_kg == at_the_desk.bought_kg > 0
    assert (seen.demand, seen.left) == (None, None)
    assert at_the_desk.demand


def test_it_is_neither_explained_nor_measured_against(context, facilitator, older):
    assert explain_due(context) == []
    assert past_books(context, facilitator) == ()


def test_no_record_is_made_of_it(context, older):
    round_, member = older

    with pytest.raises(Refused) as refusal:
        public_file(context, member, round_.id)

    assert refusal.value.code == "older_result"
