"""The cohort: who needs help, whose pass lapses soon, how each company is getting on."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

from club.operations.viewing.cohort import Cohort, CohortCompany, CohortLine, cohort
from curriculum.progress import FAILURES, SOON, Completion, Progress
from pages.parts import forms
from pages.parts.tables import table
from pages.parts.visit import Visit

ALL = ""


class Show(StrEnum):
    """Which lines are shown."""

    EVERYBODY = "everybody"
    HELP = "help"
    LAPSING = "lapsing"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"


SHOWS: dict[Show, Callable[[CohortLine], bool]] = {
    Show.EVERYBODY: lambda _: True,
    Show.HELP: lambda line: line.progress.state is Progress.HELP_NEEDED,
    Show.LAPSING: lambda line: line.lapses_soon,
    Show.UNDER_WAY: lambda line: line.progress.state is Progress.STARTED,
    Show.COMPLETED: lambda line: line.progress.state is Progress.COMPLETED,
}


def render(visit: Visit) -> None:
    st.title(visit.say("progress.cohort.title"))
    found = forms.read(visit, lambda: cohort(visit.context, visit.actor))
    if found is None:
        return
    st.markdown(visit.say("progress.cohort.intro", failures=FAILURES, days=SOON.days))
    _figures(visit, found)
    company, module, show = _filters(visit, found)
    st.subheader(visit.say("progress.cohort.people"))
    lines = [
        line
        for line in found.lines
        if company in {ALL, line.organisation.id}
        and module in {ALL, line.module_id}
        and SHOWS[show](line)
    ]
    if lines:
        exact = [_exact(visit, line) for line in lines]
        table(visit, [_row(visit, line) for line in lines], name="cohort", csv_rows=exact)
    else:
        kind = "nobody_so" if found.lines else "nobody_yet"
        st.info(visit.say(f"progress.cohort.{kind}"), icon=":material/school:")
    _companies(visit, found, company, module)


def _figures(visit: Visit, found: Cohort) -> None:
    stuck = {line.person_id for line in found.lines if SHOWS[Show.HELP](line)}
    lapsing = {line.person_id for line in found.lines if line.lapses_soon}
    figures = {
        "learners": sum(company.learners for company in found.companies),
        "need_help": len(stuck),
        "lapse_soon": len(lapsing),
    }
    with st.container(horizontal=True):
        for name, count in figures.items():
            st.metric(visit.say(f"progress.cohort.{name}"), count, border=True)


def _filters(visit: Visit, found: Cohort) -> tuple[str, str, Show]:
    say, language = visit.speech.say, visit.speech.language
    companies = {c.organisation.id: visit.speech.name(c.organisation) for c in found.companies}
    titles = {id: title.in_language(language) for id, title in found.modules.items()}
    left, middle, right = st.columns(3)
    company = left.selectbox(
        say("progress.company"),
        [ALL, *companies],
        format_func=lambda id: companies.get(id, say("progress.cohort.all")),
        key="cohort company",
    )
    module = middle.selectbox(
        say("progress.module"),
        [ALL, *titles],
        format_func=lambda id: titles.get(id, say("progress.cohort.all")),
        key="cohort module",
    )
    shows = list(Show)
    show = right.selectbox(
        say("progress.state"),
        shows,
        format_func=lambda one: say(f"progress.show.{one}"),
        key="cohort show",
    )
    return company, module, show


def _row(visit: Visit, line: CohortLine) -> dict[str, object]:
    """A row to read, as narrow as a phone."""
    say = visit.speech.say
    failures = line.progress.failures
    told = (
        visit.speech.word(line.progress.state),
        _pass(visit, line.progress),
        say("progress.cohort.wrong", count=failures) if failures else "",
    )
    return {
        say("progress.name"): f"{line.person} · {visit.speech.name(line.organisation)}",
        say("progress.module"): line.title.in_language(visit.speech.language),
        say("progress.state"): " · ".join(filter(None, told)),
    }


def _exact(visit: Visit, line: CohortLine) -> dict[str, object]:
    """The same, each fact in a column of its own."""
    say = visit.speech.say
    return {
        say("progress.name"): line.person,
        say("progress.state"): visit.speech.word(line.progress.state),
        say("progress.module"): line.title.in_language(visit.speech.language),
        say("progress.failures"): line.progress.failures,
        say("progress.pass"): _pass(visit, line.progress),
        say("progress.company"): visit.speech.name(line.organisation),
    }


def _pass(visit: Visit, progress: Completion) -> str:
    if progress.standing is not None:
        until = visit.speech.day(progress.standing.expires_at)
        return visit.speech.say("progress.pass_valid", until=until)
    if progress.lapsed_at is not None:
        return visit.speech.say("progress.pass_over", until=visit.speech.day(progress.lapsed_at))
    return ""


def _companies(visit: Visit, found: Cohort, company: str, module: str) -> None:
    """Every module of a company that was chosen, else those that somebody has passed."""
    rows = [
        _company_row(visit, found, one, id)
        for one in found.companies
        if company in {ALL, one.organisation.id}
        for id in found.modules
        if module in {ALL, id} and (company or module or one.completed.get(id))
    ]
    if rows:
        st.subheader(visit.say("progress.cohort.companies"))
        st.caption(visit.say("progress.cohort.companies_explained"))
        shown, exact = zip(*rows, strict=True)
        table(visit, shown, name="cohort-companies", csv_rows=exact)


def _company_row(
    visit: Visit, found: Cohort, one: CohortCompany, module_id: str
) -> tuple[dict[str, object], dict[str, object]]:
    """A row to read, as narrow as a phone, and the same to reckon with."""
    say = visit.speech.say
    completed = one.completed.get(module_id, 0)
    named: dict[str, object] = {
        say("progress.company"): visit.speech.name(one.organisation),
        say("progress.module"): found.modules[module_id].in_language(visit.speech.language),
    }
    of = say("progress.cohort.of", completed=completed, learners=one.learners)
    figures = {
        say("progress.cohort.completed"): completed,
        say("progress.cohort.learners"): one.learners,
    }
    return named | {say("progress.cohort.completed"): of}, named | figures
