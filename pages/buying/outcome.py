"""What a clearing brought: curves, awards, the price, and how to check it."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from club.operations.viewing.rounds import AwardRow, Outcome, RoundPage
from pages.parts import links
from pages.parts.curves import curves
from pages.parts.figures import figure
from pages.parts.tables import table
from pages.parts.visit import Visit


def show(visit: Visit, page: RoundPage, found: Outcome) -> None:
    st.subheader(visit.say("buying.outcome.title"))
    if not found.awards:
        st.info(visit.say("buying.outcome.nothing"), icon=":material/info:")
        _check(visit, page, found)
        return
    bought, price, companies = st.columns(3)
    figure(
        bought,
        visit.say("buying.outcome.bought"),
        visit.speech.kg(found.bought_kg),
        visit.say("buying.outcome.offered", offered_kg=found.offered_kg),
    )
    figure(
        price,
        visit.say("buying.outcome.price"),
        visit.speech.per_t(found.price.numerator // found.price.denominator) if found.price else "",
        _exactly(visit, found.price),
    )
    figure(
        companies,
        visit.say("buying.round.companies"),
        visit.say("buying.round.fewer_than_five")
        if found.participants is None
        else found.participants,
    )
    _limit(visit, found)
    curves(visit, supply=found.supply, demand=found.demand, bought_kg=found.bought_kg)
    table(
        visit,
        [_award(visit, row) for row in found.awards],
        name=f"awards-{page.row.round_.id}",
        csv_rows=[_award_csv(row) for row in found.awards],
    )
    if found.void:
        st.warning(visit.say("buying.outcome.void", count=found.void))
    _check(visit, page, found)


def _limit(visit: Visit, found: Outcome) -> None:
    """At which limit demand answered the price, and who took no part for its minimum."""
    if found.limit_per_t is None or found.demand_kg is None:
        return
    facts = {"limit_per_t": found.limit_per_t, "demand_kg": found.demand_kg}
    st.markdown(visit.say("buying.outcome.limit", **facts, bought_kg=found.bought_kg))
    if found.left:
        st.caption(visit.say("buying.outcome.left", count=found.left))


def _exactly(visit: Visit, price: Fraction | None) -> str | None:
    if price is None or price.denominator == 1:
        return None
    return visit.say("buying.outcome.exactly", ratio=f"{price.numerator}/{price.denominator}")


def _award(visit: Visit, row: AwardRow) -> dict[str, object]:
    speech = visit.speech
    return {
        speech.say("buying.outcome.project"): speech.name(row.project),
        speech.say("buying.outcome.supplier"): speech.text(row, "supplier"),
        speech.say("words.field.vintage"): row.lot.vintage or speech.say("words.not_stated"),
        speech.say("words.field.quantity_kg"): speech.kg(row.award.quantity_kg),
        speech.say("words.field.price_per_t"): speech.per_t(row.award.price_per_t),
        speech.say("buying.outcome.value"): speech.jpy(row.award.value_jpy),
    }


def _award_csv(row: AwardRow) -> dict[str, object]:
    return {
        "award": row.award.id,
        "project_ja": row.project.name_ja,
        "project_en": row.project.name_en,
        "programme": row.project.programme,
        "registry_number": row.project.registry_number,
        "supplier_ja": row.supplier_ja,
        "supplier_en": row.supplier_en,
        "vintage": row.lot.vintage,
        "quantity_kg": row.award.quantity_kg,
        "price_per_t": row.award.price_per_t,
        "value_jpy": row.award.value_jpy,
    }


def _check(visit: Visit, page: RoundPage, found: Outcome) -> None:
    with st.expander(visit.say("buying.check.title"), icon=":material/fact_check:"):
        st.markdown(visit.say("buying.check.text"))
        st.code(
            "\n".join(
                (
                    f"inputs  sha256 {found.inputs_hash}",
                    f"result  sha256 {found.result_hash}",
                    f"secret         {found.revealed_secret}",
                )
            ),
            language=None,
        )
    links.link(
        visit,
        "check",
        visit.say("checking.link"),
        icon=":material/fact_check:",
        id=page.row.round_.id,
    )
