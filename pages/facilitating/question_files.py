"""Question files: drafts out of GIFT and Moodle XML, and each module's bank as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

import streamlit as st

from club.i18n import LANGUAGES
from club.i18n.catalogue import sentences
from club.operations.viewing.question_files import (
    FORMATS,
    Bank,
    bank_as_file,
    banks,
    drafts_from_file,
)
from curriculum.exchange.converting import Converted
from curriculum.exchange.reporting import Fate, Note, Passage, short
from pages.parts import forms
from pages.parts.menu import NAMES
from pages.parts.tables import table
from pages.parts.visit import Visit

NO_NAME = "—"


def render(visit: Visit) -> None:
    st.title(visit.say("menu.question_files"))
    st.markdown(visit.say("question_files.explained"))
    found = forms.read(visit, lambda: banks(visit.context, visit.actor))
    if found is None:
        return
    _take_in(visit)
    _hand_out(visit, found)


def _take_in(visit: Visit) -> None:
    st.subheader(visit.say("question_files.in"))
    st.markdown(visit.say("question_files.in_explained"))
    language = _language(visit, "question_files.in_language", "language in")
    upload = st.file_uploader(
        visit.say("question_files.upload"),
        type=["gift", "txt", "xml"],
        key="question file",
        help=visit.say("question_files.upload_help"),
    )
    if upload is None:
        return
    converted = forms.read(
        visit,
        lambda: drafts_from_file(
            visit.context,
            visit.actor,
            name=upload.name,
            content=upload.getvalue(),
            language=language,
        ),
    )
    if converted is None:
        return
    _summary(visit, converted)
    if not converted.is_empty:
        _download(visit, converted, f"{PurePosixPath(upload.name).stem}.yaml", "drafts")
        st.markdown(visit.say("question_files.next"))
    _report(visit, converted.passages, "drafts")


def _hand_out(visit: Visit, found: Sequence[Bank]) -> None:
    st.subheader(visit.say("question_files.out"))
    st.markdown(visit.say("question_files.out_explained"))
    by_id = {bank.module_id: bank for bank in found}
    module_id = st.selectbox(
        visit.say("question_files.module"),
        list(by_id),
        format_func=lambda id: _bank_name(visit, by_id[id]),
        key="module out",
    )
    left, right = st.columns(2)
    with left:
        format = _choice(visit, "question_files.format", FORMATS)
    with right:
        language = _language(visit, "question_files.out_language", "language out")
    converted = forms.read(
        visit,
        lambda: bank_as_file(
            visit.context, visit.actor, module_id=module_id, format=format, language=language
        ),
    )
    if converted is None:
        return
    _summary(visit, converted)
    name = f"{module_id}{format}" if format == FORMATS[0] else f"{module_id}-{language}{format}"
    _download(visit, converted, name, "bank")
    with st.expander(visit.say("question_files.report")):
        _report(visit, converted.passages, module_id)


def _bank_name(visit: Visit, bank: Bank) -> str:
    title = bank.title.in_language(visit.speech.language)
    return visit.speech.say("question_files.bank", title=title, count=bank.questions)


def _choice(visit: Visit, label: str, formats: Sequence[str]) -> str:
    chosen = st.selectbox(
        visit.say(label),
        formats,
        format_func=lambda each: visit.speech.say(f"{label}{each}"),
        key="format out",
    )
    return str(chosen)


def _language(visit: Visit, label: str, key: str) -> str:
    return str(
        st.selectbox(
            visit.say(label),
            LANGUAGES,
            index=LANGUAGES.index(visit.speech.language),
            format_func=NAMES.__getitem__,
            key=key,
        )
    )


def _summary(visit: Visit, converted: Converted) -> None:
    counts = {str(fate): converted.count(fate) for fate in Fate}
    sentence = visit.say("question_files.summary", **counts)
    if converted.is_empty:
        st.error(sentence, icon=":material/block:")
    elif converted.count(Fate.DROPPED):
        st.warning(sentence, icon=":material/warning:")
    else:
        st.info(sentence, icon=":material/rule:")


def _download(visit: Visit, converted: Converted, name: str, key: str) -> None:
    st.download_button(
        visit.say("question_files.download", name=name),
        data=converted.text.encode(),
        file_name=name,
        mime="text/plain",
        icon=":material/download:",
        key=f"download {key}",
        on_click="ignore",
        type="primary",
    )


def _report(visit: Visit, passages: Sequence[Passage], name: str) -> None:
    """Two columns to read on a phone; every one apart in the CSV."""
    table(
        visit,
        [_shown(visit, passage) for passage in passages],
        name=f"report-{name}",
        csv_rows=[_apart(visit, passage) for passage in passages],
    )


def _shown(visit: Visit, passage: Passage) -> dict[str, object]:
    say = visit.speech.say
    fate = say(f"question_files.fate.{passage.fate}")
    reasons = " · ".join(_told(visit, note) for note in passage.notes)
    return {
        say("question_files.question"): say(
            "question_files.numbered",
            number=passage.number,
            name=short(passage.name) or NO_NAME,
            kind=_known(visit, passage.kind),
        ),
        say("question_files.fate_and_reasons"): f"{fate}: {reasons}" if reasons else fate,
    }


def _apart(visit: Visit, passage: Passage) -> dict[str, object]:
    say = visit.speech.say
    return {
        say("question_files.number"): passage.number,
        say("question_files.question"): passage.name,
        say("question_files.kind"): _known(visit, passage.kind),
        say("question_files.fate"): say(f"question_files.fate.{passage.fate}"),
        say("question_files.reasons"): " · ".join(_told(visit, note) for note in passage.notes),
    }


def _told(visit: Visit, note: Note) -> str:
    facts = dict(note.facts)
    if "language" in facts:
        facts["language"] = NAMES[str(facts["language"])]
    if "kind" in facts:
        facts["kind"] = _known(visit, str(facts["kind"]))
    return visit.speech.say(f"question_files.note.{note.code}", **facts)


def _known(visit: Visit, kind: str) -> str:
    """A kind of ours in the reader's language; any other as the file has it."""
    id = f"question_files.kind.{kind}"
    return visit.speech.say(id) if id in sentences(visit.speech.language) else kind
