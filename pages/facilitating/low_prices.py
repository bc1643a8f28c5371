"""Low prices: what they are compared with, what the supplier says, and the decision on it."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from club.domain.flags import LONGEST_REASON
from club.domain.organisations import Role
from club.operations.justifying import decide_on_price
from club.operations.viewing.low_prices import LowPrice, low_prices
from pages.parts import forms, low_price
from pages.parts.phases import countdown
from pages.parts.tables import table
from pages.parts.visit import Visit, plain


def render(visit: Visit) -> None:
    st.title(visit.say("menu.low_prices"))
    found = forms.read(visit, lambda: low_prices(visit.context, visit.actor))
    if found is None:
        return
    st.caption(low_price.rule(visit))
    open_ = [row for row in found.rows if row.flag.is_open]
    if not open_:
        st.info(visit.say("low_prices.none_open"), icon=":material/check:")
    for row in open_:
        with st.container(border=True):
            _open(visit, row, found.now)
    _settled(visit, [row for row in found.rows if not row.flag.is_open])


def _supplier(visit: Visit, row: LowPrice) -> str:
    return visit.speech.text(row, "supplier")


def _open(visit: Visit, row: LowPrice, now: datetime) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{visit.name(row.project)}**", width="content")
        low_price.badge(visit, row.flag)
    st.caption(
        visit.say(
            "low_prices.of_supplier",
            supplier=_supplier(visit, row),
            round_name=visit.speech.name(row.round_),
            quantity_kg=row.quantity_kg,
            value_jpy=row.value_jpy,
        )
    )
    low_price.figures(visit, row.flag)
    if row.flag.explanation is None:
        until = countdown(visit, row.flag.explain_by_at, now)
        st.markdown(visit.say("low_prices.awaited", until=until))
        return
    st.markdown(visit.say("low_prices.says", explained_at=row.flag.explained_at))
    st.markdown("> " + plain(row.flag.explanation).replace("\n", "  \n> "))
    if visit.has(Role.FACILITATOR):
        with st.container(horizontal=True):
            _accept(visit, row)
            _refuse(visit, row)


def _accept(visit: Visit, row: LowPrice) -> None:
    if not st.button(
        visit.say("low_prices.accept"),
        key=f"ask accept {row.flag.award_id}",
        type="primary",
        icon=":material/check:",
    ):
        return
    facts = {"supplier": _supplier(visit, row), "quantity_kg": row.quantity_kg}
    forms.confirm(
        visit,
        f"accept {row.flag.award_id}",
        title=visit.say("low_prices.accept"),
        restated=[
            visit.say("low_prices.accepts", **facts, price_per_t=row.flag.price_per_t),
            visit.say("low_prices.then_invoiced", round_name=visit.speech.name(row.round_)),
        ],
        act=visit.say("low_prices.accept_act", quantity_kg=row.quantity_kg),
        deed=lambda request_id: decide_on_price(
            visit.context,
            visit.actor,
            request_id=request_id,
            award_id=row.flag.award_id,
            seen_at=row.flag.explained_at,
            accepts=True,
        ),
        told=lambda _: visit.say("low_prices.is_accepted", **facts),
    )


def _refuse(visit: Visit, row: LowPrice) -> None:
    if not st.button(
        visit.say("low_prices.refuse"),
        key=f"ask refuse {row.flag.award_id}",
        icon=":material/block:",
    ):
        return
    form = f"refuse {row.flag.award_id}"
    facts = {"supplier": _supplier(visit, row), "quantity_kg": row.quantity_kg}

    @st.dialog(visit.say("low_prices.refuse"))
    def dialog() -> None:
        st.markdown(visit.say("low_prices.refuses", **facts))
        reason = st.text_area(
            visit.say("words.field.reason"),
            help=visit.say("low_prices.reason_help"),
            max_chars=LONGEST_REASON,
            key=f"{form} reason",
        )
        if forms.button(visit.say("low_prices.refuse_act", **facts), form, primary=True):
            forms.do(
                visit,
                form,
                lambda request_id: decide_on_price(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    award_id=row.flag.award_id,
                    seen_at=row.flag.explained_at,
                    accepts=False,
                    reason=reason,
                ),
                lambda _: visit.say("low_prices.is_refused", **facts),
            )

    dialog()


def _settled(visit: Visit, rows: list[LowPrice]) -> None:
    if not rows:
        return
    say, speech = visit.speech.say, visit.speech
    st.subheader(visit.say("low_prices.settled"))
    shown = [
        {
            say("low_prices.round"): speech.name(row.round_),
            say("low_prices.supplier"): _supplier(visit, row),
            say("words.field.price_per_t"): speech.per_t(row.flag.price_per_t),
            say("words.field.standing"): speech.word(row.flag.state),
            say("low_prices.decided_at"): speech.at(row.flag.decided_at)
            if row.flag.decided_at
            else "",
        }
        for row in rows
    ]
    table(visit, shown, name="low-prices", csv_rows=[_exact(row) for row in rows])


def _exact(row: LowPrice) -> dict[str, object]:
    flag = row.flag
    return {
        "award": flag.award_id,
        "round": flag.round_id,
        "lot": flag.lot_id,
        "supplier": flag.supplier_id,
        "quantity_kg": row.quantity_kg,
        "price_per_t": flag.price_per_t,
        "effective_per_t": str(flag.effective_per_t),
        "mean_per_t": str(flag.mean_per_t),
        "next_per_t": None if flag.next_per_t is None else str(flag.next_per_t),
        "state": flag.state.value,
        "explanation": flag.explanation,
        "decision": flag.decision,
        "decided_at": flag.decided_at.isoformat() if flag.decided_at else None,
    }
