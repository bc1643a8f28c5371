"""An award fell away: whether we stay with what would be bought instead, or leave it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from club.domain.errors import NotFound
from club.domain.falling import UNANSWERED, Answer, Question
from club.domain.organisations import Role
from club.operations.answering import answer_question
from club.operations.viewing.staying import Part, Questions, Staying, my_questions
from pages.parts import forms
from pages.parts.figures import figure
from pages.parts.links import link
from pages.parts.phases import countdown
from pages.parts.tables import table
from pages.parts.visit import Visit


def render(visit: Visit) -> None:
    st.title(visit.say("menu.stay"))
    found = my_questions(visit.context, visit.actor)
    if not found.asked:
        st.info(visit.say("stay.nothing"), icon=":material/check:")
        return
    asked = forms.read(visit, lambda: _chosen(found))
    if asked is None:
        return
    st.subheader(visit.name(asked.round_))
    if asked.is_over:
        _over(visit, asked)
    else:
        _question(visit, asked, found.now)
    _figures(visit, asked)
    _parts(visit, "stay.lost", "fell-away", asked.lost)
    _parts(visit, "stay.instead", "instead", asked.instead)
    if not asked.is_over and visit.has(Role.BUYER, Role.APPROVER):
        _answers(visit, asked)
    link(visit, "round", visit.say("home.to_round"), icon=":material/event:", id=asked.round_.id)


def _chosen(found: Questions) -> Staying:
    """The newest question of the round in the address, or of all; NotFound of another's."""
    wanted = st.query_params.get("id")
    of_round = [each for each in found.asked if wanted in {None, each.round_.id}]
    if not of_round:
        raise NotFound
    return of_round[0]


def _question(visit: Visit, asked: Staying, now: datetime) -> None:
    until = countdown(visit, asked.question.answer_by_at, now)
    st.markdown(visit.say("stay.asked", lost_kg=asked.lost_kg, instead_kg=asked.instead_kg))
    answer = asked.question.answer
    if answer is None:
        st.markdown(visit.say("stay.please", until=until))
    else:
        said = visit.say(f"stay.said.{answer.value}", until=until)
        st.info(said, icon=":material/how_to_vote:")


def _over(visit: Visit, asked: Staying) -> None:
    answer = asked.question.answer
    said = visit.say(f"stay.over.{(answer or UNANSWERED).value}")
    if answer is None:
        said = visit.say("stay.over.silence")
    st.info(said, icon=":material/lock_clock:")
    link(
        visit,
        "allocation",
        visit.say("buying.allocation.title"),
        icon=":material/pie_chart:",
        id=asked.round_.id,
    )


def _figures(visit: Visit, asked: Staying) -> None:
    """What stands anyway, what would come, and at which price."""
    stands, comes, price = st.columns(3)
    figure(
        stands, visit.say("stay.kept"), visit.speech.kg(asked.kept_kg), visit.say("stay.kept_why")
    )
    figure(
        comes,
        visit.say("stay.would"),
        visit.speech.kg(asked.instead_kg),
        visit.say("stay.would_owe", value_jpy=asked.value_jpy),
    )
    limit = asked.pledge.limit_per_t
    figure(
        price,
        visit.say("stay.price"),
        visit.speech.per_t(asked.price) if asked.price is not None else "",
        visit.say("stay.limit", limit_per_t=limit) if limit else visit.say("stay.no_limit"),
    )


def _parts(visit: Visit, heading: str, name: str, parts: tuple[Part, ...]) -> None:
    say, speech = visit.speech.say, visit.speech
    if not parts:
        return
    st.subheader(visit.say(heading))
    table(
        visit,
        [
            {
                say("buying.outcome.project"): speech.name(part.row.project),
                say("buying.outcome.supplier"): speech.text(part.row, "supplier"),
                say("words.field.quantity_kg"): speech.kg(part.quantity_kg),
                say("words.field.price_per_t"): speech.per_t(part.row.award.price_per_t),
            }
            for part in parts
        ],
        name=name,
        csv_rows=[
            {
                "project_ja": part.row.project.name_ja,
                "project_en": part.row.project.name_en,
                "quantity_kg": part.quantity_kg,
                "price_per_t": str(part.row.award.price_per_t),
            }
            for part in parts
        ],
    )


def _answers(visit: Visit, asked: Staying) -> None:
    st.caption(visit.say("stay.may_change"))
    with st.container(horizontal=True):
        stays = asked.question.answer is Answer.STAY
        stay_form = f"stay {asked.round_.id} {asked.question.number}"
        label = visit.say("stay.stay", instead_kg=asked.instead_kg)
        icon = ":material/check:"
        if forms.button(label, stay_form, primary=True, icon=icon, disabled=stays):
            deed, told = _saying(visit, asked, Answer.STAY)
            forms.do(visit, stay_form, deed, told)
        leaves = asked.question.answer is Answer.LEAVE
        if st.button(
            visit.say("stay.leave"), key="ask leave", icon=":material/logout:", disabled=leaves
        ):
            _leave(visit, asked)


def _saying(
    visit: Visit, asked: Staying, said: Answer
) -> tuple[Callable[[str], Question], Callable[[Question], str]]:
    """The deed of an answer, and what is told of it."""

    def deed(request_id: str) -> Question:
        return answer_question(
            visit.context,
            visit.actor,
            request_id=request_id,
            round_id=asked.round_.id,
            number=asked.question.number,
            answer=said,
        )

    return deed, lambda _: visit.say(f"stay.now.{said.value}")


def _leave(visit: Visit, asked: Staying) -> None:
    deed, told = _saying(visit, asked, Answer.LEAVE)
    forms.confirm(
        visit,
        f"leave {asked.round_.id} {asked.question.number}",
        title=visit.say("stay.leave"),
        restated=[
            visit.say("stay.leaves", instead_kg=asked.instead_kg),
            visit.say("stay.leaves_kept", kept_kg=asked.kept_kg),
        ],
        act=visit.say("stay.leave_act", instead_kg=asked.instead_kg),
        deed=deed,
        told=told,
    )
