"""An offer's terms: asked for, read, and said back while they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from auctions.envelopes import MOST_STEPS, OfferTerms, Step
from auctions.scoring import Criterion
from club.domain.errors import ClubError, InputRefused
from club.domain.offers import require_terms
from club.domain.rounds import Round
from club.domain.units import KG_PER_T, read_kg, read_per_t
from club.operations.viewing.market import MyLot
from club.operations.viewing.rounds import RoundPage
from pages.parts import forms
from pages.parts.visit import Visit
from pages.selling import quality


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    steps: tuple[tuple[str, str], ...]
    """Quantity and price of each step."""
    minimum: str
    answers: Mapping[str, str]

    @property
    def is_begun(self) -> bool:
        return all(cell.strip() for cell in self.steps[0])


def form_of(round_: Round) -> str:
    return f"offer {round_.id}"


def ask(visit: Visit, form: str, criteria: tuple[Criterion, ...]) -> Typed:
    """The fields keep their text until the offer is sealed."""
    request_id = forms.request_id(form)
    count = int(st.session_state.setdefault(f"{form} steps {request_id}", 1))
    steps = tuple(_step(visit, form, place, count) for place in range(count))
    _more_or_fewer(visit, form, count)
    minimum = _line(visit, form, "minimum_kg")
    return Typed(
        steps=steps,
        minimum=minimum,
        answers=quality.ask(visit, criteria, f"{form} answer {request_id}"),
    )


def _step(visit: Visit, form: str, place: int, count: int) -> tuple[str, str]:
    """One step's two fields; only where there are several is it numbered."""
    number = visit.say("selling.step_number", number=place + 1) if count > 1 else ""
    left, right = st.columns(2)
    with left:
        quantity = _line(visit, form, "quantity_kg", number=number, place=place)
    with right:
        price = _line(visit, form, "price_per_t", number=number, place=place)
    return quantity, price


def _line(visit: Visit, form: str, field: str, *, number: str = "", place: int = 0) -> str:
    label = visit.say(f"selling.field.{field}")
    step = f" {place}" if place else ""
    return st.text_input(
        f"{number} {label}".strip(),
        placeholder=visit.say(f"selling.example.{field}"),
        help=visit.say(f"selling.help.{field}"),
        key=f"{form} {field}{step} {forms.request_id(form)}",
        live=True,
    )


def _more_or_fewer(visit: Visit, form: str, count: int) -> None:
    """Buttons that add a step at a higher price, or take the last away."""
    key = f"{form} steps {forms.request_id(form)}"

    def put(steps: int) -> None:
        st.session_state[key] = steps

    with st.container(horizontal=True):
        if count < MOST_STEPS:
            st.button(
                visit.say("selling.add_step"),
                icon=":material/add:",
                type="tertiary",
                key=f"{form} more",
                on_click=put,
                args=(count + 1,),
                help=visit.say("selling.help.steps"),
            )
        if count > 1:
            st.button(
                visit.say("selling.remove_step", number=count),
                icon=":material/remove:",
                type="tertiary",
                key=f"{form} fewer",
                on_click=put,
                args=(count - 1,),
            )


def read(typed: Typed, page: RoundPage, chosen: MyLot) -> OfferTerms:
    """The terms as typed; refused like the club would refuse them, before they are sealed."""
    several = len(typed.steps) > 1
    terms = OfferTerms(
        steps=tuple(
            _read_step(cells, place if several else 0)
            for place, cells in enumerate(typed.steps, start=1)
        ),
        minimum_kg=read_kg(typed.minimum, field="minimum_kg", optional=True),
        answers=tuple(sorted(typed.answers.items())),
    )
    elsewhere_kg = chosen.lot.quantity_kg - chosen.left_kg
    require_terms(page.row.round_, chosen.lot, terms, elsewhere_kg=elsewhere_kg, at=page.now)
    return terms


def _read_step(cells: tuple[str, str], place: int) -> Step:
    """One step; where there are several, a refusal says which."""
    try:
        quantity_kg = read_kg(cells[0], field="quantity_kg")
        price_per_t = read_per_t(cells[1], field="price_per_t")
    except InputRefused as error:
        if place:
            error.facts["place"] = f"#{place}"
        raise
    return Step(quantity_kg=quantity_kg, price_per_t=price_per_t or 0)


def restate(visit: Visit, typed: Typed, page: RoundPage, chosen: MyLot) -> None:
    """What the numbers come to, said while they are typed."""
    with st.container(border=True, gap="small"):
        if not typed.is_begun:
            st.markdown(visit.say("selling.value_of_nothing"))
            st.caption(visit.say("selling.value_hint"))
            return
        try:
            terms = read(typed, page, chosen)
        except ClubError as error:
            st.markdown(f":material/block: {visit.refusal(error)}")
            return
        criteria = page.row.round_.auction.criteria
        for line in value(visit, terms):
            st.markdown(line)
        if criteria:
            st.markdown(quality.worth(visit, criteria, terms))
        st.caption(minimum(visit, terms))


def value(visit: Visit, terms: OfferTerms) -> list[str]:
    """What the club would pay for all of it, step by step, as the awards would say it."""
    lines = [
        visit.say(
            "selling.value_of",
            quantity_kg=step.quantity_kg,
            price_per_t=step.price_per_t,
            value_jpy=step.quantity_kg * step.price_per_t // KG_PER_T,
        )
        for step in terms.steps
    ]
    if len(lines) == 1:
        return lines
    total_jpy = sum(step.quantity_kg * step.price_per_t // KG_PER_T for step in terms.steps)
    facts = {"quantity_kg": terms.quantity_kg, "value_jpy": total_jpy}
    return [*lines, visit.say("selling.value_in_all", **facts)]


def minimum(visit: Visit, terms: OfferTerms) -> str:
    if terms.minimum_kg == 0:
        return visit.say("selling.any_part")
    if terms.minimum_kg == terms.quantity_kg:
        return visit.say("selling.all_or_nothing", quantity_kg=terms.quantity_kg)
    return visit.say("selling.at_least", minimum_kg=terms.minimum_kg)
