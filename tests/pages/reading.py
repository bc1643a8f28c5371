"""What a reader sees of what a screen sends."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

_ESCAPED = re.compile(r"\\([^\w\s])")


def as_read(table: Any) -> pd.DataFrame:
    """A table with the marks gone that keep Markdown from reading its cells."""
    frame: pd.DataFrame = table.value

    def shown(cell: object) -> object:
        return _ESCAPED.sub(r"\1", cell) if isinstance(cell, str) else cell

    return frame.map(shown).rename(columns=shown)


def sent(at: Any) -> bytes:
    """All that the page sends to the browser, as it goes over the line."""
    protos = [element.proto for element in at.main if element.proto is not None]
    return b"".join(proto.SerializeToString() for proto in protos)
