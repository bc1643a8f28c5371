"""Naming a round's openers, until the key is dealt to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from club.domain import openers as rules
from club.domain.errors import InputRefused, PhaseRefused
from club.domain.notices import NoticeKind
from club.domain.openers import Opener
from club.domain.organisations import Actor, Organisation, Role
from club.domain.rounds import Phase, Round
from club.operations import telling
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.store import openers, people, rounds
from club.store.database import Connection


def name_openers(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    round_id: str,
    person_ids: Sequence[str],
) -> list[Opener]:
    """Name all who together can open the round's envelopes, in place of those named before.

    Until bidding opens; whoever stays keeps the passphrase that is set. Raises where the round
    has no openers, where they are too few or too many, or where one of them may not be one.
    """
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return openers.of_round(deed.tx, round_id)
        round_ = rounds.lock(deed.tx, round_id)
        if round_.phase not in rules.NAMING:
            raise PhaseRefused("wrong_phase", phase=round_.phase)
        if not rules.has_openers(round_):
            raise InputRefused("not_without_openers", field="openers")
        wanted = rules.check_named(person_ids, round_.auction.openers_needed or 0)
        _require_eligible(deed.tx, round_id, wanted)
        _name(deed, round_, wanted)
        wake(deed.tx, round_)
        facts: dict[str, object] = {"openers": wanted, "needed": round_.auction.openers_needed}
        deed.done("openers.named", round_id, chain=round_id, facts=facts)
        return openers.of_round(deed.tx, round_id)


def require_named(tx: Connection, round_: Round) -> None:
    """Refuse to open a round for pledges before it has the openers it needs."""
    if rules.has_openers(round_):
        named = [opener.person_id for opener in openers.of_round(tx, round_.id)]
        rules.check_named(named, round_.auction.openers_needed or 0)
        _require_eligible(tx, round_.id, named)


def release(tx: Connection, draft: Round) -> None:
    """Forget the openers of a draft that is not to be opened by any."""
    if not rules.has_openers(draft):
        openers.name(tx, draft.id, [])


def tell_named(deed: Deed, round_: Round, named: Sequence[Opener]) -> None:
    """Tell people that they are openers, and that a passphrase is waited for."""
    for opener in named:
        openers.change(deed.tx, replace(opener, told_at=deed.at))
        deed.tell(
            people.person(deed.tx, opener.person_id),
            NoticeKind.OPENER_NAMED,
            **telling.opener_facts(deed, round_),
            opening_days=round_.auction.opening_days,
        )


def lacking(tx: Connection, round_: Round) -> list[Opener]:
    """The openers without whom the key cannot be dealt: no passphrase, or no opener any more."""
    keys = openers.keys(tx, round_.id)
    invited = invited_suppliers(tx, round_.id)
    return [
        opener
        for opener in openers.of_round(tx, round_.id)
        if opener.person_id not in keys or not _is_eligible(tx, opener.person_id, invited)
    ]


def wake(tx: Connection, round_: Round) -> None:
    """Let the clock open bidding, where that waited for what has come meanwhile."""
    opening = openers.opening(tx, round_.id)
    if round_.phase is Phase.PLEDGING and opening.waits_until and not lacking(tx, round_):
        openers.change_opening(tx, replace(opening, waits_until=None))


def _name(deed: Deed, round_: Round, wanted: Sequence[str]) -> None:
    before = {opener.person_id: opener for opener in openers.of_round(deed.tx, round_.id)}
    named = [
        replace(before[id], place=place)
        if id in before
        else Opener(
            round_id=round_.id,
            person_id=id,
            place=place,
            named_at=deed.at,
            named_by=deed.by,
            told_at=deed.at,
        )
        for place, id in enumerate(wanted, start=1)
    ]
    openers.name(deed.tx, round_.id, named)
    if round_.phase is not Phase.DRAFT:
        tell_named(deed, round_, [opener for opener in named if opener.person_id not in before])
        for id in sorted(before.keys() - set(wanted)):
            person = people.person(deed.tx, id)
            deed.tell(person, NoticeKind.OPENER_RELEASED, **telling.round_facts(round_))


def _require_eligible(tx: Connection, round_id: str, person_ids: Sequence[str]) -> None:
    invited = invited_suppliers(tx, round_id)
    for id in person_ids:
        if not _is_eligible(tx, id, invited):
            name = people.person(tx, id).name
            raise InputRefused("not_an_opener", field="openers", person=name)


def _is_eligible(tx: Connection, person_id: str, invited: Sequence[Organisation]) -> bool:
    person = people.person(tx, person_id)
    return rules.is_eligible(person, people.organisation(tx, person.organisation_id), invited)


def invited_suppliers(tx: Connection, round_id: str) -> list[Organisation]:
    return [people.organisation(tx, id) for id in rounds.invited(tx, round_id)]
