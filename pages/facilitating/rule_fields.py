"""One portfolio rule, field by field, as the facilitator types it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from club.domain.attributes import WORDS, Attribute
from club.domain.lots import PREFECTURES, Label
from pages.facilitating.rule_reading import KINDS
from pages.parts import countries
from pages.parts.rule_words import value_words
from pages.parts.visit import Visit

OLDEST_VINTAGE = 2000
HARD_OR_SOFT = {True: "auction_terms.rule_form.is_hard", False: "auction_terms.rule_form.is_soft"}
Typed = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the catalogue has, to choose from."""

    programmes: Sequence[str]
    ratings: Sequence[str]


@dataclass(frozen=True, slots=True)
class Fields:
    """The widgets of one rule; `key` changes when a rule was added, and all are empty again."""

    visit: Visit
    key: str

    def of(self, field: str, label: str | None = None) -> dict[str, Any]:
        return {
            "label": label or self.visit.say(f"words.field.{field}"),
            "help": self.visit.say(f"auction_terms.rule_form.{field}"),
            "key": f"{self.key} {field}",
        }


def ask(visit: Visit, key: str, known: Known) -> Typed:
    at = Fields(visit, key)
    kind = st.segmented_control(
        **at.of("rule_kind"),
        options=KINDS,
        default=KINDS[0],
        format_func=lambda kind: visit.say(f"auction_terms.rule_kind.{kind}"),
    )
    typed: Typed = {"kind": kind or KINDS[0]}
    asked: dict[str, Callable[[], Typed]] = {
        "share": lambda: _share(at, known),
        "each": lambda: _each(at),
        "count": lambda: _count(at),
    }
    typed |= asked[typed["kind"]]()
    left, right = st.columns(2)
    typed["name"] = left.text_input(**at.of("rule_name"))
    typed["hard"] = right.radio(
        **at.of("hard"),
        options=[True, False],
        format_func=lambda hard: visit.say(HARD_OR_SOFT[hard]),
        horizontal=True,
    )
    return typed


def _share(at: Fields, known: Known) -> Typed:
    attributes = st.multiselect(
        **at.of("accepted"),
        options=list(Attribute),
        format_func=at.visit.speech.word,
        placeholder=at.visit.say("auction_terms.rule_form.choose"),
    )
    accepted = {attribute: _values(at, attribute, known) for attribute in attributes}
    left, right = st.columns(2)
    example = at.visit.say("auction_terms.rule_form.example_share")
    return {
        "accepted": accepted,
        "min_share": left.text_input(**at.of("min_share"), placeholder=example, live=True),
        "max_share": right.text_input(**at.of("max_share"), placeholder=example, live=True),
    }


def _values(at: Fields, attribute: Attribute, known: Known) -> Any:
    """The values of one attribute; a day is one date, all others are chosen from a list."""
    label = at.visit.speech.word(attribute)
    if attribute is Attribute.DELIVERED_BY:
        return st.date_input(**at.of(attribute.value, label), value=None)
    next_year = at.visit.context.now().year + 1
    options: dict[Attribute, Sequence[Any]] = {
        Attribute.PROGRAMME: known.programmes,
        Attribute.RATING: known.ratings,
        Attribute.COUNTRY: countries.codes(at.visit),
        Attribute.PREFECTURE: PREFECTURES,
        Attribute.VINTAGE: range(next_year, OLDEST_VINTAGE - 1, -1),
        Attribute.LABEL: list(Label),
    }
    return st.multiselect(
        **at.of(attribute.value, label),
        options=options.get(attribute) or [word.value for word in WORDS.get(attribute, ())],
        format_func=partial(value_words, at.visit, attribute),
        placeholder=at.visit.say("auction_terms.rule_form.choose"),
        accept_new_options=attribute in {Attribute.PROGRAMME, Attribute.RATING},
    )


def _each(at: Fields) -> Typed:
    left, right = st.columns(2)
    return {
        "each": left.radio(
            **at.of("each"),
            options=["supplier", "project"],
            format_func=lambda each: at.visit.say(f"auction_terms.each.{each}"),
            horizontal=True,
        ),
        "max_share": right.text_input(
            **at.of("max_share"),
            placeholder=at.visit.say("auction_terms.rule_form.example_share"),
            live=True,
        ),
    }


def _count(at: Fields) -> Typed:
    left, right = st.columns(2)
    return {
        "min_suppliers": left.number_input(
            **at.of("min_suppliers"), min_value=1, max_value=1_000, value=2, step=1
        ),
        "minimum_award_kg": right.text_input(
            **at.of("minimum_award_kg"),
            placeholder=at.visit.say("facilitating.form.placeholder_kg"),
        ),
    }
