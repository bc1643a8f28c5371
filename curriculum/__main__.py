"""`python -m curriculum check [DIR] [--on DATE]`: what the modules hold, or what is wrong."""

import argparse
import sys
from datetime import date
from pathlib import Path

from curriculum.errors import BadContent
from curriculum.modules import Module, load, load_all, module_folders
from curriculum.texts import LANGUAGES


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m curriculum")
    check = parser.add_subparsers(required=True).add_parser("check", help="read all modules")
    check.add_argument("directory", nargs="?", type=Path, default=Path("data/modules"))
    check.add_argument("--on", type=date.fromisoformat, help="refuse what is past its review then")
    given = parser.parse_args(arguments)
    faults = check_modules(given.directory, given.on)
    for fault in faults:
        print(fault, file=sys.stderr)  # noqa: T201 - a command prints
    return 1 if faults else 0


def check_modules(directory: Path, on: date | None) -> list[str]:
    """Tell what each module holds; return the first fault of each, then of all together."""
    faults = [] if module_folders(directory) else [f"{directory}: no module is found here."]
    for folder in module_folders(directory):
        try:
            print(describe(load(folder, on=on)))  # noqa: T201 - a command prints
        except BadContent as fault:
            faults.append(str(fault))
    if not faults:
        try:
            load_all(directory, on=on)
        except BadContent as fault:
            faults.append(str(fault))
    return faults


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


if __name__ == "__main__":
    sys.exit(main())
