"""One person's visit: who they are, what they read, and how things are said to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import streamlit as st

from club.domain.errors import ClubError
from club.domain.organisations import Actor, Organisation, Person, Role
from club.i18n import Speech
from club.operations.context import Context

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^=&])")


def plain(text: str) -> str:
    """Text from people or data, so that Markdown shows it as it is and loads nothing."""
    return _MARKDOWN.sub(r"\\\1", text)


@dataclass(frozen=True)
class Visit:
    """Made anew for every run; holds no right that the operations would not check again."""

    context: Context
    speech: Speech
    actor: Actor
    person: Person
    organisation: Organisation

    def say(self, id: str, **facts: object) -> str:
        """A sentence for Markdown: what people typed is shown as it is."""
        shown = {name: plain(fact) if type(fact) is str else fact for name, fact in facts.items()}
        return self.speech.say(id, **shown)

    def name(self, thing: object) -> str:
        """A thing's own name in the reader's language, safe for Markdown."""
        return plain(self.speech.name(thing))  # type: ignore[arg-type]  # anything with both names

    def text(self, thing: object, stem: str) -> str:
        return plain(self.speech.text(thing, stem))

    def has(self, *roles: Role) -> bool:
        return self.actor.has(*roles)

    def refuse(self, error: ClubError) -> None:
        """Say why not, and what to do; nothing was stored."""
        st.error(self.refusal(error), icon=":material/block:")

    def refusal(self, error: ClubError) -> str:
        """Why not; with the field where one is named, and its place among several such fields."""
        facts = dict(error.facts)
        field, place = facts.pop("field", None), facts.pop("place", None)
        sentence = self.say(f"errors.{error.code}", **facts)
        if field is None:
            return sentence
        name = self.say(f"words.field.{field}")
        if place is not None:
            name = self.speech.say("errors.at_place", place=plain(str(place)), field=name)
        return self.speech.say("errors.at_field", field=name, sentence=sentence)
