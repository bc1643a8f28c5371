"""A module's bank of questions, read strictly: what every question has, then what its type adds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from curriculum.blocks import Item
from curriculum.kinds import OWN_KEYS, READERS
from curriculum.questions import Question
from curriculum.texts import Document, read_sources, read_text

STATUSES = ("draft", "ready", "retired")
COMMON_KEYS = (
    "id", "version", "status", "type", "topic", "lesson", "outcomes", "mark", "confidence",
    "stem", "explanation", "sources", "reviewed_on", "review_by",
)  # fmt: skip


def read_questions(
    item: Item, documents: Mapping[str, Document], *, on: date | None
) -> tuple[Question, ...]:
    questions: dict[str, Question] = {}
    for entry in item.items():
        question = _read_question(entry, documents, on)
        if question.id in questions:
            entry.refuse("duplicate_id", f"The question {question.id!r} is written twice.")
        questions[question.id] = question
    return tuple(questions.values())


def _read_question(item: Item, documents: Mapping[str, Document], on: date | None) -> Question:
    every_key = {key for keys in OWN_KEYS.values() for key in keys}
    anything = item.block("type", optional=[*COMMON_KEYS, *sorted(every_key), "reviewer"])
    kind = anything["type"].one_of(OWN_KEYS)
    found = item.block(*COMMON_KEYS, *OWN_KEYS[kind], optional=["reviewer"])
    question = READERS[kind](found, _read_common(found, documents))
    if question.status == "ready":
        found["review_by"].review_day(on)
        if not question.sources:
            found["sources"].refuse("no_source", "A ready question names at least one source.")
    if question.review_by <= question.reviewed_on:
        found["review_by"].refuse("review_too_early", "`review_by` comes after `reviewed_on`.")
    return question


def _read_common(found: Mapping[str, Item], documents: Mapping[str, Document]) -> dict[str, Any]:
    return {
        "id": found["id"].id(),
        "version": found["version"].whole(least=1),
        "status": found["status"].one_of(STATUSES),
        "topic": found["topic"].id(),
        "lesson_id": found["lesson"].id(),
        "outcomes": tuple(outcome.id() for outcome in found["outcomes"].items()),
        "points": found["mark"].whole(least=1),
        "asks_confidence": found["confidence"].flag(),
        "stem": read_text(found["stem"]),
        "explanation": read_text(found["explanation"]),
        "sources": read_sources(found["sources"], documents),
        "reviewed_on": found["reviewed_on"].day(),
        "review_by": found["review_by"].day(),
        "reviewer": found["reviewer"].text() if "reviewer" in found else None,
    }
