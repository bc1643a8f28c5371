"""Lessons in Markdown: front matter, then one step a heading, with charts and questions inside."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from curriculum.blocks import Item, parse, read_file
from curriculum.charts import Chart, read_chart
from curriculum.errors import BadContent
from curriculum.texts import Document, Source, read_sources

FENCE = "```"
HEADING = re.compile(r"## +(\S.*)")
SCREEN = re.compile(r"[a-z]+(?:_[a-z]+)*")
TABLE_ROW = re.compile(r"^\|", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Markdown as written."""

    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A question to think about before its answer is opened; nothing is marked."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Where in the product a practical task is done: screens, by their names in the address."""

    opens: tuple[str, ...]


Part = Prose | Chart | Check | Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One idea: what a screen shows at once."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson in one language."""

    id: str
    language: str
    title: str
    minutes: int
    objective: str
    sources: tuple[Source, ...]
    review_by: date
    steps: tuple[Step, ...]

    @property
    def charts(self) -> tuple[Chart, ...]:
        parts = (part for step in self.steps for part in step.parts)
        return tuple(part for part in parts if isinstance(part, Chart))

    @property
    def tasks(self) -> tuple[Task, ...]:
        parts = (part for step in self.steps for part in step.parts)
        return tuple(part for part in parts if isinstance(part, Task))

    @property
    def table_rows(self) -> int:
        """How many lines of Markdown tables it holds, headings included."""
        parts = (part for step in self.steps for part in step.parts)
        return sum(len(TABLE_ROW.findall(p.markdown)) for p in parts if isinstance(p, Prose))


def read_lesson(
    path: Path, language: str, documents: Mapping[str, Document], *, on: date | None
) -> Lesson:
    lines = read_file(path).split("\n")
    end = lines.index("---", 1) if lines[0] == "---" and "---" in lines[1:] else 0
    if end == 0:
        raise BadContent(
            path, 1, "no_front_matter", "A lesson begins with facts between two lines of ---."
        )
    front = parse(path, "\n".join(lines[1:end]), lines_above=1)
    found = front.block("id", "title", "minutes", "objective", "sources", "review_by")
    sources = read_sources(found["sources"], documents)
    if not sources:
        found["sources"].refuse("no_source", "A lesson names at least one source.")
    return Lesson(
        id=found["id"].id(),
        language=language,
        title=found["title"].text(),
        minutes=found["minutes"].whole(least=1),
        objective=found["objective"].text(),
        sources=sources,
        review_by=found["review_by"].review_day(on),
        steps=_read_steps(path, lines, end + 1),
    )


def _read_steps(path: Path, lines: Sequence[str], start: int) -> tuple[Step, ...]:
    headings = [n for n in range(start, len(lines)) if HEADING.fullmatch(lines[n])]
    first = headings[0] if headings else len(lines)
    if not headings or "".join(lines[start:first]).strip():
        raise BadContent(
            path, start + 1, "no_heading", "The words of a lesson begin with a heading: ## …"
        )
    ends = [*headings[1:], len(lines)]
    return tuple(
        Step(title=lines[n].removeprefix("##").strip(), parts=_read_parts(path, lines, n + 1, end))
        for n, end in zip(headings, ends, strict=True)
    )


def _read_parts(path: Path, lines: Sequence[str], start: int, end: int) -> tuple[Part, ...]:
    parts: list[Part] = []
    fences = [n for n in range(start, end) if lines[n].startswith(FENCE)]
    if len(fences) % 2:
        raise BadContent(path, fences[-1] + 1, "open_fence", f"This {FENCE} is never closed.")
    above = start
    for opening, closing in zip(fences[::2], fences[1::2], strict=True):
        parts += _read_prose(lines[above:opening])
        inside = parse(path, "\n".join(lines[opening + 1 : closing]), lines_above=opening + 1)
        parts.append(_read_fence(path, lines[opening], inside))
        above = closing + 1
    parts += _read_prose(lines[above:end])
    if not parts:
        raise BadContent(path, start, "empty", "Nothing stands under this heading.")
    return tuple(parts)


def _read_prose(lines: Sequence[str]) -> list[Part]:
    markdown = "\n".join(lines).strip()
    return [Prose(markdown=markdown)] if markdown else []


def _read_fence(path: Path, opening: str, inside: Item) -> Part:
    match opening.removeprefix(FENCE).strip():
        case "chart":
            return read_chart(inside)
        case "check":
            found = inside.block("question", "answer")
            return Check(question=found["question"].text(), answer=found["answer"].text())
        case "task":
            return _read_task(inside)
        case kind:
            raise BadContent(
                path, inside.lines_above, "unknown_fence", f"{kind!r} is not chart, check or task."
            )


def _read_task(item: Item) -> Task:
    listed = item.block("opens")["opens"]
    opens = tuple(screen.text() for screen in listed.items())
    for screen in opens:
        if SCREEN.fullmatch(screen) is None:
            listed.refuse("bad_screen", f"{screen!r} is not the name of a screen.")
    if not opens or len(set(opens)) < len(opens):
        listed.refuse("bad_screen", "A task opens one screen or more, each named once.")
    return Task(opens=opens)
