"""What the clock does with a round that waits for its openers, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from club.domain.notices import NoticeKind
from club.domain.organisations import Kind, Standing
from club.domain.rounds import Phase, WhenShort
from club.i18n import LANGUAGES
from club.operations.awaiting import remind_openers
from club.operations.closing import close_due
from club.operations.notifying import words
from club.store import journal, openers, people, rounds
from tests.builders import join
from tests.ceremonies import PASSPHRASES, closed, give, name, opened, set_all, set_one, three
from tests.cleared import told
from tests.markets import AFTER, invite, pledge, stored

DAY = timedelta(days=1)


def counted(context, actor, kind):
    with context.database.read() as tx:
        return [n.kind for n in journal.notices_of(tx, actor.person_id)].count(kind)


def opening(context, round_):
    with context.database.read() as tx:
        return openers.opening(tx, round_.id)


def kinds(context, round_):
    with context.database.read() as tx:
        return [link.kind for link in journal.links(tx, round_.id)]


def over(context, clock, facilitator, named, ready, **given):
    """A round whose pledging has just ended, with so many passphrases set."""
    round_ = opened(context, facilitator, named, **given)
    set_all(context, round_, named[:ready])
    pledge(context, join(context), round_, 40_000)
    clock.at = round_.pledging_closes_at + AFTER
    return round_


def test_bidding_opens_with_a_key_nobody_holds_once_all_passphrases_are_set(
    context, clock, facilitator
):
    named = three(context, facilitator)
    round_ = over(context, clock, facilitator, named, ready=3)

    assert close_due(context) == [round_.id]

    with context.database.read() as tx:
        key = rounds.key(tx, round_.id)
        shares = openers.shares(tx, round_.id)
        links = journal.links(tx, round_.id)
    facts = links[-2].facts
    assert [link.kind for link in links[-2:]] == ["round.sealed", "bidding.opened"]
    assert stored(context, round_).phase is Phase.BIDDING
    assert [share.place for share in shares.values()] == [1, 2, 3]
    assert list(shares) == [actor.person_id for actor in named]
    assert facts["public_key"] == key.public_key.hex()
    assert facts["openers_needed"] == 2
    assert facts["shares"] == [
        {"opener": share.person_id, "commitment": share.commitment} for share in shares.values()
    ]
    names = {path.name for path in context.keys.folder.iterdir()}
    assert names == {f"round-secret-{round_.id}"}


def test_bidding_waits_while_a_passphrase_is_lacking_and_everybody_is_told_once(
    context, clock, facilitator
):
    named = three(context, facilitator)
    bystander, seller = join(context), join(context, Kind.SUPPLIER)
    round_ = opened(context, facilitator, named)
    invite(context, facilitator, round_, seller)
    set_all(context, round_, named[:2])
    pledge(context, join(context), round_, 40_000)
    clock.at = round_.pledging_closes_at + AFTER

    first = close_due(context)
    clock.forward(seconds=1)
    second = close_due(context)

    assert (first, second) == ([round_.id], [])
    assert stored(context, round_).phase is Phase.PLEDGING
    assert opening(context, round_).waits_until == round_.pledging_closes_at + 3 * DAY
    for actor in (bystander, seller, facilitator):
        assert counted(context, actor, NoticeKind.BIDDING_DELAYED) == 1
    assert counted(context, facilitator, NoticeKind.PASSPHRASE_LACKING) == 1
    assert counted(context, named[0], NoticeKind.PASSPHRASE_LACKING) == 0
    assert kinds(context, round_)[-1] == "bidding.delayed"


def test_with_the_last_passphrase_bidding_opens_and_lasts_as_long_as_announced(
    context, clock, facilitator
):
    named = three(context, facilitator)
    round_ = over(context, clock, facilitator, named, ready=2)
    close_due(context)
    clock.at = round_.pledging_closes_at + DAY

    set_one(context, round_, named[2], PASSPHRASES[2])
    moved = close_due(context)

    after = stored(context, round_)
    assert moved == [round_.id]
    assert after.phase is Phase.BIDDING
    assert after.bidding_closes_at == round_.bidding_closes_at + DAY
    assert opening(context, round_).waits_until is None


def test_an_opener_may_be_replaced_while_bidding_waits(context, clock, facilitator):
    named = three(context, facilitator)
    round_ = over(context, clock, facilitator, named, ready=2)
    close_due(context)

    name(context, facilitator, round_, named[:2])
    close_due(context)

    assert stored(context, round_).phase is Phase.BIDDING


def test_a_round_whose_openers_are_never_ready_fails_after_its_days(context, clock, facilitator):
    named = three(context, facilitator)
    round_ = over(context, clock, facilitator, named, ready=2)
    close_due(context)
    clock.at = round_.pledging_closes_at + 3 * DAY

    at_it = close_due(context)
    clock.at += AFTER
    after_it = close_due(context)

    assert (at_it, after_it) == ([], [round_.id])
    assert stored(context, round_).phase is Phase.FAILED
    with context.database.read() as tx:
        assert rounds.ending_facts(tx, round_.id)["reason"] == "openers_not_ready"
        assert rounds.key(tx, round_.id) is None
    for actor in (named[0], facilitator):
        assert NoticeKind.ROUND_FAILED in told(context, actor)


def test_an_opener_who_may_not_open_any_more_is_waited_for_until_that_has_changed(
    context, clock, facilitator
):
    named = three(context, facilitator)
    round_ = over(context, clock, facilitator, named, ready=3)
    with context.database.write() as tx:
        organisation = people.organisation(tx, named[0].organisation_id)
        people.change_organisation(tx, replace(organisation, standing=Standing.SUSPENDED))
    close_due(context)
    waited = stored(context, round_).phase
    with context.database.write() as tx:
        people.change_organisation(tx, organisation)

    remind_openers(context)
    close_due(context)

    assert waited is Phase.PLEDGING
    assert stored(context, round_).phase is Phase.BIDDING


def test_a_short_pool_is_prolonged_or_fails_whether_the_openers_are_ready_or_not(
    context, clock, facilitator
):
    named = three(context, facilitator)
    round_ = over(
        context,
        clock,
        facilitator,
        named,
        ready=0,
        goal_kg=90_000,
        minimum_kg=50_000,
        when_short=WhenShort.PROLONG,
    )
    close_due(context)
    prolonged = stored(context, round_)
    pledge(context, join(context), round_, 20_000)
    set_all(context, round_, named)
    clock.at = prolonged.pledging_closes_at + AFTER
    close_due(context)

    assert prolonged.was_prolonged
    assert stored(context, round_).phase is Phase.BIDDING


def test_a_passphrase_is_asked_for_daily_from_three_days_before_pledging_closes(
    context, clock, facilitator
):
    named = three(context, facilitator)
    round_ = opened(
        context,
        facilitator,
        named,
        pledging_closes_at=clock.at + 10 * DAY,
        bidding_closes_at=clock.at + 20 * DAY,
    )
    set_one(context, round_, named[0], PASSPHRASES[0])
    told_each_hour = []
    for _ in range(10 * 24):
        clock.forward(hours=1)
        told_each_hour.append(remind_openers(context))

    assert [hour + 1 for hour, count in enumerate(told_each_hour) if count] == [
        24 * 7,
        24 * 8,
        24 * 9,
        24 * 10,
    ]
    assert set(told_each_hour) == {0, 2}
    assert counted(context, named[0], NoticeKind.PASSPHRASE_LACKING) == 0
    assert counted(context, named[1], NoticeKind.PASSPHRASE_LACKING) == 4


def test_openers_are_asked_when_bidding_has_closed_and_the_missing_daily_until_it_is_open(
    context, clock, facilitator
):
    named = three(context, facilitator)
    round_ = closed(context, clock, facilitator, named)
    at_once = [counted(context, actor, NoticeKind.OPENING_ASKED) for actor in named]
    give(context, round_, named[0], PASSPHRASES[0])
    clock.forward(days=1)
    after_a_day = remind_openers(context)
    again = remind_openers(context)
    give(context, round_, named[1], PASSPHRASES[1])
    clock.forward(days=1)

    assert at_once == [1, 1, 1]
    assert (after_a_day, again) == (2, 0)
    assert remind_openers(context) == 0
    assert counted(context, named[0], NoticeKind.OPENING_ASKED) == 1


def test_too_few_by_the_end_and_the_round_fails_with_nothing_opened(context, clock, facilitator):
    named = three(context, facilitator)
    round_ = closed(context, clock, facilitator, named)
    give(context, round_, named[0], PASSPHRASES[0])
    clock.at = round_.bidding_closes_at + 3 * DAY

    at_it = close_due(context)
    clock.at += AFTER
    after_it = close_due(context)

    assert (at_it, after_it) == ([], [round_.id])
    assert stored(context, round_).phase is Phase.FAILED
    with context.database.read() as tx:
        shares = openers.shares(tx, round_.id).values()
        facts = rounds.ending_facts(tx, round_.id)
    assert {(share.ciphertext, share.given) for share in shares} == {(None, None)}
    assert (facts["reason"], facts["given"], facts["needed"]) == ("not_opened", 1, 2)
    for actor in (*named, facilitator):
        assert NoticeKind.ROUND_FAILED in told(context, actor)


def test_a_clock_that_comes_late_takes_none_of_the_openers_days(context, clock, facilitator):
    named = three(context, facilitator)
    round_ = opened(context, facilitator, named)
    set_all(context, round_, named)
    pledge(context, join(context), round_, 40_000)
    clock.at = round_.pledging_closes_at + AFTER
    close_due(context)
    clock.at = round_.bidding_closes_at + 10 * DAY

    close_due(context)

    assert opening(context, round_).waits_until == clock.at + 3 * DAY


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_of_a_ceremony_can_be_read_and_leads_to_where_it_is_done(
    context, clock, facilitator, language
):
    named = three(context, facilitator)
    round_ = over(context, clock, facilitator, named, ready=2)
    close_due(context)
    set_one(context, round_, named[2], PASSPHRASES[2])
    close_due(context)
    clock.at = stored(context, round_).bidding_closes_at + AFTER
    close_due(context)

    with context.database.read() as tx:
        notices = journal.notices_of(tx, facilitator.person_id)
        said = {n.kind: words(context, tx, replace(n, language=language)) for n in notices}
    asked = {NoticeKind.OPENER_NAMED, NoticeKind.PASSPHRASE_LACKING, NoticeKind.OPENING_ASKED}
    assert said.keys() >= asked | {NoticeKind.BIDDING_DELAYED}
    link = f"{context.settings.base_url}/opening?id={round_.id}"
    assert {said[kind].link for kind in asked} == {link}
    assert not any("{" in one.subject + one.body for one in said.values())
