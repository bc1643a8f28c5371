"""The audit chains: recomputed, whole or broken at a link, and every link to read."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from club.i18n.catalogue import sentences
from club.operations.viewing.chains import ChainRow, LinkRow, chains, links
from pages.parts import forms
from pages.parts.tables import table
from pages.parts.visit import Visit


def render(visit: Visit) -> None:
    st.title(visit.say("menu.audit"))
    st.caption(visit.say("facilitating.audit.explained"))
    found = forms.read(visit, lambda: chains(visit.context, visit.actor))
    if found is None:
        return
    if not found:
        st.info(visit.say("facilitating.audit.none"))
        return
    _summary(visit, found)
    names = {row.chain: _name(visit, row) for row in found}
    wanted = st.query_params.get("chain")
    chosen = st.selectbox(
        visit.say("facilitating.audit.chain"),
        list(names),
        index=list(names).index(wanted) if wanted in names else 0,
        format_func=names.__getitem__,
        key="chain shown",
    )
    rows = forms.read(visit, lambda: links(visit.context, visit.actor, chosen))
    if rows:
        st.caption(visit.say("facilitating.audit.withheld"))
        _links(visit, chosen, rows)


def _summary(visit: Visit, found: Sequence[ChainRow]) -> None:
    broken = [row for row in found if row.broken_at is not None]
    if not broken:
        st.success(
            visit.say("facilitating.audit.whole", count=len(found)), icon=":material/verified:"
        )
    for row in broken:
        st.error(
            visit.say("facilitating.audit.broken", name=_name(visit, row), number=row.broken_at),
            icon=":material/link_off:",
        )
    table(visit, [_chain(visit, row) for row in found], name="chains")


def _name(visit: Visit, row: ChainRow) -> str:
    """As a list or a table shows it, without Markdown."""
    if row.round_ is None:
        return visit.speech.say("facilitating.audit.club")
    return visit.speech.name(row.round_)


def _chain(visit: Visit, row: ChainRow) -> dict[str, object]:
    state = (
        visit.say("facilitating.audit.is_whole")
        if row.broken_at is None
        else visit.say("facilitating.audit.is_broken", number=row.broken_at)
    )
    return {
        visit.say("facilitating.audit.chain"): _name(visit, row),
        visit.say("facilitating.state"): state,
        visit.say("facilitating.audit.links"): row.links,
        visit.say("facilitating.audit.last"): visit.speech.at(row.last_at) if row.last_at else "",
    }


def _links(visit: Visit, chain: str, rows: Sequence[LinkRow]) -> None:
    kinds = sorted({row.link.kind for row in rows})
    left, right = st.columns(2)
    wanted = left.multiselect(
        visit.say("facilitating.audit.kinds"),
        kinds,
        format_func=lambda kind: deed(visit, kind),
        placeholder=visit.say("facilitating.audit.all_kinds"),
        key=f"kinds of {chain}",
    )
    text = right.text_input(
        visit.say("facilitating.audit.find"),
        key=f"text in {chain}",
        help=visit.say("facilitating.audit.find_help"),
    )
    shown = [row for row in rows if _matches(row, wanted, text.strip().lower())]
    if not shown:
        st.info(visit.say("facilitating.audit.nothing"))
        return
    table(
        visit,
        [_shown(visit, row) for row in reversed(shown)],
        name=f"chain_{chain}",
        csv_rows=[_exact(row) for row in shown],
    )


def _matches(row: LinkRow, kinds: Sequence[str], text: str) -> bool:
    """Of the kinds wanted, if any, and with the text in an id or a fact."""
    if kinds and row.link.kind not in kinds:
        return False
    told = f"{row.link.made_by} {row.by.name if row.by else ''} {_facts(row)}"
    return text in told.lower()


def deed(visit: Visit, kind: str) -> str:
    """The name of a deed in words, or its code where there are none."""
    id = f"facilitating.deed.{kind.replace('.', '_')}"
    return visit.speech.say(id) if id in sentences(visit.speech.language) else kind


def _facts(row: LinkRow) -> str:
    return json.dumps(dict(row.facts), ensure_ascii=False, sort_keys=True)


def _shown(visit: Visit, row: LinkRow) -> dict[str, object]:
    link = row.link
    return {
        "#": link.number,
        visit.say("facilitating.ledger.when"): visit.speech.at(link.made_at),
        visit.say("facilitating.audit.deed"): deed(visit, link.kind),
        visit.say("facilitating.audit.by"): (
            f"{row.by.name} ({link.made_by})" if row.by else link.made_by
        ),
        visit.say("facilitating.audit.facts"): _facts(row),
        visit.say("facilitating.audit.hash"): link.hash,
    }


def _exact(row: LinkRow) -> dict[str, object]:
    """What the hash is over as far as it may be told, and the hash; ids only."""
    link = row.link
    return {
        "chain": link.chain,
        "number": link.number,
        "kind": link.kind,
        "made_at": link.made_at.isoformat(timespec="microseconds"),
        "made_by": link.made_by,
        "facts": _facts(row),
        "previous": link.previous,
        "hash": link.hash,
    }
