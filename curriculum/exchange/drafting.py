"""Questions of a file as drafts of our bank: what they lack is marked in the words and reported.

A file has one language. Its words are put into that language, and behind a mark into the other,
so that the bank is whole and nobody takes it for translated. A draft from elsewhere has a review
long past: it cannot be asked before somebody has reviewed it, dated it and named its sources.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from curriculum.blocks import DAY, ID
from curriculum.exchange.entries import ChoiceEntry, Entry, MatchEntry, OrderEntry, Words
from curriculum.exchange.from_bank import SOURCE
from curriculum.exchange.html_text import as_markdown
from curriculum.exchange.numbers import decimal
from curriculum.exchange.reporting import Dropped, Passage, short
from curriculum.texts import LANGUAGES, Text

UNKNOWN = "not-chosen"
"""Stands for a topic or a lesson; the check refuses it until one is chosen."""
MISSING = Text(ja="（未記入）", en="(to be written)")
TO_TRANSLATE = Text(ja="（要翻訳）", en="(to be translated) ")
NEVER = (date(1970, 1, 1), date(1970, 1, 2))
LONGEST_HTML = 100_000
SEVERAL = "outcome"
KNOWN = ("lang", "v", "status", "topic", "lesson", SEVERAL, "reviewed", "review", "reviewer")
NOT_ID = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True, kw_only=True)
class Draft:
    """One question on its way into the bank: its language, and what has been found missing."""

    passage: Passage
    language: str
    reasons_missing: int = 0
    tag: dict[str, str] = field(default_factory=dict)

    def text(self, words: Words) -> Text | None:
        """Both languages of a text; None where it is blank."""
        plain = self.plain(words)
        return self.both(plain) if plain else None

    def both(self, plain: str) -> Text:
        other = next(language for language in LANGUAGES if language != self.language)
        marked = f"{TO_TRANSLATE.in_language(other)}{plain}"
        return Text(**{self.language: plain, other: marked})

    def why(self, words: Words) -> Text:
        text = self.text(words)
        if text is None:
            self.reasons_missing += 1
            return MISSING
        return text

    def filled(self, words: Words) -> Text:
        """Words that must be there: an answer, an item. Raises Dropped where markup is all."""
        text = self.text(words)
        if text is None:
            raise Dropped("blank_text")
        return text

    def plain(self, words: Words) -> str:
        if words.format != "html":
            return words.text.strip()
        if len(words.text) > LONGEST_HTML:
            raise Dropped("too_long", text=short(words.text))
        if "<" in words.text or "&" in words.text:
            self.passage.note("markup_simplified")
        return as_markdown(words.text)


def facts_of(entry: Entry, draft: Draft, taken: set[str]) -> dict[str, Any]:
    """What every question of the bank has, from the entry and from the tags that we wrote."""
    passage = draft.passage
    _read_tags(entry, draft)
    tag = draft.tag
    stem = draft.text(entry.stem)
    if stem is None:
        passage.note("no_stem")
    outcomes = [each.partition(":")[2] for each in entry.tags if each.startswith(f"{SEVERAL}:")]
    _note_losses(entry, passage)
    topic, lesson = tag.get("topic", ""), tag.get("lesson", "")
    if not (ID.fullmatch(topic) and ID.fullmatch(lesson) and outcomes):
        passage.note("no_place")
    reviewed_on, review_by = _review(tag)
    passage.note("drafted")
    return {
        "id": _id(entry, taken, passage),
        "version": int(tag["v"]) if re.fullmatch(r"[1-9][0-9]{0,5}", tag.get("v", "")) else 1,
        "status": "draft",
        "topic": topic if ID.fullmatch(topic) else UNKNOWN,
        "lesson_id": lesson if ID.fullmatch(lesson) else UNKNOWN,
        "outcomes": tuple(outcome for outcome in outcomes if ID.fullmatch(outcome)),
        "points": _points(entry, passage),
        "asks_confidence": "confidence" in entry.tags,
        "stem": stem or MISSING,
        "explanation": _explanation(entry, draft),
        "sources": (),
        "reviewed_on": reviewed_on,
        "review_by": review_by,
        "reviewer": tag.get("reviewer") or None,
    }


def _read_tags(entry: Entry, draft: Draft) -> None:
    unknown = []
    for tag in entry.tags:
        name, colon, value = tag.partition(":")
        if colon and name in KNOWN:
            draft.tag[name] = value.strip()
        elif tag != "confidence":
            unknown.append(tag)
    if unknown:
        draft.passage.note("tags_lost", text=short(", ".join(unknown)))
    if draft.tag.get("lang") in LANGUAGES:
        draft.language = draft.tag["lang"]


def _note_losses(entry: Entry, passage: Passage) -> None:
    if entry.category:
        passage.note("category_lost", text=short(entry.category))
    if entry.penalty != entry.usual_penalty:
        passage.note("penalty_lost", penalty=decimal(entry.penalty, 7))
    if entry.hints:
        passage.note("hints_lost", count=len(entry.hints))
    if isinstance(entry, ChoiceEntry | MatchEntry | OrderEntry):
        overall = entry.overall
        if any(each.text for each in (overall.right, overall.partly, overall.wrong)):
            passage.note("overall_lost")
    if isinstance(entry, ChoiceEntry | MatchEntry) and not entry.shuffles:
        passage.note("order_lost")


def _id(entry: Entry, taken: set[str], passage: Passage) -> str:
    """Keep an id that is one of ours; make one of what there is; no two are alike."""
    wanted = entry.id or entry.name
    id = wanted if ID.fullmatch(wanted) else NOT_ID.sub("-", wanted.lower()).strip("-")
    id = id[:60].strip("-") or f"imported-{passage.number}"
    while id in taken:
        id = f"{id}-{passage.number}"
    taken.add(id)
    if id != entry.id:
        passage.note("new_id", new=id)
    return id


def _points(entry: Entry, passage: Passage) -> int:
    whole = max(1, int(entry.points))
    if whole != entry.points:
        passage.note("points_rounded", points=decimal(entry.points), whole=whole)
    return whole


def _explanation(entry: Entry, draft: Draft) -> Text:
    """The general feedback without the sources that we wrote below it; those are told instead."""
    explanation, blank, last = draft.plain(entry.feedback).rpartition("\n\n")
    head = SOURCE.in_language(draft.language)
    lines = last.split("\n")
    if all(line.startswith(head) for line in lines):
        for line in lines:
            draft.passage.note("source_named", text=line.removeprefix(head))
    else:
        explanation += blank + last
    if not explanation.strip():
        draft.passage.note("no_explanation")
        return MISSING
    return draft.both(explanation.strip())


def _review(tag: dict[str, str]) -> tuple[date, date]:
    """The review that our own tags name, if they name one; otherwise one long past."""
    days = [tag.get(name, "") for name in ("reviewed", "review")]
    try:
        if all(DAY.fullmatch(day) for day in days):
            reviewed_on, review_by = map(date.fromisoformat, days)
            if reviewed_on < review_by:
                return reviewed_on, review_by
    except ValueError:
        pass
    return NEVER
