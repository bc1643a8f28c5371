"""The desk of passes: found by name, withdrawn with a reason, given back, in both languages."""

import pytest

from club.domain.organisations import Kind
from club.i18n import Speech
from club.operations.viewing.learning import ModuleState, my_module
from club.store import people
from pages.facilitating import pass_desk
from tests.builders import join
from tests.club.operations.certified import WHY
from tests.club.operations.trying import MODULE, right, take
from tests.pages.hand import Hand, words


@pytest.fixture
def learner(context):
    return join(context)


@pytest.fixture(params=["ja", "en"])
def language(request):
    return request.param


@pytest.fixture
def say(language):
    return Speech(language, "Asia/Tokyo").say


def state(context, learner):
    return my_module(context, learner, MODULE).state


def test_while_nobody_has_passed_the_desk_says_so(open_screen, facilitator, language, say):
    at = open_screen(pass_desk.render, facilitator, language)

    assert not at.exception
    assert say("passes.desk.nobody") in words(at)


def test_a_pass_is_withdrawn_with_a_reason_and_given_back(
    open_screen, context, learner, facilitator, language, say
):
    take(context, learner, right)
    at = open_screen(pass_desk.render, facilitator, language)
    hand = Hand(at, language)
    at.selectbox(key="chosen person").set_value(learner.person_id).run()
    with context.database.read() as tx:
        facts = {"person": people.person(tx, learner.person_id).name}

    hand.confirm("passes.desk.withdraw", "passes.desk.withdraw_act", **facts)
    assert state(context, learner) is ModuleState.PASSED

    hand.press("passes.desk.withdraw")
    hand.at.text_area[0].set_value(WHY)
    hand.button("passes.desk.withdraw").click()
    at = hand.press("passes.desk.withdraw_act", **facts)
    assert not at.exception
    assert state(context, learner) is ModuleState.NOT_YET
    assert WHY in at.table[0].value.to_string()

    hand.confirm("passes.desk.reinstate", "passes.desk.reinstate_act", **facts)
    assert state(context, learner) is ModuleState.PASSED


def test_ones_own_pass_is_listed_and_not_to_be_chosen(open_screen, context, language, say):
    both = join(context, Kind.OPERATOR)
    take(context, both, right)
    at = open_screen(pass_desk.render, both, language)

    assert len(at.table[0].value) == 1
    assert at.selectbox(key="chosen person").options == []
