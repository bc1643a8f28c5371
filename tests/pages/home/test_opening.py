"""The page of a round's opening, as its openers and the office find it."""

import pytest

from club.i18n import Speech
from club.operations.closing import close_due
from club.store import openers
from pages.buying import round_page
from pages.facilitating import round_desk
from pages.home import home, opening
from tests.builders import join
from tests.ceremonies import (
    PASSPHRASES,
    bidding,
    closed,
    drafted,
    give,
    given,
    opened,
    set_all,
    three,
)
from tests.markets import AFTER, pledge, stored
from tests.pages.reading import as_read

JA, EN = Speech("ja", "Asia/Tokyo"), Speech("en", "Asia/Tokyo")


@pytest.fixture
def named(context, facilitator):
    return three(context, facilitator)


def cards(at):
    return [button.label for button in at.button]


def press(at, label):
    (found,) = [button for button in at.button if button.label == label]
    return found.click().run()


def type_in(at, **typed):
    for field, text in typed.items():
        (found,) = [f for f in at.text_input if f.key.startswith(f"{field} ")]
        found.set_value(text)


def keys(context, round_):
    with context.database.read() as tx:
        return openers.keys(tx, round_.id).keys()


def states(at, speech=JA):
    return list(as_read(at.table[0])[speech.say("opening.state")])


def test_an_opener_is_led_to_set_a_passphrase_and_then_no_more(
    context, open_screen, facilitator, named
):
    round_ = opened(context, facilitator, named)
    before = cards(open_screen(home.render, named[0]))

    at = open_screen(opening.render, named[0], id=round_.id)
    type_in(at, passphrase=PASSPHRASES[0], again=PASSPHRASES[0])
    at = press(at, JA.say("opening.act_set"))

    assert JA.say("home.card.passphrase.button") in before
    assert not at.exception
    assert JA.say("opening.told_set") in [one.value for one in at.success]
    assert keys(context, round_) == {named[0].person_id}
    assert [field.value for field in at.text_input] == ["", ""]
    after = cards(open_screen(home.render, named[0]))
    assert JA.say("home.card.passphrase.button") not in after


@pytest.mark.parametrize(
    ("passphrase", "again", "code"),
    [("too short", "too short", "passphrase_too_weak"), (*PASSPHRASES[:2], "passphrases_differ")],
)
def test_a_refused_passphrase_says_why_and_sets_nothing(
    context, open_screen, facilitator, named, passphrase, again, code
):
    round_ = opened(context, facilitator, named)
    at = open_screen(opening.render, named[0], "en", id=round_.id)
    type_in(at, passphrase=passphrase, again=again)

    at = press(at, EN.say("opening.act_set"))

    facts = {"found": 8, "needed": 20} if code == "passphrase_too_weak" else {}
    said = EN.say(f"errors.{code}", **facts)
    assert any(said in one.value for one in at.error)
    assert keys(context, round_) == set()


def test_a_suggestion_can_be_asked_for(context, open_screen, facilitator, named):
    round_ = opened(context, facilitator, named)
    at = open_screen(opening.render, named[0], id=round_.id)

    at = press(at, JA.say("opening.suggest"))

    (suggested,) = [one.value for one in at.code]
    assert len(suggested.split()) == 4
    assert keys(context, round_) == set()


def test_before_the_deadline_there_is_nothing_to_type(
    context, clock, open_screen, facilitator, named
):
    round_, _ = bidding(context, clock, facilitator, named)

    at = open_screen(opening.render, named[0], id=round_.id)

    assert list(at.text_input) == []
    assert set(states(at)) == {JA.say("opening.ready")}


def test_after_the_deadline_openers_come_one_by_one(
    context, clock, open_screen, facilitator, named
):
    round_ = closed(context, clock, facilitator, named)
    led = cards(open_screen(home.render, named[0]))
    at = open_screen(opening.render, named[0], id=round_.id)
    type_in(at, passphrase=PASSPHRASES[1])
    at = press(at, JA.say("opening.act_give"))
    wrong = [one.value for one in at.error]
    type_in(at, passphrase=PASSPHRASES[0])
    at = press(at, JA.say("opening.act_give"))

    assert JA.say("home.card.unseal.button") in led
    assert any(JA.say("errors.passphrase_wrong") in one for one in wrong)
    assert JA.say("opening.thanks") in [one.value for one in at.success]
    assert given(context, round_) == [named[0].person_id]
    missing = JA.say("opening.missing")
    assert [state == missing for state in states(at)] == [False, True, True]
    assert list(at.text_input) == []
    assert cards(open_screen(home.render, named[0])) == []


@pytest.mark.parametrize("speech", [JA, EN], ids=["ja", "en"])
def test_what_is_protected_and_what_is_not_is_said_on_the_page(
    context, open_screen, facilitator, named, speech
):
    round_ = opened(context, facilitator, named)

    at = open_screen(opening.render, named[1], speech.language, id=round_.id)

    text = "\n".join(one.value for one in at.markdown)
    for line in ("protected.disk", "not_protected.process", "not_protected.forgotten"):
        assert speech.say(f"opening.{line}", needed=2, openers=3) in text
    assert not at.exception


def test_the_office_follows_the_opening_and_others_find_nothing(
    context, clock, open_screen, facilitator, named
):
    office = facilitator
    round_ = closed(context, clock, facilitator, [*named[:2], join(context)])
    led = cards(open_screen(home.render, office))

    at = open_screen(opening.render, office, id=round_.id)
    stranger = open_screen(opening.render, join(context), id=round_.id)

    assert JA.say("home.card.ceremony.button") in led
    assert list(at.text_input) == []
    assert len(states(at)) == 3
    assert [one.value for one in stranger.error] == [JA.say("errors.not_found")]


def test_the_office_is_told_that_bidding_waits_and_so_is_the_round_page(
    context, clock, open_screen, facilitator, named
):
    round_ = opened(context, facilitator, named)
    set_all(context, round_, named[:1])
    member = join(context)
    pledge(context, member, round_, 40_000)
    clock.at = round_.pledging_closes_at + AFTER
    close_due(context)

    led = cards(open_screen(home.render, facilitator))
    page = open_screen(round_page.render, member, id=round_.id)

    assert JA.say("home.card.delayed.button") in led
    waits = stored(context, round_).pledging_closes_at
    assert any("2 名の準備" in one.value for one in page.info), waits


def test_a_facilitator_names_openers_at_the_desk_while_the_round_is_a_draft(
    context, open_screen, facilitator, named
):
    round_ = drafted(context, facilitator)
    at = open_screen(round_desk.render, facilitator, id=round_.id)
    (choice,) = [one for one in at.multiselect if one.label == JA.say("opening.choose")]
    choice.set_value([actor.person_id for actor in named])

    at = press(at, JA.say("opening.act_name"))

    assert not at.exception
    assert JA.say("opening.told_named", count=3) in [one.value for one in at.success]
    with context.database.read() as tx:
        found = [opener.person_id for opener in openers.of_round(tx, round_.id)]
    assert found == [actor.person_id for actor in named]


def test_an_opened_round_says_so_and_asks_for_nothing_more(
    context, clock, open_screen, facilitator, named
):
    round_ = closed(context, clock, facilitator, named)
    for place in range(2):
        give(context, round_, named[place], PASSPHRASES[place])
    close_due(context)

    at = open_screen(opening.render, named[2], id=round_.id)

    assert list(at.text_input) == []
    assert states(at)[2] == JA.say("opening.not_needed")
    assert JA.say("opening.stage.over") in [one.value for one in at.markdown]
