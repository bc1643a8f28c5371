"""Drafting, opening and cancelling rounds, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from auctions import sealing
from club.domain.auction_terms import USUAL, AuctionTerms, Format
from club.domain.errors import InputRefused, NotAllowed, NotFound, PhaseRefused, TermsRefused
from club.domain.notices import NoticeKind
from club.domain.organisations import Duty, Kind, Role
from club.domain.rounds import Phase
from club.operations.opening import (
    cancel_round,
    draft_round,
    edit_auction,
    edit_round,
    open_round,
)
from club.store import journal, rounds
from tests.builders import NOON, colleague, join, move
from tests.markets import invite, pledging_round, round_terms, stored


def draft(context, facilitator, request_id="d1", **given):
    return draft_round(context, facilitator, request_id=request_id, terms=round_terms(**given))


def kinds(context, round_):
    with context.database.read() as tx:
        return [link.kind for link in journal.links(tx, round_.id)]


def told(context, actor):
    with context.database.read() as tx:
        return [notice.kind for notice in journal.notices_of(tx, actor.person_id)]


def test_a_draft_is_stored_and_drafting_twice_with_one_request_is_one_round(context, facilitator):
    first = draft(context, facilitator)
    again = draft(context, facilitator)

    assert again == first == stored(context, first)
    assert (first.phase, first.created_by) == (Phase.DRAFT, facilitator.person_id)
    with context.database.read() as tx:
        assert rounds.listed(tx) == [first]


def test_a_draft_can_be_edited_and_an_opened_round_cannot(context, facilitator):
    round_ = draft(context, facilitator)
    terms = round_terms(goal_kg=55_000)

    edited = edit_round(context, facilitator, request_id="e1", round_id=round_.id, terms=terms)
    opened = open_round(context, facilitator, request_id="o1", round_id=round_.id)
    with pytest.raises(PhaseRefused) as refusal:
        edit_round(context, facilitator, request_id="e2", round_id=round_.id, terms=terms)

    assert (edited.goal_kg, edited.id) == (55_000, round_.id)
    assert opened == replace(edited, phase=Phase.PLEDGING) == stored(context, round_)
    assert refusal.value.code == "wrong_phase"
    assert kinds(context, round_) == ["round.drafted", "round.edited", "round.opened"]


def test_opening_publishes_the_key_and_the_secrets_hash_and_keeps_both_secrets_in_the_keyring(
    context, facilitator
):
    round_ = pledging_round(context, facilitator)

    with context.database.read() as tx:
        key = rounds.key(tx, round_.id)
    private_key = context.keys.find(f"round-{round_.id}")
    secret = context.keys.find(f"round-secret-{round_.id}")

    assert key.public_key == sealing.round_keys(private_key).public
    assert key.secret_hash == sealing.secret_hash(secret).hex()
    assert key.revealed_secret is None


def test_members_and_invited_suppliers_hear_of_the_opening_and_nobody_else(context, facilitator):
    member, other = join(context), join(context)
    seller, uninvited = join(context, Kind.SUPPLIER), join(context, Kind.SUPPLIER)
    round_ = draft(context, facilitator)
    invite(context, facilitator, round_, seller)
    before = told(context, seller)

    open_round(context, facilitator, request_id="o1", round_id=round_.id)
    open_round(context, facilitator, request_id="o1", round_id=round_.id)

    assert before == []
    assert told(context, member) == told(context, other) == [NoticeKind.ROUND_OPENED]
    assert told(context, seller) == [NoticeKind.SUPPLIER_INVITED]
    assert told(context, uninvited) == told(context, facilitator) == []


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"quorum": 0}, "not_positive", "quorum"),
        ({"people_by_duty": ((Duty.LEGAL, 0),)}, "not_positive", "people_by_duty"),
        ({"people_by_duty": ((Duty.LEGAL, 1_001),)}, "too_large", "people_by_duty"),
        ({"people_by_duty": ((Duty.LEGAL, 1),) * 2}, "unknown_choice", "people_by_duty"),
        ({"goal_kg": 0}, "not_positive", "goal_kg"),
        ({"fee_per_t": -1}, "not_positive", "fee_per_t"),
        ({"tax_percent": 101}, "too_large", "tax_percent"),
        ({"minimum_kg": 100_001}, "minimum_above_quantity", "minimum_kg"),
        ({"maximum_kg": 99_999}, "minimum_above_quantity", "maximum_kg"),
        ({"member_minimum_kg": 100_001}, "minimum_above_quantity", "member_minimum_kg"),
        ({"bidding_closes_at": NOON}, "dates_out_of_order", "pledging_closes_at"),
        ({"required_modules": frozenset({"alchemy"})}, "unknown_choice", "required_modules"),
    ],
)
def test_terms_that_contradict_themselves_are_refused(context, facilitator, given, code, field):
    with pytest.raises(InputRefused) as refusal:
        draft(context, facilitator, **given)

    assert (refusal.value.code, refusal.value.facts["field"]) == (code, field)
    with context.database.read() as tx:
        assert rounds.listed(tx) == []


def test_a_draft_whose_pledging_would_be_over_cannot_be_opened(context, clock, facilitator):
    round_ = draft(context, facilitator)
    clock.at = round_.pledging_closes_at

    with pytest.raises(InputRefused) as refusal:
        open_round(context, facilitator, request_id="o1", round_id=round_.id)

    assert refusal.value.code == "dates_out_of_order"
    assert stored(context, round_).phase is Phase.DRAFT


def test_a_round_opens_once(context, facilitator):
    round_ = pledging_round(context, facilitator)

    with pytest.raises(PhaseRefused) as refusal:
        open_round(context, facilitator, request_id="o2", round_id=round_.id)

    assert refusal.value.code == "wrong_phase"


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.PLEDGING, Phase.BIDDING, Phase.CLEARING])
def test_a_round_can_be_cancelled_before_it_settles(context, facilitator, phase):
    round_ = move(context, draft(context, facilitator), phase)

    cancelled = cancel_round(
        context, facilitator, request_id="c1", round_id=round_.id, reason="市況の急変"
    )

    assert cancelled.phase is stored(context, round_).phase is Phase.CANCELLED
    with context.database.read() as tx:
        link = journal.links(tx, round_.id)[-1]
    assert (link.kind, link.facts["reason"]) == ("round.cancelled", "市況の急変")


@pytest.mark.parametrize("phase", [Phase.SETTLING, Phase.CLOSED, Phase.FAILED, Phase.CANCELLED])
def test_a_round_that_settles_or_has_ended_cannot_be_cancelled(context, facilitator, phase):
    round_ = move(context, draft(context, facilitator), phase)

    with pytest.raises(PhaseRefused):
        cancel_round(context, facilitator, request_id="c1", round_id=round_.id, reason="x")

    assert stored(context, round_).phase is phase


def test_of_a_cancelled_draft_nobody_hears_and_of_a_cancelled_round_everybody_with_the_reason(
    context, facilitator
):
    member, seller = join(context), join(context, Kind.SUPPLIER)
    quiet = draft(context, facilitator)
    cancel_round(context, facilitator, request_id="c1", round_id=quiet.id, reason="x")
    before = told(context, member)
    round_ = pledging_round(context, facilitator)
    invite(context, facilitator, round_, seller)

    cancel_round(context, facilitator, request_id="c2", round_id=round_.id, reason="y")

    assert before == []
    assert sorted(told(context, member)) == sorted(
        [NoticeKind.ROUND_OPENED, NoticeKind.ROUND_CANCELLED]
    )
    assert sorted(told(context, seller)) == sorted(
        [NoticeKind.SUPPLIER_INVITED, NoticeKind.ROUND_CANCELLED]
    )


def test_cancelling_without_a_reason_is_refused(context, facilitator):
    round_ = pledging_round(context, facilitator)

    with pytest.raises(InputRefused) as refusal:
        cancel_round(context, facilitator, request_id="c1", round_id=round_.id, reason=" ")

    assert (refusal.value.code, refusal.value.facts["field"]) == ("missing", "reason")


def test_only_facilitators_draft_open_and_cancel(context, facilitator):
    member = join(context)
    treasurer = colleague(context, facilitator, Role.TREASURER)
    round_ = draft(context, facilitator)

    for actor in (member, treasurer):
        with pytest.raises(NotAllowed):
            draft(context, actor, "x1")
        with pytest.raises(NotAllowed):
            open_round(context, actor, request_id="x2", round_id=round_.id)
        with pytest.raises(NotAllowed):
            cancel_round(context, actor, request_id="x3", round_id=round_.id, reason="x")

    assert kinds(context, round_) == ["round.drafted"]


def test_a_round_that_does_not_exist_is_not_found(context, facilitator):
    with pytest.raises(NotFound):
        open_round(context, facilitator, request_id="o1", round_id="nowhere")


def test_pledging_may_open_later_than_the_round(context, facilitator):
    later = NOON + timedelta(hours=5)

    round_ = pledging_round(context, facilitator, pledging_opens_at=later)

    assert (round_.phase, round_.pledging_opens_at) == (Phase.PLEDGING, later)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"payment_days": 10**9}, "too_large"),
        ({"prolong_days": 10**9}, "too_large"),
        ({"goal_kg": 10**19}, "too_large"),
        ({"name_en": ""}, "missing"),
        ({"name_ja": "あ" * 201}, "too_long"),
    ],
)
def test_what_no_round_could_end_with_is_refused_when_it_is_drafted(
    context, facilitator, given, code
):
    with pytest.raises(InputRefused) as refusal:
        draft(context, facilitator, **given)

    assert refusal.value.code == code


def test_texts_of_a_round_lose_what_no_database_holds(context, facilitator):
    kept = draft(context, facilitator, name_ja="第\x001回", purpose_en="a\ud800b")
    cancel_round(
        context, facilitator, request_id="c1", round_id=kept.id, reason="too\x00 early\ud800"
    )

    with context.database.read() as tx:
        stored = rounds.get(tx, kept.id)
        reason = rounds.ending_facts(tx, kept.id)["reason"]
    assert (stored.name_ja, stored.purpose_en, reason) == ("第1回", "ab", "too early")


LIVE = AuctionTerms(
    format=Format.DESCENDING, hard_end_at=NOON + timedelta(days=2, hours=1), decrement_per_t=50
)


def change_auction(context, actor, round_, auction, request_id="a1", seen=USUAL):
    return edit_auction(
        context, actor, request_id=request_id, round_id=round_.id, seen=seen, auction=auction
    )


def test_a_drafts_auction_is_changed_and_stays_when_the_rest_is_edited(context, facilitator):
    round_ = draft(context, facilitator)

    changed = change_auction(context, facilitator, round_, LIVE)
    assert change_auction(context, facilitator, round_, LIVE) == changed
    edit_round(
        context, facilitator, request_id="e1", round_id=round_.id, terms=round_terms(step_kg=10)
    )

    assert changed == replace(round_, auction=LIVE)
    assert stored(context, round_) == replace(round_, auction=LIVE, step_kg=10)
    with context.database.read() as tx:
        facts = [link.facts["auction"] for link in journal.links(tx, round_.id)]
    assert [each["format"] for each in facts] == ["sealed", "descending", "descending"]


def test_of_two_who_change_what_they_saw_the_second_is_told(context, facilitator):
    round_ = draft(context, facilitator)
    change_auction(context, facilitator, round_, LIVE)

    with pytest.raises(TermsRefused) as refusal:
        change_auction(context, facilitator, round_, AuctionTerms(explain_days=9), "a2")

    assert refusal.value.code == "changed_meanwhile"
    assert stored(context, round_).auction == LIVE


def test_terms_of_an_auction_that_contradict_the_round_are_refused(context, facilitator):
    round_ = draft(context, facilitator)

    with pytest.raises(InputRefused) as refusal:
        change_auction(context, facilitator, round_, replace(LIVE, hard_end_at=NOON))

    assert (refusal.value.code, refusal.value.facts["field"]) == (
        "dates_out_of_order",
        "hard_end_at",
    )
    assert stored(context, round_) == round_


def test_the_auction_of_an_opened_round_stands(context, facilitator):
    round_ = pledging_round(context, facilitator)

    with pytest.raises(PhaseRefused):
        change_auction(context, facilitator, round_, LIVE)
    assert stored(context, round_).auction == USUAL


@pytest.mark.parametrize("kind", [Kind.MEMBER, Kind.SUPPLIER])
def test_only_facilitators_change_an_auction(context, facilitator, kind):
    round_ = draft(context, facilitator)

    with pytest.raises(NotAllowed):
        change_auction(context, join(context, kind), round_, LIVE)
