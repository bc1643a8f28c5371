"""Question files from one format into another by their suffixes; every question is reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from curriculum.bank import read_questions
from curriculum.blocks import parse, read_file
from curriculum.errors import BadContent
from curriculum.exchange.bank_yaml import type_name, write_bank
from curriculum.exchange.files import WRITERS, YAML, kind_of, read_bytes, read_passages, text_of
from curriculum.exchange.from_bank import passages_of
from curriculum.exchange.reporting import Fate, Passage
from curriculum.exchange.to_bank import drafts_of
from curriculum.modules import FACTS, module_facts
from curriculum.questions import Question
from curriculum.texts import Document, read_documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """The new file's text, and what became of every question of the old one."""

    text: str
    passages: Sequence[Passage]

    def count(self, fate: Fate) -> int:
        return sum(passage.fate is fate for passage in self.passages)

    @property
    def is_empty(self) -> bool:
        return self.count(Fate.DROPPED) == len(self.passages)


def import_drafts(path: Path, content: bytes, *, language: str) -> Converted:
    """Turn a file in one language into drafts for our bank. Raises BadContent, nothing else."""
    passages = read_passages(path, content)
    return Converted(text=write_bank(drafts_of(passages, language)), passages=passages)


def export_questions(questions: Sequence[Question], kind: str, *, language: str) -> Converted:
    """Write questions of the bank; only our own YAML holds both languages."""
    if kind == YAML:
        kept = [
            Passage(number=number, name=question.id, kind=type_name(question))
            for number, question in enumerate(questions, start=1)
        ]
        return Converted(text=write_bank(questions), passages=kept)
    passages = passages_of(questions, language)
    return Converted(text=WRITERS[kind](passages), passages=passages)


def convert(source: Path, content: bytes, target: Path, *, language: str) -> Converted:
    """Convert by the suffixes of both paths. Raises BadContent."""
    wanted = kind_of(target)
    if kind_of(source) == YAML:
        bank = parse(source, text_of(source, content))
        questions = read_questions(bank, _documents(source), on=None)
        return export_questions(questions, wanted, language=language)
    if wanted == YAML:
        return import_drafts(source, content, language=language)
    passages = read_passages(source, content)
    return Converted(text=WRITERS[wanted](passages), passages=passages)


def _documents(bank: Path) -> Mapping[str, Document]:
    """The documents that the module beside the bank lists; none where there is no module."""
    facts = bank.with_name(FACTS)
    if not facts.exists():
        return {}
    return read_documents(module_facts(parse(facts, read_file(facts)))["documents"])


def convert_file(source: Path, target: Path, *, language: str) -> Converted:
    """Convert a file, and put the new one in its place only when it is whole.

    Where no question is left, nothing is written. Raises BadContent.
    """
    converted = convert(source, read_bytes(source), target, language=language)
    if not converted.is_empty:
        _put(target, converted.text)
    return converted


def _put(target: Path, text: str) -> None:
    half = target.with_name(f".{target.name}.part")
    try:
        half.write_text(text, "utf-8", newline="\n")
        half.replace(target)
    except OSError:
        half.unlink(missing_ok=True)
        raise BadContent(target, 1, "not_written", "This file cannot be written.") from None
