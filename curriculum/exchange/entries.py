"""A question as question files hold it: one language, any of Moodle's plain kinds, exact weights.

This is the form between the formats: each reader makes it, each writer writes it. Texts have no
white space around them and end their lines by a line feed, as every format keeps them so.
"""

from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import ClassVar

EDGES = " \t\n\r\0\x0b"
"""What Moodle trims; a full-width space, for one, stays."""
FORMATS = ("moodle", "html", "plain", "markdown", "wiki")
USUAL = "moodle"
THIRD = Fraction(1, 3)
GRADING = "RELATIVE_ALL_PREVIOUS_AND_NEXT"
"""Moodle's marking of an order that comes nearest to ours: the pairs in the right order."""


def tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(EDGES)


def one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Words:
    """A text and how it is marked up; a blank one is marked up in no way."""

    text: str = ""
    format: str = USUAL

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", tidy(self.text))
        if not self.text:
            object.__setattr__(self, "format", USUAL)


BLANK = Words()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceAnswer:
    text: Words
    weight: Fraction
    feedback: Words = BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer:
    """A typed answer; a star in it stands for anything."""

    text: str
    weight: Fraction
    feedback: Words = BLANK

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", tidy(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAnswer:
    """A number give or take the tolerance; without a value, any other number."""

    value: Fraction | None
    tolerance: Fraction
    weight: Fraction
    feedback: Words = BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPair:
    """A blank left makes of the right a decoy."""

    left: Words
    right: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "right", tidy(self.right))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    name: str
    multiplier: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """Feedback on the answer as a whole: right, partly right or wrong."""

    right: Words = BLANK
    partly: Words = BLANK
    wrong: Words = BLANK


NO_OVERALL = Overall()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every kind has. `id` is blank where the file names none; points may be fractions."""

    kind: ClassVar[str] = ""
    usual_points: ClassVar[Fraction] = Fraction(1)
    usual_penalty: ClassVar[Fraction] = THIRD
    id: str = ""
    name: str = ""
    category: str = ""
    stem: Words = BLANK
    feedback: Words = BLANK
    points: Fraction = Fraction(1)
    penalty: Fraction = THIRD
    tags: tuple[str, ...] = ()
    hints: tuple[Words, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", one_line(self.id))
        object.__setattr__(self, "name", tidy(self.name))
        object.__setattr__(self, "category", one_line(self.category))
        object.__setattr__(self, "tags", tuple(one_line(tag) for tag in self.tags))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceEntry(Entry):
    kind: ClassVar[str] = "multichoice"
    is_single: bool
    answers: tuple[ChoiceAnswer, ...]
    shuffles: bool = True
    overall: Overall = NO_OVERALL


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalseEntry(Entry):
    kind: ClassVar[str] = "truefalse"
    is_true: bool
    when_true: Words = BLANK
    when_false: Words = BLANK
    usual_penalty: ClassVar[Fraction] = Fraction(1)
    penalty: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortEntry(Entry):
    kind: ClassVar[str] = "shortanswer"
    answers: tuple[ShortAnswer, ...]
    minds_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberEntry(Entry):
    kind: ClassVar[str] = "numerical"
    answers: tuple[NumberAnswer, ...]
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchEntry(Entry):
    kind: ClassVar[str] = "matching"
    pairs: tuple[MatchPair, ...]
    shuffles: bool = True
    overall: Overall = NO_OVERALL


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEntry(Entry):
    """Items in the right order."""

    kind: ClassVar[str] = "ordering"
    items: tuple[Words, ...]
    grading: str = GRADING
    overall: Overall = NO_OVERALL


@dataclass(frozen=True, slots=True, kw_only=True)
class EssayEntry(Entry):
    kind: ClassVar[str] = "essay"

    def __post_init__(self) -> None:
        Entry.__post_init__(self)
        object.__setattr__(self, "penalty", THIRD)  # nobody tries an essay again


@dataclass(frozen=True, slots=True, kw_only=True)
class DescriptionEntry(Entry):
    """A text between questions; it asks nothing."""

    kind: ClassVar[str] = "description"
    usual_points: ClassVar[Fraction] = Fraction(0)

    def __post_init__(self) -> None:
        Entry.__post_init__(self)
        object.__setattr__(self, "penalty", THIRD)
        object.__setattr__(self, "points", self.usual_points)


KINDS: tuple[type[Entry], ...] = (
    ChoiceEntry, TrueFalseEntry, ShortEntry, NumberEntry, MatchEntry, OrderEntry, EssayEntry,
    DescriptionEntry,
)  # fmt: skip


def texts_of(part: object) -> list[str]:
    """Collect every string within an entry or a part of one."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple):
        return [text for each in part for text in texts_of(each)]
    if is_dataclass(part):
        return [text for field in fields(part) for text in texts_of(getattr(part, field.name))]
    return []
