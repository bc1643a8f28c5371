"""Where a story is played: a context on a clock that the script sets, and who acts in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from club.demo.files import PersonPage
from club.domain.organisations import Actor, Kind, Person, Role
from club.operations.context import Context
from club.operations.founding import NewPerson
from club.store.database import Connection

OPERATOR = "operator"
"""The key of the club's own people."""
A_MOMENT = timedelta(seconds=1)


@dataclass(slots=True)
class ScriptClock:
    """Stands where the script put it, a second later at each look; it never goes back."""

    at: datetime

    def __call__(self, _tx: Connection) -> datetime:
        self.at += A_MOMENT
        return self.at

    def put(self, at: datetime) -> None:
        if at < self.at:
            raise ValueError(f"the script goes back from {self.at} to {at}")
        self.at = at


@dataclass(slots=True)
class Stage:
    context: Context
    clock: ScriptClock
    cast: dict[str, list[Actor]] = field(default_factory=dict)
    """People by the key of their organisation."""

    def enter(self, key: str, kind: Kind, persons: Iterable[Person]) -> None:
        self.cast[key] = [
            Actor(
                person_id=person.id,
                organisation_id=person.organisation_id,
                kind=kind,
                roles=person.roles,
            )
            for person in persons
        ]

    def actor(self, key: str, role: Role) -> Actor:
        """The first of the organisation who holds the role."""
        return next(actor for actor in self.cast[key] if actor.has(role))

    @property
    def facilitator(self) -> Actor:
        return self.actor(OPERATOR, Role.FACILITATOR)

    @property
    def treasurer(self) -> Actor:
        return self.actor(OPERATOR, Role.TREASURER)

    def organisation_id(self, key: str) -> str:
        return self.cast[key][0].organisation_id

    def request(self) -> str:
        """A new request's id."""
        return self.context.new_id()


def set_stage(context: Context, at: datetime) -> Stage:
    clock = ScriptClock(at)
    return Stage(replace(context, clock=clock), clock)


def new_people(pages: Iterable[PersonPage]) -> list[NewPerson]:
    return [
        NewPerson(name=page.name, email=page.email, language=page.language, roles=page.roles)
        for page in pages
    ]
