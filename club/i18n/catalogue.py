"""The gettext catalogues: `data/locale/<language>/<area>.po`, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from club.settings import ROOT

LOCALE = ROOT / "data" / "locale"


@cache
def sentences(language: str, folder: Path = LOCALE) -> dict[str, tuple[str, ...]]:
    """Sentences by id; more than one where the language tells one from many.

    An id begins with the name of its file: `buying.pledge.title` stands in `buying.po`.
    """
    collected: dict[str, tuple[str, ...]] = {}
    for path in sorted((folder / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        for message in catalogue:
            if not message.id:
                continue
            id = message.id if isinstance(message.id, str) else message.id[0]
            if id.partition(".")[0] != path.stem or id in collected:
                raise ValueError(f"{path}: {id} is twice, or in the wrong file")
            words = message.string
            collected[id] = (words,) if isinstance(words, str) else tuple(words or ())
    return collected
