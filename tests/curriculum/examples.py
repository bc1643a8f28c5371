"""A small module that is whole, and questions to mark: what the tests change and break."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from curriculum.errors import BadContent
from curriculum.modules import Module
from curriculum.questions import (
    Choice,
    Decoy,
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    Pair,
    ShortAnswer,
    SingleChoice,
    Step,
    TrueFalse,
    Word,
)
from curriculum.texts import Text

MODULE = """\
id: tides
version: 3
title: {ja: 潮, en: Tides}
summary: {ja: 潮のこと。, en: About tides.}
pass_mark: "4/5"
valid_days: 30
quiz_size: 2
reviewed_on: 2026-11-01
review_by: 2027-03-01
outcomes:
  - {id: turn, text: {ja: 潮を読む。, en: Read the tide.}}
documents:
  - {id: almanac, title: {ja: 潮汐表, en: Almanac}, published_on: 2026-01-01, read_on: 2026-11-01}
"""

LESSON = """\
---
id: {id}
title: {title}
minutes: 10
objective: {title}
sources: [{{doc: almanac, clause: "p. 4"}}]
review_by: 2027-03-01
---

## {title}

Twice a day.

| hour | height |
|---|---|
| 6 | 2 |

```chart
kind: bar
title: {title}
x: hour
y: height
units: m
series: [water]
rows:
  - ["06", 2]
  - ["12", "0.5"]
alt: {title}
note: invented
```

```check
question: {title}?
answer: {title}.
```
"""

COMMON = """\
  version: 1
  status: ready
  topic: tides
  lesson: high
  outcomes: [turn]
  mark: 1
  confidence: true
  stem: {ja: 問い, en: Question}
  explanation: {ja: 説明, en: Explanation}
  sources: [{doc: almanac, clause: "p. 4"}]
  reviewed_on: 2026-11-01
  review_by: 2027-03-01
"""

WHY = "why: {ja: 正, en: right}"
QUESTIONS = f"""\
- id: one
  type: single
{COMMON}  choices:
    - {{id: a, weight: 1, text: {{ja: 甲, en: A}}, why: {{ja: 正, en: right}}}}
    - {{id: b, weight: 0, text: {{ja: 乙, en: B}}, why: {{ja: 誤, en: wrong}}}}
- id: two
  type: multi
{COMMON}  choices:
    - {{id: a, weight: "1/3", text: {{ja: 甲, en: A}}, why: {{ja: 正, en: right}}}}
    - {{id: b, weight: "2/3", text: {{ja: 乙, en: B}}, why: {{ja: 正, en: right}}}}
    - {{id: c, weight: -1, text: {{ja: 丙, en: C}}, why: {{ja: 誤, en: wrong}}}}
- id: three
  type: truefalse
{COMMON}  answer: false
  why_true: {{ja: 誤, en: wrong}}
  why_false: {{ja: 正, en: right}}
- id: four
  type: numeric
{COMMON}  value: 12
  tolerance: "0.5"
  unit: {{ja: 時間, en: hours}}
  slips:
    - {{value: 24, why: {{ja: 一日, en: a whole day}}}}
- id: five
  type: short
{COMMON}  answers:
    - {{id: ebb, weight: 1, variants: {{ja: [引き潮, 下げ潮], en: [ebb, Ebb tide]}}, {WHY}}}
    - {{id: out, weight: 1/2, variants: {{ja: [引き], en: [going out]}}, why: {{ja: 半, en: half}}}}
  slips:
    - {{id: flood, variants: {{ja: [満ち潮], en: [flood]}}, why: {{ja: 逆, en: the other way}}}}
- id: six
  type: match
{COMMON}  pairs:
    - {{id: new, left: {{ja: 新月, en: New}}, right: {{ja: 大潮, en: Spring tide}}, {WHY}}}
    - {{id: full, left: {{ja: 満月, en: Full}}, right: {{ja: 大潮, en: Spring tide}}, {WHY}}}
    - {{id: half, left: {{ja: 半月, en: Half}}, right: {{ja: 小潮, en: Neap tide}}, {WHY}}}
  decoys:
    - {{id: red, right: {{ja: 赤潮, en: Red tide}}, why: {{ja: 誤, en: wrong}}}}
