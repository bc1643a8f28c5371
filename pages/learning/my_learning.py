"""My passes, when they lapse, my tries, and everything that is kept about me."""

from __future__ import annotations

import json

import streamlit as st

from club.operations.viewing.learning import (
    ModuleCard,
    MyLearning,
    TryLine,
    my_learning,
)
from club.operations.viewing.own_record import my_record
from club.operations.viewing.statements import my_statements
from curriculum.progress import OF_THE_LAST, RIGHT_NEEDED, OutcomeProgress, Progress
from curriculum.texts import Text
from pages.learning import certainty, certified
from pages.learning.way import long_link, percent, words
from pages.parts import forms, links
from pages.parts.tables import table
from pages.parts.visit import Visit, plain

MARKS = {
    Progress.MASTERED: ":material/check_circle:",
    Progress.STARTED: ":material/pending:",
    Progress.HELP_NEEDED: ":material/support:",
    Progress.NOT_STARTED: ":material/circle:",
}


def render(visit: Visit) -> None:
    st.title(visit.say("learning.mine.title"))
    mine = forms.read(visit, lambda: my_learning(visit.context, visit.actor))
    if mine is None:
        return
    st.subheader(visit.say("learning.mine.passes"))
    table(visit, [_pass_row(visit, card) for card in mine.cards], name="passes")
    links.link(visit, "modules", visit.say("learning.to_modules"), icon=":material/school:")
    certified.show_all(visit)
    st.subheader(visit.say("learning.mine.tries"))
    _tries(visit, mine)
    _mastery(visit, mine)
    certainty.mine(visit)
    st.subheader(visit.say("learning.mine.record"))
    st.markdown(visit.say("learning.mine.record_explained"))
    _download(visit)
    st.markdown(visit.say("passes.statements.explained"))
    _statements(visit)


def _pass_row(visit: Visit, card: ModuleCard) -> dict[str, object]:
    at = card.expires_at or card.lapsed_at
    return {
        visit.say("learning.mine.module"): card.title.in_language(visit.speech.language),
        visit.say("learning.mine.state"): visit.speech.word(card.state),
        visit.say("learning.mine.lapses"): visit.speech.at(at) if at else "",
    }


def _mastery(visit: Visit, mine: MyLearning) -> None:
    st.subheader(visit.say("progress.mine.title"))
    st.caption(visit.say("progress.mine.who_sees"))
    st.caption(visit.say("progress.mine.explained", right=RIGHT_NEEDED, of=OF_THE_LAST))
    begun = [
        (card, standing)
        for card, standing in zip(mine.cards, mine.progress, strict=True)
        if standing.state is not Progress.NOT_STARTED
    ]
    if not begun:
        st.info(visit.say("progress.mine.empty"), icon=":material/insights:")
        return
    outcomes = {(m.id, o.id): o.text for m in visit.context.modules.values() for o in m.outcomes}
    rows = []
    for card, standing in begun:
        own = [
            _outcome_row(visit, card, outcomes[card.id, outcome.outcome_id], outcome)
            for outcome in standing.outcomes
        ]
        st.markdown(f"**{words(visit, card.title)}**")
        st.markdown(
            "  \n".join(
                _outcome_line(row, MARKS[outcome.state])
                for row, outcome in zip(own, standing.outcomes, strict=True)
            )
        )
        rows += own
    with st.expander(visit.say("learning.mine.as_table")):
        table(visit, rows, name="mastery")


def _outcome_line(row: dict[str, object], icon: str) -> str:
    _, text, state, right = (plain(str(cell)) for cell in row.values())
    standing = f"{state} · {right}" if right else state
    return f"{icon} {text} :gray[{standing}]"


def _outcome_row(
    visit: Visit, card: ModuleCard, text: Text, outcome: OutcomeProgress
) -> dict[str, object]:
    say, language = visit.speech.say, visit.speech.language
    return {
        say("learning.mine.module"): card.title.in_language(language),
        say("progress.outcome"): text.in_language(language),
        say("progress.state"): visit.speech.word(outcome.state),
        say("progress.right"): say(
            "progress.right_of", right=outcome.right, answered=outcome.answered
        )
        if outcome.answered
        else "",
    }


def _tries(visit: Visit, mine: MyLearning) -> None:
    if not mine.tries:
        st.info(visit.say("learning.mine.no_tries"), icon=":material/quiz:")
        return
    with st.container(gap="xsmall"):
        for line in mine.tries:
            _try(visit, line)
    with st.expander(visit.say("learning.mine.as_table")):
        table(visit, [_try_row(visit, line) for line in mine.tries], name="tries")


def _try(visit: Visit, line: TryLine) -> None:
    told = plain(_sentence(visit, line))
    if line.finished_at is None and not line.is_open:
        st.markdown(f"{_icon(line)} {told}")
        return
    act = visit.say("learning.mine.go_on" if line.is_open else "learning.mine.see")
    query = {"module": line.module_id, "try": line.id}
    long_link(f"{told} · **{act}**", "quiz", key=f"try {line.id}", icon=_icon(line), **query)


def _icon(line: TryLine) -> str:
    if line.score is None:
        return ":material/pending:"
    return ":material/check_circle:" if line.has_passed else ":material/replay:"


def _sentence(visit: Visit, line: TryLine) -> str:
    title = line.title.in_language(visit.speech.language) if line.title else line.module_id
    at = line.finished_at or line.started_at
    return f"{_outcome(visit, line)} · {title} · {visit.speech.at(at)}"


def _outcome(visit: Visit, line: TryLine) -> str:
    if line.score is None:
        return visit.say("learning.mine.open" if line.is_open else "learning.mine.abandoned")
    kind = "learning.mine.passed" if line.has_passed else "learning.mine.failed"
    return visit.say(kind, score=percent(line.score))


def _try_row(visit: Visit, line: TryLine) -> dict[str, object]:
    speech = visit.speech
    return {
        visit.say("learning.mine.module"): (
            line.title.in_language(speech.language) if line.title else line.module_id
        ),
        visit.say("learning.mine.started"): speech.at(line.started_at),
        visit.say("learning.mine.finished"): (
            speech.at(line.finished_at) if line.finished_at else ""
        ),
        visit.say("learning.mine.outcome"): _outcome(visit, line),
    }


def _download(visit: Visit) -> None:
    context, actor = visit.context, visit.actor
    st.download_button(
        visit.say("learning.mine.download"),
        data=lambda: json.dumps(my_record(context, actor), ensure_ascii=False, indent=2),
        file_name="my-learning.json",
        mime="application/json",
        icon=":material/download:",
        key="record",
        on_click="ignore",
    )


def _statements(visit: Visit) -> None:
    context, actor = visit.context, visit.actor
    st.download_button(
        visit.say("passes.statements.download"),
        data=lambda: my_statements(context, actor),
        file_name="my-learning.jsonl",
        mime="application/x-ndjson",
        icon=":material/download:",
        key="statements",
        on_click="ignore",
    )
