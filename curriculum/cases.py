"""Case studies: who bought, joined or made credits, in figures, and what one can learn from it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from curriculum.blocks import Item, parse, read_file
from curriculum.errors import BadContent
from curriculum.texts import (
    Document,
    Source,
    Text,
    read_documents,
    read_source,
    read_sources,
    read_text,
)

TWICE = "duplicate_id"
LessonPlace = tuple[str, str]
"""The id of a module and of a lesson in it."""
KEYS = (
    "id", "title", "who", "where", "when", "credits", "what_happened", "what_to_learn", "facts",
    "lessons", "sources", "review_by", "documents",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCredits:
    """Credits of one kind in a case; `quantity`, in `unit`s, is None where none is told."""

    programme: Text
    kind: Text
    quantity: Fraction | None
    unit: Text | None
    status: Text
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFigure:
    label: Text
    value: Fraction
    unit: Text
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All figures are as the sources state them."""

    id: str
    title: Text
    who: Text
    where: Text
    when: Text
    credits: tuple[CaseCredits, ...]
    what_happened: Text
    what_to_learn: Text
    figures: tuple[CaseFigure, ...]
    lessons: tuple[LessonPlace, ...]
    sources: tuple[Source, ...]
    review_by: date


def load_cases(
    directory: Path, *, lessons: Collection[LessonPlace] | None = None, on: date | None = None
) -> tuple[Case, ...]:
    """Every case in the directory, by file name. Raises BadContent, and nothing else.

    With `lessons`, a case may name these only; with `on`, no case may be past its review then.
    """
    cases: dict[str, Case] = {}
    for path in sorted(directory.glob("*.yaml")):
        case = read_case(path, lessons=lessons, on=on)
        if case.id in cases:
            raise BadContent(path, 1, TWICE, f"Two cases are named {case.id!r}.")
        cases[case.id] = case
    return tuple(cases.values())


def read_case(path: Path, *, lessons: Collection[LessonPlace] | None, on: date | None) -> Case:
    found = parse(path, read_file(path)).block(*KEYS)
    documents = read_documents(found["documents"])
    sources = read_sources(found["sources"], documents, listed_in=path.name)
    if not sources:
        found["sources"].refuse("no_source", "A case names at least one source.")
    return Case(
        id=found["id"].id(),
        title=read_text(found["title"]),
        who=read_text(found["who"]),
        where=read_text(found["where"]),
        when=read_text(found["when"]),
        credits=tuple(_read_credits(entry, documents) for entry in found["credits"].items()),
        what_happened=read_text(found["what_happened"]),
        what_to_learn=read_text(found["what_to_learn"]),
        figures=tuple(_read_figure(entry, documents) for entry in found["facts"].items()),
        lessons=_read_lessons(found["lessons"], lessons),
        sources=sources,
        review_by=found["review_by"].review_day(on),
    )


def _read_credits(item: Item, documents: Mapping[str, Document]) -> CaseCredits:
    found = item.block("programme", "kind", "status", "source", optional=["quantity", "unit"])
    if ("quantity" in found) != ("unit" in found):
        item.refuse("bad_quantity", "A quantity and its unit are both told, or neither.")
    return CaseCredits(
        programme=read_text(found["programme"]),
        kind=read_text(found["kind"]),
        quantity=found["quantity"].ratio() if "quantity" in found else None,
        unit=read_text(found["unit"]) if "unit" in found else None,
        status=read_text(found["status"]),
        source=read_source(found["source"], documents, listed_in=item.path.name),
    )


def _read_lessons(item: Item, known: Collection[LessonPlace] | None) -> tuple[LessonPlace, ...]:
    """Read the lessons that speak of the case; `known` is None where they are not at hand."""
    places: list[LessonPlace] = []
    for entry in item.items():
        found = entry.block("module", "lesson")
        place = (found["module"].id(), found["lesson"].id())
        if known is not None and place not in known:
            entry.refuse("unknown_lesson", f"There is no lesson {place[1]!r} in {place[0]!r}.")
        if place in places:
            entry.refuse(TWICE, f"The lesson {place[1]!r} of {place[0]!r} is named twice.")
        places.append(place)
    return tuple(places)


def _read_figure(item: Item, documents: Mapping[str, Document]) -> CaseFigure:
    found = item.block("label", "value", "unit", "source")
    return CaseFigure(
        label=read_text(found["label"]),
        value=found["value"].ratio(),
        unit=read_text(found["unit"]),
        source=read_source(found["source"], documents, listed_in=item.path.name),
    )
