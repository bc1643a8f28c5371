"""What a person answers for at their company, as the company or a facilitator writes it down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from club.domain.errors import InputRefused, NotFound
from club.domain.organisations import Actor, Duty, Kind, Person, Role
from club.operations.context import Context
from club.operations.deed import begin
from club.store import journal, people


def change_duties(
    context: Context, actor: Actor, *, request_id: str, person_id: str, duties: Iterable[Duty]
) -> Person:
    """Write down that a member's person answers for these and nothing else.

    Facilitators do it for anybody, approvers for the people of their own organisation. Raises
    NotFound for another's person, InputRefused where the person belongs to no member.
    """
    with begin(context, actor, Role.FACILITATOR, Role.APPROVER, request_id=request_id) as deed:
        before = people.person(deed.tx, person_id, lock=True)
        if not _may_write(deed.actor, before):
            raise NotFound
        if deed.outcome_id is not None:
            return before
        if people.organisation(deed.tx, before.organisation_id).kind is not Kind.MEMBER:
            raise InputRefused("unknown_choice", field="duties")
        after = replace(before, duties=frozenset(duties))
        people.change_person(deed.tx, after)
        facts: dict[str, object] = {"duties": sorted(duty.value for duty in after.duties)}
        deed.done("person.duties_changed", after.id, chain=journal.CLUB, facts=facts)
        return after


def _may_write(actor: Actor | None, person: Person) -> bool:
    if actor is None:
        return False
    return actor.kind is Kind.OPERATOR or actor.organisation_id == person.organisation_id
