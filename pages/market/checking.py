"""How to check a cleared round's result, in plain words, and the files to check it with."""

from __future__ import annotations

from functools import partial

import streamlit as st

from club.domain.errors import ClubError, PhaseRefused
from club.domain.organisations import Kind
from club.operations import publishing
from club.operations.publishing import Publication
from pages.parts import links
from pages.parts.visit import Visit

SEALED = ("signature", "chain", "draws", "envelopes", "purchase", "row")
LIVE = ("signature", "chain", "draws", "events", "purchase", "row")
"""What a check shows, in its order; each is said by `checking.shows.<name>`."""


def render(visit: Visit) -> None:
    st.title(visit.say("menu.check"))
    round_id = st.query_params.get("id", "")
    try:
        with st.spinner(visit.say("checking.takes_a_moment")):
            found = publishing.publication(visit.context, visit.actor, round_id)
    except PhaseRefused:
        st.info(visit.say("checking.not_yet"), icon=":material/hourglass_empty:")
        links.link(visit, "round", visit.say("home.to_round"), id=round_id)
        return
    except ClubError as error:
        visit.refuse(error)
        links.link(visit, "rounds", visit.say("buying.rounds.title"), icon=":material/list:")
        return
    _head(visit, found)
    _files(visit, found)
    _steps(visit, found)
    _shown(visit, found)


def _head(visit: Visit, found: Publication) -> None:
    round_ = found.round_
    links.link(visit, "round", visit.name(round_), icon=":material/arrow_back:", id=round_.id)
    if round_.is_invented:
        st.caption(visit.say("words.invented"))
    st.markdown(visit.say("checking.intro"))


def _files(visit: Visit, found: Publication) -> None:
    """What this person may have: everybody the public record, a member its row, auditors all."""
    st.subheader(visit.say("checking.files"))
    round_ = found.round_
    what = "public_live" if round_.auction.is_live else "public"
    size_kb = -(-found.public_bytes // 1000)
    _file(visit, "public", public_name(round_.id), what, size_kb=size_kb)
    if found.has_row:
        _file(visit, "row", row_name(round_.id), "row")
    if found.may_have_full:
        _file(visit, "full", full_name(round_.id), "full")
    elif visit.actor.kind is Kind.MEMBER:
        st.caption(visit.say("checking.full.not_yours"))


def _file(visit: Visit, kind: str, name: str, what: str, **facts: object) -> None:
    ask = {
        "public": publishing.public_file,
        "row": publishing.row_file,
        "full": publishing.full_file,
    }[kind]
    with st.container(border=True):
        st.markdown(visit.say(f"checking.{what}.what"))
        st.download_button(
            visit.say(f"checking.{kind}.download", **facts),
            data=partial(ask, visit.context, visit.actor, st.query_params["id"]),
            file_name=name,
            mime="application/json" if kind == "row" else "application/vnd.sqlite3",
            icon=":material/download:",
            key=f"{kind} record",
            on_click="ignore",
            type="primary" if kind == "public" else "secondary",
        )


def _steps(visit: Visit, found: Publication) -> None:
    round_id = found.round_.id
    st.subheader(visit.say("checking.steps"))
    st.markdown(visit.say("checking.same"))
    st.caption(visit.say("checking.fingerprint"))
    st.code(found.public_sha256, language=None, wrap_lines=True)
    st.caption(visit.say("checking.key"))
    st.code(found.verify_key, language=None, wrap_lines=True)
    st.markdown(visit.say("checking.look"))
    st.markdown(visit.say("checking.verify"))
    row = f" --row {row_name(round_id)}" if found.has_row else ""
    command = f"python -m auctions verify {public_name(round_id)} --key {found.verify_key}{row}"
    st.code(f"pip install numpy pynacl\n{command}", language="shell", wrap_lines=True)
    st.markdown(visit.say("checking.verified"))


def _shown(visit: Visit, found: Publication) -> None:
    names = LIVE if found.round_.auction.is_live else SEALED
    st.subheader(visit.say("checking.shows"))
    st.markdown("\n".join(f"- {visit.say(f'checking.shows.{name}')}" for name in names))
    with st.expander(visit.say("checking.hidden"), icon=":material/visibility_off:"):
        st.markdown(visit.say("checking.hidden.text"))
    with st.expander(visit.say("checking.better"), icon=":material/gavel:"):
        st.markdown(visit.say("checking.better.text"))


def public_name(round_id: str) -> str:
    return f"record-{round_id}-public.db"


def full_name(round_id: str) -> str:
    return f"record-{round_id}-full.db"


def row_name(round_id: str) -> str:
    return f"row-{round_id}.json"
