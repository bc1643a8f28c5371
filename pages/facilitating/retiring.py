"""Taking down what the registry has retired, lot by lot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from club.domain.errors import InputRefused
from club.domain.retirements import Delivery
from club.domain.rounds import Round
from club.domain.serials import read_serials
from club.operations.retiring import RetirementTerms, record_retirement
from club.operations.settling import local_day
from club.operations.viewing.holdings import Consignment
from pages.parts import forms
from pages.parts.visit import Visit


def ask(visit: Visit, round_: Round, one: Consignment, delivery: Delivery) -> None:
    """The form for one lot's next batch; a dialog restates it, for it cannot be undone."""
    form = f"retire {delivery.id} {len(one.batches)}"
    with (
        st.expander(visit.say("facilitating.retiring.title"), icon=":material/verified:"),
        st.form(form, border=False),
    ):
        st.caption(visit.say("facilitating.retiring.explained"))
        typed = _fields(visit, form, round_=round_, one=one, delivery=delivery)
        is_asked = forms.submit(visit.say("facilitating.retiring.review"), f"{form} review")
    if is_asked:
        terms = forms.read(visit, lambda: _read(typed))
        if terms is not None:
            _confirm(visit, form, delivery, terms)


def _fields(
    visit: Visit, form: str, *, round_: Round, one: Consignment, delivery: Delivery
) -> dict[str, object]:
    def line(field: str, value: str, column: object = st) -> str:
        return str(
            column.text_input(  # type: ignore[attr-defined]  # a column, or Streamlit itself
                visit.say(f"words.field.{field}"), value=value, key=f"{form} {field}"
            )
        )

    typed: dict[str, object] = {"serials": line("serials", _left(one, delivery))}
    left, right = st.columns(2)
    typed["retired_on"] = left.date_input(
        visit.say("words.field.retired_on"),
        value=local_day(visit.context, visit.context.now()),
        key=f"{form} retired_on",
    )
    typed["registry_reference"] = line("registry_reference", "", right)
    typed["beneficiary"] = line("beneficiary", visit.context.settings.club_name_ja)
    typed["purpose_ja"] = line("purpose_ja", round_.purpose_ja)
    typed["purpose_en"] = line("purpose_en", round_.purpose_en)
    return typed


def _left(one: Consignment, delivery: Delivery) -> str:
    """The delivery's serials that no batch has reached yet, as they can be typed."""
    serials = delivery.serials
    if one.batches:
        serials = replace(serials, first=max(b.serial_last for b in one.batches) + 1)
    return f"{serials.first_text} to {serials.last_text}"


def _read(typed: dict[str, object]) -> RetirementTerms:
    retired_on = typed["retired_on"]
    if not isinstance(retired_on, date):
        raise InputRefused("missing", field="retired_on")
    lines = {field: str(text) for field, text in typed.items() if field != "retired_on"}
    read_serials(lines["serials"])
    return RetirementTerms(retired_on=retired_on, **lines)


def _confirm(visit: Visit, form: str, delivery: Delivery, terms: RetirementTerms) -> None:
    serials = read_serials(terms.serials)
    forms.confirm(
        visit,
        form,
        title=visit.say("facilitating.retiring.title"),
        restated=[
            visit.say(
                "facilitating.retiring.range",
                units=serials.units,
                first=serials.first_text,
                last=serials.last_text,
            ),
            visit.say(
                "facilitating.retiring.registry",
                retired_on=terms.retired_on,
                reference=terms.registry_reference,
            ),
            visit.say(
                "facilitating.retiring.for",
                beneficiary=terms.beneficiary,
                purpose_ja=terms.purpose_ja,
                purpose_en=terms.purpose_en,
            ),
            visit.say("facilitating.retiring.cannot"),
        ],
        act=visit.say("facilitating.retiring.act", units=serials.units),
        deed=lambda request_id: record_retirement(
            visit.context,
            visit.actor,
            request_id=request_id,
            delivery_id=delivery.id,
            terms=terms,
        ),
        told=lambda batch: visit.say("facilitating.retiring.done", units=batch.units),
    )
