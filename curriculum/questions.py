"""Questions as their authors write them: each choice says why, each answer names its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from curriculum.texts import Source, Text

LONGEST_WORDS = 100
"""Characters of what is typed as a short answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What every question has; attempts keep `id` and `version`, never the words."""

    id: str
    version: int
    status: str
    topic: str
    lesson_id: str
    outcomes: tuple[str, ...]
    points: int
    asks_confidence: bool
    stem: Text
    explanation: Text
    sources: tuple[Source, ...]
    reviewed_on: date
    review_by: date
    reviewer: str | None

    @property
    def choice_ids(self) -> tuple[str, ...]:
        """The choices that may be shown in another order."""
        return ()

    def may_be_asked(self, on: date) -> bool:
        """Whether it is ready and, on that day, not past its review."""
        return self.status == "ready" and on <= self.review_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    id: str
    text: Text
    weight: Fraction
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _WithChoices(Question):
    choices: tuple[Choice, ...]

    @property
    def choice_ids(self) -> tuple[str, ...]:
        return tuple(choice.id for choice in self.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoice(_WithChoices):
    """One choice is to be picked; exactly one is wholly right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiChoice(_WithChoices):
    """Any number may be picked; weights add up, the good ones to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(Question):
    is_true: bool
    why_true: Text
    why_false: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A wrong number that people often reach, and how they get there."""

    value: Fraction
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Question):
    value: Fraction
    tolerance: Fraction
    unit: Text
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A known answer in words: every way to write it, what it earns, and why."""

    id: str
    ja: tuple[str, ...]
    en: tuple[str, ...]
    weight: Fraction
    why: Text

    @property
    def variants(self) -> tuple[str, ...]:
        return self.ja + self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer(Question):
    """A word or phrase is typed; no way to write it belongs to two of the known answers."""

    answers: tuple[Word, ...]
    slips: tuple[Word, ...]

    @property
    def known(self) -> tuple[Word, ...]:
        return self.answers + self.slips


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    id: str
    left: Text
    right: Text
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoy:
    """A right that belongs to no left."""

    id: str
    right: Text
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Question):
    """Each left is given a right; rights with the same words are one and the same."""

    pairs: tuple[Pair, ...]
    decoys: tuple[Decoy, ...]

    @property
    def right_by_id(self) -> Mapping[str, Text]:
        of_pairs = {pair.id: pair.right for pair in self.pairs}
        return of_pairs | {decoy.id: decoy.right for decoy in self.decoys}

    @property
    def choice_ids(self) -> tuple[str, ...]:
        """The rights, each named once: of several with the same words by the first."""
        first: dict[Text, str] = {}
        for id, right in self.right_by_id.items():
            first.setdefault(right, id)
        return tuple(first.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    id: str
    text: Text
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Question):
    """Steps to be put in order; they stand here in the right one."""

    items: tuple[Step, ...]

    @property
    def choice_ids(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items)
