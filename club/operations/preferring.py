"""What people choose for themselves."""

from __future__ import annotations

from dataclasses import replace

from club.domain.errors import InputRefused
from club.domain.organisations import Actor, Role
from club.i18n import LANGUAGES
from club.operations.context import Context
from club.operations.deed import begin
from club.store import people


def choose_language(context: Context, actor: Actor, language: str) -> None:
    """Remember the person's language, for the screens and for mail."""
    if language not in LANGUAGES:
        raise InputRefused("unknown_choice", field="language")
    with begin(context, actor, *Role) as deed:
        person = people.person(deed.tx, actor.person_id, lock=True)
        people.change_person(deed.tx, replace(person, language=language))
