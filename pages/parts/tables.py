"""A table to read, and the same rows to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from pages.parts.visit import Visit, plain

SHORT = 30
"""Rows that are shown in full; more are for scrolling."""


def table(
    visit: Visit,
    rows: Sequence[Mapping[str, object]],
    *,
    name: str,
    csv_rows: Sequence[Mapping[str, object]] | None = None,
) -> None:
    """Rows keyed by their heads in the reader's words; the CSV holds exact figures where given.

    A short list wraps its words, so that a phone shows more than the first column; a long one
    can be scrolled and sorted. `name` is the file's name without the ending and the key of the
    button.
    """
    if len(rows) <= SHORT:
        st.table(pd.DataFrame([_as_written(row) for row in rows]), border="horizontal")
    else:
        st.dataframe(pd.DataFrame(list(rows)), hide_index=True, width="stretch")
    st.download_button(
        visit.say("words.download_csv"),
        data=lambda: as_csv(csv_rows if csv_rows is not None else rows),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"csv {name}",
        on_click="ignore",
        type="tertiary",
    )


def _as_written(row: Mapping[str, object]) -> dict[str, object]:
    """A short table reads Markdown: what people typed is shown as it is."""
    return {
        plain(head): plain(cell) if isinstance(cell, str) else cell for head, cell in row.items()
    }


def as_csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    """UTF-8 with a mark, as spreadsheets expect; a cell never begins a formula."""
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({key: _harmless(cell) for key, cell in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + cell
    return "" if cell is None else cell
