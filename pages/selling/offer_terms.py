"""The three numbers of an offer: asked for, read, and said back while they are typed."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from club.domain.errors import ClubError
from club.domain.offers import OfferTerms, require_terms
from club.domain.rounds import Round
from club.domain.units import KG_PER_T, read_kg, read_per_t
from club.operations.viewing.market import MyLot
from club.operations.viewing.rounds import RoundPage
from pages.parts import forms
from pages.parts.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    quantity: str
    price: str
    minimum: str


def form_of(round_: Round) -> str:
    return f"offer {round_.id}"


def ask(visit: Visit, form: str) -> Typed:
    """The fields keep their text until the offer is sealed."""
    request_id = forms.request_id(form)

    def line(field: str) -> str:
        return st.text_input(
            visit.say(f"selling.field.{field}"),
            placeholder=visit.say(f"selling.example.{field}"),
            help=visit.say(f"selling.help.{field}"),
            key=f"{form} {field} {request_id}",
            live=True,
        )

    return Typed(
        quantity=line("quantity_kg"), price=line("price_per_t"), minimum=line("minimum_kg")
    )


def read(typed: Typed, page: RoundPage, chosen: MyLot) -> OfferTerms:
    """The terms as typed; refused like the club would refuse them, before they are sealed."""
    price_per_t = read_per_t(typed.price, field="price_per_t")
    terms = OfferTerms(
        quantity_kg=read_kg(typed.quantity, field="quantity_kg"),
        price_per_t=price_per_t or 0,
        minimum_kg=read_kg(typed.minimum, field="minimum_kg", optional=True),
    )
    elsewhere_kg = chosen.lot.quantity_kg - chosen.left_kg
    require_terms(page.row.round_, chosen.lot, terms, elsewhere_kg=elsewhere_kg, at=page.now)
    return terms


def restate(visit: Visit, typed: Typed, page: RoundPage, chosen: MyLot) -> None:
    """What the numbers come to: always two lines, so that the button stays in its place."""
    with st.container(border=True, gap="small"):
        if not (typed.quantity.strip() and typed.price.strip()):
            st.markdown(visit.say("selling.value_of_nothing"))
            st.caption(visit.say("selling.value_hint"))
            return
        try:
            terms = read(typed, page, chosen)
        except ClubError as error:
            st.markdown(f":material/block: {visit.refusal(error)}")
            return
        st.markdown(value(visit, terms))
        st.caption(minimum(visit, terms))


def value(visit: Visit, terms: OfferTerms) -> str:
    """What the club would pay for all of it, as the award would say it."""
    return visit.say(
        "selling.value_of",
        quantity_kg=terms.quantity_kg,
        price_per_t=terms.price_per_t,
        value_jpy=terms.quantity_kg * terms.price_per_t // KG_PER_T,
    )


def minimum(visit: Visit, terms: OfferTerms) -> str:
    if terms.minimum_kg == 0:
        return visit.say("selling.any_part")
    if terms.minimum_kg == terms.quantity_kg:
        return visit.say("selling.all_or_nothing", quantity_kg=terms.quantity_kg)
    return visit.say("selling.at_least", minimum_kg=terms.minimum_kg)
