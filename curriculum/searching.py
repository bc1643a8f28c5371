"""The glossary searched by what one types, and laid out as an index of either language."""

from collections.abc import Iterable
from itertools import groupby

from curriculum.collation import alphabetical, fold, gojuon, initial, row
from curriculum.glossary import Term
from curriculum.texts import LANGUAGES

Index = tuple[tuple[str, tuple[Term, ...]], ...]
"""Headings in order, each with the terms below it."""


def find_terms(terms: Iterable[Term], typed: str) -> tuple[Term, ...]:
    """Find the terms for what was typed, the nearest first; nothing typed finds all.

    A name or reading that is the same comes before one that begins with it, then one that holds
    it, then a meaning that holds it; of equals, by the fifty sounds, then by id.
    """
    wanted = fold(typed)
    ranked = [(_distance(term, wanted), gojuon(term.reading), term.id, term) for term in terms]
    found = sorted((rank, sound, id) for rank, sound, id, _ in ranked if rank is not None)
    by_id = {id: term for _, _, id, term in ranked}
    return tuple(by_id[id] for _, _, id in found)


def _distance(term: Term, wanted: str) -> int | None:
    names = [fold(name) for language in LANGUAGES for name in term.names(language)]
    names.append(fold(term.reading))
    meanings = [fold(term.meaning.in_language(language)) for language in LANGUAGES]
    nearness = (
        wanted in names,
        any(name.startswith(wanted) for name in names),
        any(wanted in name for name in names),
        any(wanted in meaning for meaning in meanings),
    )
    return nearness.index(True) if any(nearness) else None


def index_by_sound(terms: Iterable[Term]) -> Index:
    """Lay the terms out by the fifty sounds of their readings."""
    ordered = sorted(terms, key=lambda term: (gojuon(term.reading), term.id))
    groups = groupby(ordered, key=lambda term: row(term.reading))
    return tuple((heading, tuple(group)) for heading, group in groups)


def index_by_letter(terms: Iterable[Term]) -> Index:
    """Lay the terms out by the letters of their English names."""
    ordered = sorted(terms, key=lambda term: (alphabetical(term.term.en), term.id))
    groups = groupby(ordered, key=lambda term: initial(term.term.en))
    return tuple((heading, tuple(group)) for heading, group in groups)
