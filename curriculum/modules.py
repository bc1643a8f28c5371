"""A module: its lessons in both languages and its bank of questions, loaded whole or refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from curriculum.bank import read_questions
from curriculum.blocks import Item, parse, read_file
from curriculum.errors import BadContent
from curriculum.lessons import Lesson, read_lesson
from curriculum.questions import Question
from curriculum.texts import LANGUAGES, Document, Text, read_documents, read_text

FACTS = "module.yaml"
QUESTIONS = "questions.yaml"
PRACTICES = ("round", "catalogue")
"""What a module may offer to practise on: a round among invented bidders, questions on the
club's catalogue."""
TWICE = "duplicate_id"
KEYS = (
    "id", "version", "title", "summary", "pass_mark", "valid_days", "quiz_size", "reviewed_on",
    "review_by", "outcomes", "documents",
)  # fmt: skip
OPTIONAL_KEYS = ("tries", "reduction", "practices")
ALIKE: dict[str, Callable[[Lesson], object]] = {
    "ids": lambda lesson: lesson.id,
    "minutes": lambda lesson: lesson.minutes,
    "sources": lambda lesson: lesson.sources,
    "review dates": lambda lesson: lesson.review_by,
    "kinds of parts": lambda lesson: [[type(p) for p in step.parts] for step in lesson.steps],
    "numbers of the charts": lambda lesson: [chart.shape for chart in lesson.charts],
    "screens of the tasks": lambda lesson: lesson.tasks,
    "rows of the tables": lambda lesson: lesson.table_rows,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a member can do after the module."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """Raise `version` when the meaning changes: passes on an older version no longer count."""

    id: str
    version: int
    title: Text
    summary: Text
    pass_mark: Fraction
    valid_days: int
    quiz_size: int
    tries: int = 1
    """How often a question of a quiz may be answered while the answer is not wholly right."""
    reduction: Fraction = Fraction(0)
    """What each answer before the last takes off its mark."""
    reviewed_on: date
    review_by: date
    outcomes: tuple[Outcome, ...]
    documents: tuple[Document, ...]
    lessons: tuple[Lesson, ...]
    questions: tuple[Question, ...]
    practices: tuple[str, ...] = ()
    """What of `PRACTICES` belongs to it."""

    def lessons_in(self, language: str) -> tuple[Lesson, ...]:
        return tuple(lesson for lesson in self.lessons if lesson.language == language)


def load_all(directory: Path, *, on: date | None = None) -> tuple[Module, ...]:
    """Every module below the directory, by folder name. Raises BadContent."""
    modules: list[Module] = []
    for folder in module_folders(directory):
        module = load(folder, on=on)
        facts = folder.joinpath(FACTS)
        if module.id in {other.id for other in modules}:
            raise BadContent(facts, 1, TWICE, f"Two modules are named {module.id!r}.")
        known = {question.id for other in modules for question in other.questions}
        for question in module.questions:
            if question.id in known:
                sentence = f"Another module has a question {question.id!r}."
                raise BadContent(folder.joinpath(QUESTIONS), 1, TWICE, sentence)
        modules.append(module)
    return tuple(modules)


def lesson_places(modules: Iterable[Module]) -> set[tuple[str, str]]:
    """Name every lesson by its module's id and its own."""
    return {(module.id, lesson.id) for module in modules for lesson in module.lessons}


def module_folders(directory: Path) -> list[Path]:
    return sorted(path for path in directory.glob("*") if path.is_dir())


def module_facts(facts: Item) -> dict[str, Item]:
    """Take the keys of a module's facts; raises BadContent for any other."""
    return facts.block(*KEYS, optional=OPTIONAL_KEYS)


def load(directory: Path, *, on: date | None = None) -> Module:
    """One module from its folder. Raises BadContent, and nothing else.

    With `on`, whatever is past its review on that day is refused as well; without, a stale
    question loads and only leaves the draws.
    """
    facts = _read_yaml(directory.joinpath(FACTS))
    found = module_facts(facts)
    tries, reduction = _read_tries(found)
    documents = read_documents(found["documents"])
    bank = _read_yaml(directory.joinpath(QUESTIONS))
    module = Module(
        id=found["id"].id(),
        version=found["version"].whole(least=1),
        title=read_text(found["title"]),
        summary=read_text(found["summary"]),
        pass_mark=_read_pass_mark(found["pass_mark"]),
        valid_days=found["valid_days"].whole(least=1),
        quiz_size=found["quiz_size"].whole(least=1),
        tries=tries,
        reduction=reduction,
        reviewed_on=found["reviewed_on"].day(),
        review_by=found["review_by"].review_day(on),
        outcomes=_read_outcomes(found["outcomes"]),
        documents=tuple(documents.values()),
        lessons=_read_lessons(directory, documents, on),
        questions=read_questions(bank, documents, on=on),
        practices=_read_practices(found.get("practices")),
    )
    _check_questions(module, bank)
    return module


def _read_yaml(path: Path) -> Item:
    return parse(path, read_file(path))


def _read_pass_mark(item: Item) -> Fraction:
    pass_mark = item.ratio()
    if not 0 < pass_mark <= 1:
        item.refuse("bad_pass_mark", 'A pass mark is above 0 and at most 1, such as "4/5".')
    return pass_mark


def _read_tries(found: Mapping[str, Item]) -> tuple[int, Fraction]:
    """Read how often a question may be answered, and what each answer before the last costs."""
    if "tries" not in found:
        if "reduction" in found:
            found["reduction"].refuse("reduction_of_one_try", "A reduction goes with `tries`.")
        return 1, Fraction(0)
    tries = found["tries"].whole(least=2)
    if "reduction" not in found:
        found["tries"].refuse("no_reduction", "Several tries go with a `reduction`.")
    reduction = found["reduction"].ratio()
    if not 0 < reduction < 1:
        found["reduction"].refuse(
            "bad_reduction", 'A reduction is above 0 and below 1, such as "1/3".'
        )
    return tries, reduction


def _read_practices(item: Item | None) -> tuple[str, ...]:
    named = [entry.one_of(PRACTICES) for entry in item.items()] if item else []
    return tuple(dict.fromkeys(named))


def _read_outcomes(item: Item) -> tuple[Outcome, ...]:
    outcomes: dict[str, Outcome] = {}
    for entry in item.items():
        found = entry.block("id", "text")
        outcome = Outcome(id=found["id"].id(), text=read_text(found["text"]))
        if outcome.id in outcomes:
            entry.refuse(TWICE, f"The outcome {outcome.id!r} is written twice.")
        outcomes[outcome.id] = outcome
    return tuple(outcomes.values())


def _read_lessons(
    directory: Path, documents: Mapping[str, Document], on: date | None
) -> tuple[Lesson, ...]:
    """Read the lessons of every language, in the order of their file names, alike in each."""
    written = sorted(directory.glob("*/*.md"))
    for path in written:
        language = path.parent.name
        if language not in LANGUAGES:
            sentence = f"{language!r} is not a language here; known: {', '.join(LANGUAGES)}."
            raise BadContent(path, 1, "unknown_language", sentence)
    names = sorted({path.name for path in written})
    if not names:
        raise BadContent(directory, 1, "no_lessons", "This module holds no lesson.")
    lessons: list[Lesson] = []
    for name in names:
        original, *translations = (
            read_lesson(directory.joinpath(language, name), language, documents, on=on)
            for language in LANGUAGES
        )
        if original.id in {lesson.id for lesson in lessons}:
            sentence = f"Two lessons are named {original.id!r}."
            raise BadContent(directory.joinpath(original.language, name), 1, TWICE, sentence)
        for translation in translations:
            path = directory.joinpath(translation.language, name)
            _check_translation(path, original, translation)
        lessons += [original, *translations]
    return tuple(lessons)


def _check_translation(path: Path, original: Lesson, translation: Lesson) -> None:
    for what, of in ALIKE.items():
        if of(original) != of(translation):
            sentence = f"The {what} differ between {original.language} and {translation.language}."
            raise BadContent(path, 1, "unequal_languages", sentence)


def _check_questions(module: Module, bank: Item) -> None:
    lesson_ids = {lesson.id for lesson in module.lessons}
    outcome_ids = {outcome.id for outcome in module.outcomes}
    for item, question in zip(bank.items(), module.questions, strict=True):
        if question.lesson_id not in lesson_ids:
            item.refuse("unknown_lesson", f"There is no lesson {question.lesson_id!r}.")
        for id in question.outcomes:
            if id not in outcome_ids:
                item.refuse("unknown_outcome", f"module.yaml lists no outcome {id!r}.")
    ready = sum(question.status == "ready" for question in module.questions)
    if ready < module.quiz_size:
        bank.refuse("too_few_questions", f"{ready} are ready; a quiz asks {module.quiz_size}.")
