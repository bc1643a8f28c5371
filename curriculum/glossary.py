"""The glossary: each term in both languages, what it means, and what that rests on."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from curriculum.blocks import Item, parse, read_file
from curriculum.texts import (
    LANGUAGES,
    Document,
    Source,
    Text,
    read_documents,
    read_sources,
    read_text,
)

TWICE = "duplicate_id"
READING = re.compile(r"[ぁ-ゖー]+")
KEYS = ("id", "term", "reading", "also", "meaning", "see", "modules", "sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Other names of a term, in each language."""

    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def in_language(self, language: str) -> tuple[str, ...]:
        return {"ja": self.ja, "en": self.en}[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """`reading` is the Japanese name in hiragana; `unlinked` are names that are everyday words."""

    id: str
    term: Text
    reading: str
    also: Names
    unlinked: Names
    meaning: Text
    see: tuple[str, ...]
    modules: tuple[str, ...]
    sources: tuple[Source, ...]
    review_by: date | None

    def names(self, language: str) -> tuple[str, ...]:
        return (self.term.in_language(language), *self.also.in_language(language))


def load_glossary(
    path: Path, *, modules: Collection[str] | None = None, on: date | None = None
) -> tuple[Term, ...]:
    """Read every term, in the order written. Raises BadContent, and nothing else.

    With `modules`, a term may name these only; with `on`, no term may be past its review then.
    """
    found = parse(path, read_file(path)).block("documents", "terms")
    documents = read_documents(found["documents"])
    terms: dict[str, Term] = {}
    for entry in found["terms"].items():
        term = _read_term(entry, documents, modules, on)
        if term.id in terms:
            entry.refuse(TWICE, f"The term {term.id!r} is written twice.")
        terms[term.id] = term
    for entry, term in zip(found["terms"].items(), terms.values(), strict=True):
        _check_see(entry, term, terms)
    _check_names(found["terms"], terms)
    return tuple(terms.values())


def _read_term(
    item: Item,
    documents: Mapping[str, Document],
    modules: Collection[str] | None,
    on: date | None,
) -> Term:
    found = item.block(*KEYS, optional=["unlinked", "review_by"])
    sources = read_sources(found["sources"], documents, listed_in=item.path.name)
    if not sources:
        found["sources"].refuse("no_source", "A term names at least one source.")
    term = Term(
        id=found["id"].id(),
        term=read_text(found["term"]),
        reading=_read_reading(found["reading"]),
        also=_read_names(found["also"]),
        unlinked=_read_names(found["unlinked"]) if "unlinked" in found else Names(),
        meaning=read_text(found["meaning"]),
        see=tuple(id.id() for id in found["see"].items()),
        modules=_read_module_ids(found["modules"], modules),
        sources=sources,
        review_by=found["review_by"].review_day(on) if "review_by" in found else None,
    )
    _check_unlinked(found.get("unlinked"), term)
    return term


def _read_reading(item: Item) -> str:
    reading = item.text()
    if READING.fullmatch(reading) is None:
        item.refuse("bad_reading", f"The reading {reading!r} is not in hiragana.")
    return reading


def _read_names(item: Item) -> Names:
    found = item.block(*LANGUAGES)
    return Names(
        **{language: tuple(n.text() for n in found[language].items()) for language in LANGUAGES}
    )


def _read_module_ids(item: Item, known: Collection[str] | None) -> tuple[str, ...]:
    """Read the modules that something belongs to; `known` is None where they are not at hand."""
    ids = []
    for entry in item.items():
        id = entry.id()
        if known is not None and id not in known:
            entry.refuse("unknown_module", f"There is no module {id!r}.")
        if id in ids:
            entry.refuse(TWICE, f"The module {id!r} is named twice.")
        ids.append(id)
    return tuple(ids)


def _check_unlinked(item: Item | None, term: Term) -> None:
    for language in LANGUAGES:
        for name in term.unlinked.in_language(language):
            if item is not None and name not in term.names(language):
                item.refuse("unknown_name", f"{name!r} is not a name of {term.id!r}.")


def _check_see(item: Item, term: Term, terms: Mapping[str, Term]) -> None:
    for id in term.see:
        if id == term.id or id not in terms:
            item.refuse("unknown_term", f"{term.id!r} points to {id!r}, which is no other term.")
    if len(set(term.see)) < len(term.see):
        item.refuse(TWICE, f"{term.id!r} points to a term twice.")


def _check_names(item: Item, terms: Mapping[str, Term]) -> None:
    """Within a language a name leads to one term only, however its letters are written."""
    for language in LANGUAGES:
        named: dict[str, str] = {}
        for entry, term in zip(item.items(), terms.values(), strict=True):
            for name in term.names(language):
                other = named.setdefault(name.casefold(), term.id)
                if other != term.id:
                    entry.refuse("duplicate_name", f"{name!r} already names {other!r}.")
