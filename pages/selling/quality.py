"""The quality criteria as a supplier answers them, and what the answers make of a price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from auctions.envelopes import OfferTerms
from auctions.scoring import Criterion, coefficient, effective_price
from pages.parts.visit import Visit


def ask(visit: Visit, criteria: Sequence[Criterion], key: str) -> dict[str, str]:
    """An answer to each criterion; what is not answered yet is left out."""
    chosen: dict[str, str] = {}
    for criterion in criteria:
        names = {answer.id: _answer(visit, criterion, answer.id) for answer in criterion.answers}
        answer = st.selectbox(
            visit.name(criterion),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=visit.say("selling.choose_answer"),
            key=f"{key} {criterion.id}",
            help=visit.say("selling.help.criterion"),
        )
        if answer is not None:
            chosen[criterion.id] = answer
    return chosen


def _answer(visit: Visit, criterion: Criterion, id: str) -> str:
    (answer,) = (answer for answer in criterion.answers if answer.id == id)
    return visit.speech.say(
        "selling.answer_earns", answer=visit.speech.name(answer), value=answer.value
    )


def worth(visit: Visit, criteria: Sequence[Criterion], terms: OfferTerms) -> str:
    """What the first step's price counts as, by all answers together."""
    own = coefficient(criteria, dict(terms.answers))
    price = effective_price(terms.steps[0].price_per_t, own)
    return visit.say(
        "selling.counts_as",
        coefficient=str(own),
        price_per_t=terms.steps[0].price_per_t,
        effective_per_t=price.numerator // price.denominator,
    )


def answered(visit: Visit, criteria: Sequence[Criterion], answers: Mapping[str, str]) -> list[str]:
    """Question and answer, a line each."""
    return [
        visit.say(
            "selling.answered",
            question=visit.speech.name(criterion),
            answer=_answer(visit, criterion, answers[criterion.id]),
        )
        for criterion in criteria
    ]
