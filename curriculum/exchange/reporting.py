"""What became of each question on its way between formats: kept, changed or dropped, and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import TypeVar

from curriculum.exchange.entries import Entry, one_line

T = TypeVar("T")
SHORT = 60
SENTENCES = {
    # what a file holds and the form between the formats does not
    "comment_lost": "A comment is not kept: {text}",
    "file_lost": "The embedded file {name} is not kept.",
    "setting_lost": "The setting {name} is not kept: {value}",
    "second_block": "A second pair of braces stays in the text as it is.",
    "blank_answer": "A blank answer is left out.",
    "unordered_answers": "The answers are not named true and false; the first is taken for true.",
    # what cannot be read
    "unpaired_brace": "The answers have no pair of braces around them.",
    "after_category": "A line after $CATEGORY needs a blank line before it.",
    "too_few_answers": "Too few answers: {count}; at least {least} are needed.",
    "bad_weight": "This is not a weight from -100 to 100 percent: {text}",
    "bad_number": "This is not a number, or one of too many digits: {text}",
    "bad_range": "A range goes from the lower number to the higher: {text}",
    "no_arrow": "A pair has no arrow ->: {text}",
    "unknown_kind": "Questions of the kind {kind} are not read.",
    "bad_markup": "A text is not wrapped, so its markup stands among the settings.",
    "control_mark": "A text holds a control character.",
    # what GIFT cannot hold
    "points_lost": "GIFT has no points: {points} become the usual.",
    "penalty_lost": "The penalty for a further try is lost: {penalty}",
    "hints_lost": "Hints are lost: {count}",
    "feedback_lost": "The general feedback is lost: a description has none in GIFT.",
    "overall_lost": "The feedback for right, partly right and wrong answers is lost.",
    "units_lost": "Units are lost: {names}",
    "case_lost": "Upper and lower case will count as the same.",
    "order_lost": "The fixed order of the answers is lost: they may be shuffled.",
    "tag_lost": "A tag cannot be written in GIFT: {text}",
    "id_lost": "The id cannot be written in GIFT: {text}",
    "format_lost": "The markup {format} has no name here; the usual one is put instead.",
    "arrow_changed": "An arrow -> in a text became →; GIFT would take it for a pair.",
    "arrow_answer": "GIFT takes a typed answer with -> for a pair: {text}",
    "no_full_answer": "GIFT takes a single choice without a wholly right answer for several ones.",
    "item_text": "GIFT cannot hold this item of an order: {text}",
    "item_markup": "The items of an order lose their markup in GIFT.",
    # numbers
    "weight_rounded": "A weight is rounded to {percent}%.",
    "weight_unlisted": "Moodle does not list the weight {percent}%: import with nearest grade.",
    "number_rounded": "A number is rounded to {number}.",
    # from our bank
    "other_language": "Only one language goes along: {language}",
    "whys_lost": "The reasons of single pairs or items are lost: {count}",
    "order_marking": "An order is marked by another rule there: {grading}",
    # into our bank
    "drafted": "A draft: it is to be translated, reviewed and given its sources.",
    "no_place": "Topic, lesson or outcomes are to be chosen.",
    "no_stem": "The question itself is blank and is to be written.",
    "no_explanation": "The explanation is to be written.",
    "no_reasons": "Reasons to be written: {count}",
    "no_unit": "The unit is to be written.",
    "blank_text": "A text is blank but for its markup.",
    "alike_items": "Two items of the order are the same.",
    "slip_tolerance": "Wrong numbers now hold give or take {tolerance}, as the right one.",
    "kind_unheld": "Our bank has no question of the kind {kind}.",
    "category_lost": "The category is not kept: {text}",
    "tags_lost": "Tags are not kept: {text}",
    "new_id": "The id or name is not one of ours; it is now {new}.",
    "new_answer_ids": "The ids of the answers are new: a, b, c and so on.",
    "markup_simplified": "HTML is now plain Markdown; tags without a counterpart are left out.",
    "points_rounded": "Points are whole and at least 1: {points} became {whole}.",
    "two_right": "Not exactly one answer of a single choice is wholly right: {count}",
    "no_right": "No answer is right.",
    "weight_raised": "A negative weight became 0.",
    "weights_scaled": "The positive weights summed to {percent}%; they are scaled to 100%.",
    "answer_unheld": "An answer is not kept: {text}",
    "pattern_unheld": "Our bank knows no star for anything: {text}",
    "same_answer": "Two answers are the same to our bank; the second is left out: {text}",
    "too_long": "An answer is too long for our bank: {text}",
    "source_named": "To be entered as a source: {text}",
}


class Fate(StrEnum):
    KEPT = "kept"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that is not as it was; its sentence stands under the code."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return SENTENCES[self.code].format(**self.facts)


class Dropped(Exception):
    """A question that cannot be taken along; the others of the file can."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code, facts)
        self.note = Note(code, facts)


@dataclass(slots=True, kw_only=True)
class Passage:
    """One question under way: what it is now, and what it has lost so far."""

    number: int
    name: str
    kind: str
    entry: Entry | None = None
    notes: list[Note] = field(default_factory=list)
    is_dropped: bool = False
    _said: set[str] = field(default_factory=set, init=False, repr=False)

    @property
    def fate(self) -> Fate:
        if self.is_dropped:
            return Fate.DROPPED
        return Fate.CHANGED if self.notes else Fate.KEPT

    def note(self, code: str, **facts: str | int) -> None:
        """Note a change; the same one again says nothing new."""
        note = Note(code, facts)
        if str(note) not in self._said:
            self._said.add(str(note))
            self.notes.append(note)

    def attempt(self, deed: Callable[[], T]) -> T | None:
        """Do what may drop the question; None where it did, and only the reason is still told."""
        try:
            return deed()
        except Dropped as dropped:
            self.notes = [dropped.note]
            self.is_dropped = True
            return None


def short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"


def write_each(passages: Sequence[Passage], write: Callable[[Entry, Passage], T]) -> list[T]:
    """Write each question that is still there; what cannot be written is dropped, and noted."""
    written = []
    for passage in passages:
        entry = passage.entry
        if entry is None or passage.is_dropped:
            continue
        result = passage.attempt(partial(write, entry, passage))
        if result is not None:
            written.append(result)
    return written


def describe(passages: Sequence[Passage]) -> str:
    """The report for a terminal: a line a question, its reasons below, the sums at the end."""
    lines = []
    for passage in passages:
        lines.append(f"{passage.number}. {passage.fate}: {passage.kind}, {short(passage.name)}")
        lines += [f"   - {note}" for note in passage.notes]
    counts = (f"{sum(p.fate is fate for p in passages)} {fate}" for fate in Fate)
    return "\n".join([*lines, f"{len(passages)} in all: {', '.join(counts)}."])