- id: seven
  type: order
{COMMON}  items:
    - {{id: low, text: {{ja: 干潮, en: Low water}}, why: {{ja: 一, en: one}}}}
    - {{id: rise, text: {{ja: 上げ潮, en: Rising}}, why: {{ja: 二, en: two}}}}
    - {{id: high, text: {{ja: 満潮, en: High water}}, why: {{ja: 三, en: three}}}}
    - {{id: fall, text: {{ja: 下げ潮, en: Falling}}, why: {{ja: 四, en: four}}}}
"""


def write_module(folder: Path) -> Path:
    for language in ("ja", "en"):
        folder.joinpath(language).mkdir(parents=True)
        for name, id in (("01-high.md", "high"), ("02-low.md", "low")):
            lesson = LESSON.format(id=id, title=f"{id} {language}")
            folder.joinpath(language, name).write_text(lesson, "utf-8")
    folder.joinpath("module.yaml").write_text(MODULE, "utf-8")
    folder.joinpath("questions.yaml").write_text(QUESTIONS, "utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Change:
    """Replace the first `old` in a file of the module by `new`."""

    name: str
    old: str
    new: str

    def apply(self, folder: Path) -> None:
        path = folder.joinpath(self.name)
        before = path.read_text("utf-8")
        assert self.old in before
        path.write_text(before.replace(self.old, self.new, 1), "utf-8")


def fault_of(read: Callable[[], object]) -> BadContent | None:
    """What the reading is refused for; None if it is not."""
    try:
        read()
    except BadContent as fault:
        return fault
    return None


def place(fault: BadContent) -> str:
    """The line that a fault points at, as it stands in the file."""
    return fault.path.read_text("utf-8").split("\n")[fault.line - 1].strip()


def text(words: str = "…") -> Text:
    return Text(ja=words, en=words)


def common(id: str = "q", **changes: object) -> dict[str, object]:
    facts = {
        "id": id, "version": 1, "status": "ready", "topic": "tides", "lesson_id": "high",
        "outcomes": (), "points": 1, "asks_confidence": False, "stem": text(),
        "explanation": text(), "sources": (), "reviewed_on": date(2026, 11, 1),
        "review_by": date(2027, 3, 1), "reviewer": None,
    }  # fmt: skip
    return {**facts, **changes}


def choices(weights: dict[str, Fraction | int]) -> tuple[Choice, ...]:
    return tuple(
        Choice(id=id, text=text(id), weight=Fraction(weight), why=text())
        for id, weight in weights.items()
    )


def single(weights, id="q", **changes):
    return SingleChoice(**common(id, **changes), choices=choices(weights))


def multi(weights, id="q", **changes):
    return MultiChoice(**common(id, **changes), choices=choices(weights))


def true_false(is_true, id="q", **changes):
    facts = common(id, **changes)
    return TrueFalse(**facts, is_true=is_true, why_true=text(), why_false=text())


def numeric(value, tolerance=0, unit="kg", id="q", slips=(), **changes):
    return Numeric(
        **common(id, **changes),
        value=Fraction(value), tolerance=Fraction(tolerance), unit=text(unit), slips=slips,
    )  # fmt: skip


def word(id, *variants, weight=0):
    """Written alike in both languages."""
    return Word(id=id, ja=variants, en=variants, weight=Fraction(weight), why=text())


def short(answers, slips=(), id="q", **changes):
    return ShortAnswer(**common(id, **changes), answers=tuple(answers), slips=tuple(slips))


def matching(right_by_left, decoys=(), id="q", **changes):
    """A pair for each left, its id that of the left; a decoy for each text."""
    return Matching(
        **common(id, **changes),
        pairs=tuple(
            Pair(id=left, left=text(left), right=text(right), why=text())
            for left, right in right_by_left.items()
        ),
        decoys=tuple(Decoy(id=right, right=text(right), why=text()) for right in decoys),
    )


def ordering(ids, id="q", **changes):
    return Ordering(
        **common(id, **changes), items=tuple(Step(id=i, text=text(i), why=text()) for i in ids)
    )


def module(**changes) -> Module:
    facts = {
        "id": "tides", "version": 3, "title": text(), "summary": text(),
        "pass_mark": Fraction(4, 5), "valid_days": 30, "quiz_size": 2,
        "reviewed_on": date(2026, 11, 1), "review_by": date(2027, 3, 1), "outcomes": (),
        "documents": (), "lessons": (), "questions": (),
    }  # fmt: skip
    return Module(**{**facts, **changes})
