"""Drafting a round, opening it for pledges, and cancelling it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from club.domain import auction_terms
from club.domain import rounds as rules
from club.domain.auction_terms import AuctionTerms
from club.domain.errors import InputRefused, PhaseRefused, TermsRefused
from club.domain.notices import NoticeKind
from club.domain.openers import has_openers
from club.domain.organisations import Actor, Role
from club.domain.rounds import Phase, Round, RoundTerms
from club.domain.units import read_text
from club.operations import naming, telling
from club.operations.context import Context
from club.operations.deed import begin
from club.operations.sealing import make_key
from club.store import openers, rounds
from curriculum.modules import Module

LONGEST_REASON = 1_000


def draft_round(context: Context, actor: Actor, *, request_id: str, terms: RoundTerms) -> Round:
    """Write down a round that only facilitators see until it is opened."""
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return rounds.get(deed.tx, deed.outcome_id)
        round_ = Round(id=context.new_id(), created_at=deed.at, created_by=deed.by, **_cells(terms))
        rounds.add(deed.tx, _checked(context.modules, round_))
        deed.done("round.drafted", round_.id, chain=round_.id, facts=_facts(round_))
        return round_


def edit_round(
    context: Context, actor: Actor, *, request_id: str, round_id: str, terms: RoundTerms
) -> Round:
    """Change a draft's terms; once opened, they stand."""
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return rounds.get(deed.tx, deed.outcome_id)
        draft = rounds.lock(deed.tx, round_id)
        if draft.phase is not Phase.DRAFT:
            raise PhaseRefused("wrong_phase", phase=draft.phase)
        round_ = _checked(context.modules, replace(draft, **_cells(terms)))
        rounds.change(deed.tx, round_)
        naming.release(deed.tx, round_)
        deed.done("round.edited", round_.id, chain=round_.id, facts=_facts(round_))
        return round_


def edit_auction(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    round_id: str,
    seen: AuctionTerms,
    auction: AuctionTerms,
) -> Round:
    """Change how a draft's auction runs, if it still is what the facilitator saw."""
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return rounds.get(deed.tx, deed.outcome_id)
        draft = rounds.lock(deed.tx, round_id)
        if draft.phase is not Phase.DRAFT:
            raise PhaseRefused("wrong_phase", phase=draft.phase)
        if draft.auction != seen:
            raise TermsRefused("changed_meanwhile")
        round_ = _checked(context.modules, replace(draft, auction=auction))
        rounds.change(deed.tx, round_)
        naming.release(deed.tx, round_)
        deed.done("round.edited", round_.id, chain=round_.id, facts=_facts(round_))
        return round_


def open_round(context: Context, actor: Actor, *, request_id: str, round_id: str) -> Round:
    """Open a draft for pledges: members, invited suppliers and openers are told.

    Its key is made now where the server keeps it; where openers will, as bidding opens.
    """
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return rounds.get(deed.tx, deed.outcome_id)
        draft = rounds.lock(deed.tx, round_id)
        round_ = rules.move(_checked(context.modules, draft), Phase.PLEDGING)
        if round_.pledging_closes_at <= deed.at:
            raise InputRefused("dates_out_of_order", field="pledging_closes_at")
        rounds.change(deed.tx, round_)
        facts = _facts(round_)
        if has_openers(round_):
            naming.require_named(deed.tx, round_)
        else:
            facts |= make_key(deed, round_.id)
        deed.done("round.opened", round_.id, chain=round_.id, facts=facts)
        telling.tell_members(deed, round_, NoticeKind.ROUND_OPENED)
        telling.tell_invited(deed, round_, NoticeKind.SUPPLIER_INVITED)
        naming.tell_named(deed, round_, openers.of_round(deed.tx, round_.id))
        return round_


def cancel_round(
    context: Context, actor: Actor, *, request_id: str, round_id: str, reason: str
) -> Round:
    """Call a round off before it settles; who knew of it is told why."""
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return rounds.get(deed.tx, deed.outcome_id)
        why = read_text(reason, field="reason", longest=LONGEST_REASON)
        before = rounds.lock(deed.tx, round_id)
        round_ = rules.move(before, Phase.CANCELLED)
        rounds.change(deed.tx, round_)
        openers.close(deed.tx, round_id)
        facts: dict[str, object] = {"phase": before.phase.value, "reason": why}
        deed.done("round.cancelled", round_.id, chain=round_.id, facts=facts)
        if before.phase is not Phase.DRAFT:
            telling.tell_everybody(deed, round_, NoticeKind.ROUND_CANCELLED, reason=why)
            telling.tell_office(deed, round_, NoticeKind.ROUND_CANCELLED, reason=why)
        return round_


def _checked(modules: Mapping[str, Module], round_: Round) -> Round:
    unknown = sorted(round_.required_modules - modules.keys())
    if unknown:
        raise InputRefused("unknown_choice", field="required_modules", typed=unknown[0])
    return rules.check(round_)


def _cells(terms: RoundTerms) -> dict[str, Any]:
    cells = {field.name: getattr(terms, field.name) for field in fields(terms)}
    return {name: cell for name, cell in cells.items() if name != "auction" or cell is not None}


def _facts(round_: Round) -> dict[str, object]:
    """The terms as the audit chain holds them: figures, choices and dates."""
    return {
        "goal_kg": round_.goal_kg,
        "minimum_kg": round_.minimum_kg,
        "maximum_kg": round_.maximum_kg,
        "member_minimum_kg": round_.member_minimum_kg,
        "member_maximum_kg": round_.member_maximum_kg,
        "ceiling_per_t": round_.ceiling_per_t,
        "fee_per_t": round_.fee_per_t,
        "tax_percent": round_.tax_percent,
        "when_short": round_.when_short.value,
        "prolong_days": round_.prolong_days,
        "required_modules": sorted(round_.required_modules),
        "quorum": round_.quorum,
        "people_by_duty": {duty.value: count for duty, count in round_.people_by_duty},
        "grants_grace": round_.grants_grace,
        "pledging_opens_at": round_.pledging_opens_at.isoformat(),
        "pledging_closes_at": round_.pledging_closes_at.isoformat(),
        "bidding_closes_at": round_.bidding_closes_at.isoformat(),
        "payment_days": round_.payment_days,
        "auction": auction_terms.facts(round_.auction),
    }
