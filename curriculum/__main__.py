"""`python -m curriculum check [DIR] [--on DATE]`: what the modules hold, or what is wrong.

`python -m curriculum statistics FILE [--json]`: how the questions in a table of marks did.

`python -m curriculum convert IN OUT [--language ja|en]`: questions from one format into another.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from curriculum.cases import Case, load_cases
from curriculum.errors import BadContent
from curriculum.exchange.converting import convert_file
from curriculum.exchange.reporting import describe as describe_passages
from curriculum.glossary import Term, load_glossary
from curriculum.marks import read_marks
from curriculum.modules import Module, lesson_places, load, load_all, module_folders
from curriculum.reports import as_json, as_table
from curriculum.statistics import statistics
from curriculum.texts import LANGUAGES

GLOSSARY = "glossary.yaml"
CASES = "cases"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m curriculum")
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="read all modules")
    check.add_argument("directory", nargs="?", type=Path, default=Path("data/modules"))
    check.add_argument("--on", type=read_day, help="refuse what is past its review then")
    check.set_defaults(run=lambda given: tell_modules(given.directory, given.on))
    figures = commands.add_parser("statistics", help="how the questions in a table of marks did")
    figures.add_argument("file", type=Path, help="CSV: question ids, then one first try a row")
    figures.add_argument("--json", action="store_true", help="for a program to read")
    figures.set_defaults(run=lambda given: tell_statistics(given.file, as_program=given.json))
    conversion = commands.add_parser("convert", help="questions from one format into another")
    conversion.add_argument("source", type=Path, help="ends in .gift, .xml, .yaml or .json")
    conversion.add_argument("target", type=Path, help="ends in .gift, .xml, .yaml or .json")
    conversion.add_argument(
        "--language",
        choices=LANGUAGES,
        default=LANGUAGES[0],
        help="of a file in one language: which it is, or is to be",
    )
    conversion.set_defaults(
        run=lambda given: tell_conversion(given.source, given.target, given.language)
    )
    given = parser.parse_args(arguments)
    return int(given.run(given))


def read_day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        sentence = f"'{written}' is not a day such as 2027-03-01."
        raise argparse.ArgumentTypeError(sentence) from None


def tell_modules(directory: Path, on: date | None) -> int:
    faults = check_modules(directory, on)
    for fault in faults:
        print(fault, file=sys.stderr)  # noqa: T201 - a command prints
    return 1 if faults else 0


def tell_statistics(path: Path, *, as_program: bool) -> int:
    try:
        marks = read_marks(path)
    except BadContent as fault:
        print(fault, file=sys.stderr)  # noqa: T201 - a command prints
        return 2
    points = dict.fromkeys(marks.question_ids, 1)
    told = statistics(marks.tries, points_by_question=points)
    print(as_json(told) if as_program else as_table(told))  # noqa: T201 - a command prints
    return 0


def tell_conversion(source: Path, target: Path, language: str) -> int:
    try:
        converted = convert_file(source, target, language=language)
    except BadContent as fault:
        print(fault, file=sys.stderr)  # noqa: T201 - a command prints
        return 1
    print(describe_passages(converted.passages))  # noqa: T201 - a command prints
    if converted.is_empty:
        print("No question is left; nothing is written.", file=sys.stderr)  # noqa: T201 - a command prints
        return 1
    return 0


def check_modules(directory: Path, on: date | None) -> list[str]:
    """Tell what each module holds; return the first fault of each, then of all together."""
    faults = [] if module_folders(directory) else [f"{directory}: no module is found here."]
    for folder in module_folders(directory):
        try:
            print(describe(load(folder, on=on)))  # noqa: T201 - a command prints
        except BadContent as fault:
            faults.append(str(fault))
    return faults or check_together(directory, on)


def check_together(directory: Path, on: date | None) -> list[str]:
    """Tell what stands beside the modules; return what clashes, and what is wrong there."""
    try:
        modules = load_all(directory, on=on)
    except BadContent as fault:
        return [str(fault)]
    print(describe_school(modules))  # noqa: T201 - a command prints
    glossary, cases = directory.with_name(GLOSSARY), directory.with_name(CASES)
    ids, lessons = {module.id for module in modules}, lesson_places(modules)
    faults = []
    if glossary.exists():
        faults += _check(lambda: describe_terms(load_glossary(glossary, modules=ids, on=on)))
    if cases.exists():
        faults += _check(lambda: describe_cases(load_cases(cases, lessons=lessons, on=on)))
    return faults


def _check(describe_it: Callable[[], str]) -> list[str]:
    try:
        print(describe_it())  # noqa: T201 - a command prints
    except BadContent as fault:
        return [str(fault)]
    return []


def describe_school(modules: Sequence[Module]) -> str:
    lessons = (
        f"{sum(len(module.lessons_in(language)) for module in modules)} lessons in {language}"
        for language in LANGUAGES
    )
    questions = [question for module in modules for question in module.questions]
    ready = sum(question.status == "ready" for question in questions)
    counted = f"{len(questions)} questions, {ready} ready"
    return f"modules: {len(modules)}, {', '.join(lessons)}, {counted}"


def describe_terms(terms: Sequence[Term]) -> str:
    names = (f"{sum(len(t.names(lang)) for t in terms)} names in {lang}" for lang in LANGUAGES)
    return f"glossary: {len(terms)} terms, {', '.join(names)}"


def describe_cases(cases: Sequence[Case]) -> str:
    figures = sum(len(case.figures) for case in cases)
    return f"cases: {len(cases)}, with {figures} figures"


def describe(module: Module) -> str:
    lines = [f"{module.id} version {module.version}, review by {module.review_by}"]
    for language in LANGUAGES:
        lessons = module.lessons_in(language)
        minutes = sum(lesson.minutes for lesson in lessons)
        charts = sum(len(lesson.charts) for lesson in lessons)
        lines.append(f"  {language}: {len(lessons)} lessons, {minutes} minutes, {charts} charts")
    ready = sum(question.status == "ready" for question in module.questions)
    lines.append(f"  {len(module.questions)} questions, {ready} ready, {module.quiz_size} a quiz")
    return "\n".join(lines)


def run() -> int:
    """Run the command; whoever reads its output may stop reading, as `head` does."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


if __name__ == "__main__":
    sys.exit(run())
