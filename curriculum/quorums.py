"""Whether enough of an organisation's people have passed, in the roles asked for, and till when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What an organisation's people must have passed, how many of them, and in which roles."""

    module_ids: tuple[str, ...]
    people: int = 1
    people_by_role: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """Who qualifies, and what the quorum lacks, if anything."""

    qualified: tuple[str, ...]
    lacking_people: int
    lacking_by_role: tuple[tuple[str, int], ...]
    missing_modules_by_person: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_met(self) -> bool:
        return self.lacking_people == 0 and not self.lacking_by_role


def quorum(
    passes_by_person: Mapping[str, Collection[str]],
    roles_by_person: Mapping[str, Collection[str]],
    requirement: Requirement,
) -> Quorum:
    """Hold the organisation's people against the requirement.

    `passes_by_person` holds the ids of modules with a current pass, `roles_by_person` everybody
    of the organisation; whoever is not in it does not count. A person qualifies with all the
    modules, and counts in each of their roles.
    """
    missing = {
        person: tuple(id for id in requirement.module_ids if id not in passed)
        for person in sorted(roles_by_person)
        for passed in [frozenset(passes_by_person.get(person, ()))]
    }
    qualified = tuple(person for person, ids in missing.items() if not ids)
    lacking_by_role = (
        (role, wanted - sum(role in roles_by_person[person] for person in qualified))
        for role, wanted in requirement.people_by_role
    )
    return Quorum(
        qualified=qualified,
        lacking_people=max(0, requirement.people - len(qualified)),
        lacking_by_role=tuple((role, lacking) for role, lacking in lacking_by_role if lacking > 0),
        missing_modules_by_person=tuple((person, ids) for person, ids in missing.items() if ids),
    )


def indispensable(
    passes_by_person: Mapping[str, Collection[str]],
    roles_by_person: Mapping[str, Collection[str]],
    requirement: Requirement,
) -> tuple[str, ...]:
    """Name those whose leaving alone would break a quorum that is met; by id."""
    if not quorum(passes_by_person, roles_by_person, requirement).is_met:
        return ()
    return tuple(
        person
        for person in sorted(roles_by_person)
        if not quorum(
            passes_by_person,
            {other: roles for other, roles in roles_by_person.items() if other != person},
            requirement,
        ).is_met
    )


def breaks_at(
    expiries_by_person: Mapping[str, Mapping[str, datetime]],
    roles_by_person: Mapping[str, Collection[str]],
    requirement: Requirement,
) -> datetime | None:
    """When passes that lapse break a quorum that is met, if nobody passes anything more.

    `expiries_by_person` holds when each current pass lapses, by module. None where the quorum is
    not met, or rests on no pass.
    """
    moments = sorted({at for passes in expiries_by_person.values() for at in passes.values()})
    before = quorum(expiries_by_person, roles_by_person, requirement).is_met
    for moment in moments if before else ():
        left = {
            person: [id for id, expires_at in passes.items() if expires_at > moment]
            for person, passes in expiries_by_person.items()
        }
        if not quorum(left, roles_by_person, requirement).is_met:
            return moment
    return None
