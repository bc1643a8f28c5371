"""What the closing clock does, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from club.domain.notices import NoticeKind
from club.domain.organisations import Kind, Standing
from club.domain.pledges import PledgeState
from club.domain.rounds import Phase, WhenShort
from club.operations.closing import Waits, close_due
from club.operations.computing import compute
from club.store import clearings, journal, people, pledges, rounds
from tests.builders import join, move
from tests.markets import AFTER, a_market, invite, pledge, pledging_round, stored


def kinds_told(context, actor):
    with context.database.read() as tx:
        return sorted(notice.kind for notice in journal.notices_of(tx, actor.person_id))


def pledge_of(context, round_, member):
    with context.database.read() as tx:
        return pledges.of_organisation(tx, round_.id, member.organisation_id)


def test_pledging_closes_after_its_last_instant_and_not_at_it(context, clock, facilitator):
    round_ = pledging_round(context, facilitator)
    seller = join(context, Kind.SUPPLIER)
    invite(context, facilitator, round_, seller)
    member = join(context)
    pledge(context, member, round_, 20_000)
    clock.at = round_.pledging_closes_at

    at_it = close_due(context)
    clock.at += AFTER
    after_it = close_due(context)
    again = close_due(context)

    assert (at_it, after_it, again) == ([], [round_.id], [])
    assert stored(context, round_).phase is Phase.BIDDING
    assert NoticeKind.BIDDING_OPENED in kinds_told(context, seller)
    assert NoticeKind.BIDDING_OPENED not in kinds_told(context, member)


def test_a_pool_below_the_minimum_fails_and_everybody_is_told(context, clock, facilitator):
    round_ = pledging_round(context, facilitator)
    seller, member, bystander = join(context, Kind.SUPPLIER), join(context), join(context)
    invite(context, facilitator, round_, seller)
    pledge(context, member, round_, 9_999)
    clock.at = round_.pledging_closes_at + AFTER

    assert close_due(context) == [round_.id]

    assert stored(context, round_).phase is Phase.FAILED
    for actor in (seller, member, bystander):
        assert NoticeKind.ROUND_FAILED in kinds_told(context, actor)


def test_a_short_round_is_prolonged_once_with_pledges_and_proposals_kept(
    context, clock, facilitator
):
    round_ = pledging_round(context, facilitator, when_short=WhenShort.PROLONG, prolong_days=3)
    member, proposer = join(context), join(context, needs_approval=True)
    pledge(context, member, round_, 5_000)
    pledge(context, proposer, round_, 5_000)
    clock.at = round_.pledging_closes_at + AFTER

    first = close_due(context)
    prolonged = stored(context, round_)
    kept = [pledge_of(context, round_, actor).state for actor in (member, proposer)]
    clock.at = prolonged.pledging_closes_at + AFTER
    second = close_due(context)

    assert (first, second) == ([round_.id], [round_.id])
    assert (prolonged.phase, prolonged.was_prolonged) == (Phase.PLEDGING, True)
    assert prolonged.pledging_closes_at == round_.pledging_closes_at + timedelta(days=3)
    assert kept == [PledgeState.PLACED, PledgeState.PROPOSED]
    assert stored(context, round_).phase is Phase.FAILED
    assert kinds_told(context, member).count(NoticeKind.ROUND_PROLONGED) == 1


def test_what_no_longer_holds_falls_out_with_its_reason_and_does_not_count(
    context, clock, facilitator
):
    round_ = pledging_round(context, facilitator)
    holds, suspended, small, proposed = (
        join(context),
        join(context),
        join(context),
        join(context, needs_approval=True),
    )
    for member in (holds, suspended, proposed):
        pledge(context, member, round_, 10_000)
    pledge(context, small, round_, 200)
    with context.database.write() as tx:
        organisation = people.organisation(tx, suspended.organisation_id)
        people.change_organisation(tx, replace(organisation, standing=Standing.SUSPENDED))
        rounds.change(tx, replace(rounds.get(tx, round_.id), member_minimum_kg=500))
    clock.at = round_.pledging_closes_at + AFTER

    close_due(context)

    outcome = {
        name: (found.state, found.reason)
        for name, member in {
            "holds": holds,
            "suspended": suspended,
            "small": small,
            "proposed": proposed,
        }.items()
        for found in [pledge_of(context, round_, member)]
    }
    assert outcome == {
        "holds": (PledgeState.PLACED, None),
        "suspended": (PledgeState.FELL_OUT, "organisation_not_approved"),
        "small": (PledgeState.FELL_OUT, "below_member_minimum"),
        "proposed": (PledgeState.FELL_OUT, "needs_another_person"),
    }
    assert stored(context, round_).phase is Phase.BIDDING
    for member in (suspended, small, proposed):
        assert NoticeKind.PLEDGE_FELL_OUT in kinds_told(context, member)
    with context.database.read() as tx:
        assert pledges.pooled(tx, round_.id) == (10_000, 1)
        history = pledges.history(tx, pledge_of(context, round_, small).id)
    assert [state.state for state in history] == [PledgeState.PLACED, PledgeState.FELL_OUT]


def test_a_pass_that_is_missing_at_closing_lets_the_pledge_fall_out(context, clock, facilitator):
    round_ = pledging_round(context, facilitator)
    member = join(context)
    pledge(context, member, round_, 20_000)
    required = frozenset({next(iter(context.modules))})
    with context.database.write() as tx:
        rounds.change(tx, replace(rounds.get(tx, round_.id), required_modules=required))
    clock.at = round_.pledging_closes_at + AFTER

    close_due(context)

    fallen = pledge_of(context, round_, member)
    assert (fallen.state, fallen.reason) == (PledgeState.FELL_OUT, "module_not_passed")
    assert stored(context, round_).phase is Phase.FAILED


def test_who_came_to_belong_to_an_invited_supplier_falls_out_at_closing(
    context, clock, facilitator
):
    round_ = pledging_round(context, facilitator)
    seller, member, other = join(context, Kind.SUPPLIER), join(context), join(context)
    for each in (member, other):
        pledge(context, each, round_, 20_000)
    invite(context, facilitator, round_, seller)
    with context.database.write() as tx:
        bought = people.organisation(tx, member.organisation_id)
        family = replace(bought, affiliated_with=seller.organisation_id)
        people.change_organisation(tx, family)
    clock.at = round_.pledging_closes_at + AFTER

    close_due(context)

    fallen, left = pledge_of(context, round_, member), pledge_of(context, round_, other)
    assert (fallen.state, fallen.reason) == (PledgeState.FELL_OUT, "buyer_and_seller")
    assert left.state is PledgeState.PLACED


def test_a_round_that_cannot_be_cleared_is_tried_ever_less_often_and_others_go_on(
    context, clock, facilitator
):
    sick, _, _ = a_market(context, facilitator, [(20_000, None, 0)], [(30_000, 4_000, 0)])
    well, _, _ = a_market(context, facilitator, [(20_000, None, 0)], [(30_000, 4_000, 0)])
    clock.at = sick.bidding_closes_at + AFTER
    waits, tried, moved = Waits(), [], []

    def engine(task):
        if task.inputs["round"] == well.id:
            return compute(task)
        tried.append(clock.at)
        raise MemoryError

    for _ in range(31):
        moved += close_due(context, engine, waits)
        clock.forward(seconds=1)
    clock.forward(minutes=5)
    healed = close_due(context, compute, waits)

    assert [(later - earlier).seconds for earlier, later in pairwise(tried)] == [2, 4, 8, 16]
    assert (moved, healed) == ([well.id], [sick.id])


def test_no_wait_is_longer_than_five_minutes():
    waits, at = Waits(), datetime(2026, 11, 22, tzinfo=UTC)
    for _ in range(100):
        waits.lengthen("r", at)

    assert not waits.is_over("r", at + timedelta(minutes=5) - AFTER)
    assert waits.is_over("r", at + timedelta(minutes=5))
    assert waits.is_over("another", at)


def test_a_round_goes_from_pledges_to_awards_by_the_clock_alone(context, clock, facilitator):
    round_, _, _ = a_market(context, facilitator, [(20_000, None, 0)], [(30_000, 4_000, 0)])
    clock.at = round_.bidding_closes_at

    at_it = close_due(context)
    clock.at += AFTER
    after_it = close_due(context)

    assert (at_it, after_it) == ([], [round_.id])
    assert stored(context, round_).phase is Phase.SETTLING


def test_trouble_in_one_round_is_logged_and_does_not_stop_the_others(
    context, clock, facilitator, capsys
):
    sick, _, _ = a_market(context, facilitator, [(20_000, None, 0)], [(30_000, 4_000, 0)])
    well, _, _ = a_market(context, facilitator, [(20_000, None, 0)], [(30_000, 4_000, 0)])
    clock.at = sick.bidding_closes_at + AFTER

    def engine(task):
        if task.inputs["round"] == sick.id:
            raise MemoryError
        return compute(task)

    moved = close_due(context, engine)
    phases = stored(context, sick).phase, stored(context, well).phase
    later = close_due(context)

    assert (moved, later) == ([well.id], [sick.id])
    assert phases == (Phase.CLEARING, Phase.SETTLING)
    told = "".join(capsys.readouterr())
    assert "round_not_closed" in told
    assert sick.id in told
    assert context.keys.find(f"round-{sick.id}").hex() not in told


def test_many_hosts_at_once_close_once(context, clock, facilitator):
    short = pledging_round(context, facilitator, when_short=WhenShort.PROLONG)
    due, _, _ = a_market(context, facilitator, [(20_000, None, 0)], [(30_000, 4_000, 0)])
    clock.at = due.bidding_closes_at + AFTER

    with ThreadPoolExecutor(6) as threads:
        moved = [id for ids in threads.map(lambda _: close_due(context), range(6)) for id in ids]

    assert moved.count(due.id) == 1
    assert stored(context, due).phase is Phase.SETTLING
    assert stored(context, short).was_prolonged
    with context.database.read() as tx:
        kinds = [link.kind for link in journal.links(tx, short.id)]
        assert len(clearings.awards_of_round(tx, due.id)) == 1
    assert kinds.count("round.prolonged") == 1


def test_what_is_over_or_not_yet_open_is_left_alone(context, clock, facilitator):
    round_ = pledging_round(context, facilitator)
    clock.at = round_.bidding_closes_at + AFTER

    for phase in (Phase.DRAFT, Phase.SETTLING, Phase.CLOSED, Phase.CANCELLED, Phase.FAILED):
        move(context, round_, phase)
        assert close_due(context) == []
        assert stored(context, round_).phase is phase
