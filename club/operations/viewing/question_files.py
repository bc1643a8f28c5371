"""Question files for facilitators: drafts from a file, and the bank of a module as a file.

The bank lies in files that come with the program, so nothing is stored here: what is read is
handed back as a draft bank, for a maker to put into the module.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from club.domain.errors import InputRefused, NotFound
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import looking
from curriculum.errors import BadContent
from curriculum.exchange.converting import Converted, export_questions, import_drafts
from curriculum.exchange.files import LARGEST, WRITERS, YAML
from curriculum.texts import LANGUAGES, Text

FORMATS = (YAML, *WRITERS)
REFUSAL_BY_CODE = {
    "not_utf8": "question_file_not_utf8",
    "control_mark": "question_file_control_mark",
    "file_too_large": "question_file_too_large",
    "not_xml": "question_file_not_xml",
    "not_a_quiz": "question_file_not_a_quiz",
    "declares_entities": "question_file_declares_entities",
    "no_question": "question_file_empty",
    "unknown_suffix": "question_file_unknown_suffix",
    "not_our_json": "question_file_not_our_json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A module by name, and how many questions it has."""

    module_id: str
    title: Text
    questions: int


def banks(context: Context, actor: Actor) -> tuple[Bank, ...]:
    """Every module's bank, in the curriculum's order."""
    with looking(context, actor, Role.FACILITATOR):
        return tuple(
            Bank(module_id=module.id, title=module.title, questions=len(module.questions))
            for module in context.modules.values()
        )


def drafts_from_file(
    context: Context, actor: Actor, *, name: str, content: bytes, language: str
) -> Converted:
    """Read a GIFT or Moodle XML file as drafts. Raises InputRefused with the line where it breaks.

    Nothing is stored: the draft bank is the outcome's text.
    """
    with looking(context, actor, Role.FACILITATOR):
        _require_one_of(language, LANGUAGES)
    try:
        return import_drafts(Path(name), content, language=language)
    except BadContent as fault:
        code = REFUSAL_BY_CODE[fault.code]
        raise InputRefused(code, line=fault.line, most=LARGEST // 1_000_000) from None


def bank_as_file(
    context: Context, actor: Actor, *, module_id: str, format: str, language: str
) -> Converted:
    """Write a module's bank in a format. Raises NotFound, or InputRefused for an unknown choice."""
    with looking(context, actor, Role.FACILITATOR):
        if module_id not in context.modules:
            raise NotFound
        _require_one_of(format, FORMATS)
        _require_one_of(language, LANGUAGES)
    questions = context.modules[module_id].questions
    return export_questions(questions, format, language=language)


def _require_one_of(chosen: str, known: tuple[str, ...]) -> None:
    if chosen not in known:
        raise InputRefused("unknown_choice", typed=chosen)
