"""The club's certificate that a person has passed a module, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from club.documents import blocks, tables
from club.documents.bilingual import Bilingual, day, name, same, say
from club.documents.layout import Sheet, print_sheet
from club.documents.parties import Issuer
from club.documents.styles import BODY, LABEL, SMALL, SUBTITLE, SUM, SUMI, TITLE, centred

HOLDER = ParagraphStyle("holder", parent=TITLE, textColor=SUMI)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassPaper:
    """What the certificate says: that the person passed, and not how well."""

    number: str
    issuer: Issuer
    holder: str
    module_ja: str
    module_en: str
    version: int
    outcomes: tuple[Bilingual, ...]
    """What one can do after the module."""
    questions: int
    pass_mark_percent: int
    passed_on: date
    valid_until_on: date
    issued_on: date
    verify_url: str
    """The public address that tells what it is worth today; the QR code holds it."""
    is_invented: bool = False


def write_pass_certificate(paper: PassPaper) -> bytes:
    """Write the certificate as PDF, on one page."""
    sheet = Sheet(
        title=say("passes.paper.title"),
        number=paper.number,
        club=name(paper.issuer),
        issued_on=paper.issued_on,
        is_invented=paper.is_invented,
    )
    return print_sheet(sheet, lambda: _story(paper, sheet))


def _story(paper: PassPaper, sheet: Sheet) -> list[Flowable]:
    return [
        blocks.gap(10),
        *blocks.title(sheet.title, is_centred=True),
        blocks.gap(6),
        *_statement(paper),
        blocks.gap(10),
        tables.pairs(_facts(paper)),
        blocks.gap(7),
        *blocks.section(say("passes.paper.outcomes")),
        *blocks.notes(paper.outcomes),
        blocks.gap(6),
        tables.columns([*_verification(paper)], [*_limits()]),
    ]


def _statement(paper: PassPaper) -> list[Flowable]:
    module = Bilingual(paper.module_ja, paper.module_en)
    return [
        blocks.line(paper.holder, centred(HOLDER)),
        blocks.gap(3),
        *blocks.both(say("passes.paper.statement"), centred(BODY), centred(SMALL)),
        blocks.gap(3),
        *blocks.both(module, centred(SUM), centred(SUBTITLE)),
    ]


def _facts(paper: PassPaper) -> list[tuple[Bilingual, Bilingual]]:
    quiz = say(
        "passes.paper.quiz_facts", questions=paper.questions, percent=paper.pass_mark_percent
    )
    return [
        (say("passes.paper.passed_on"), day(paper.passed_on)),
        (say("passes.paper.valid_until"), day(paper.valid_until_on)),
        (say("passes.paper.version"), same(str(paper.version))),
        (say("passes.paper.quiz"), quiz),
        (say("documents.number"), same(paper.number)),
        (say("documents.issuer"), name(paper.issuer)),
        (say("documents.issued_on"), day(paper.issued_on)),
    ]


def _verification(paper: PassPaper) -> list[Flowable]:
    words = [blocks.link(paper.verify_url), blocks.gap(2)]
    words += blocks.both(say("passes.paper.today"), LABEL)
    head = blocks.caption(say("passes.paper.verify"))
    return [head, blocks.gap(1), tables.code_and_words(paper.verify_url, words)]


def _limits() -> list[Flowable]:
    return [
        blocks.caption(say("passes.paper.limits")),
        *blocks.notes([say("passes.paper.not_score"), say("passes.paper.not_advice")]),
    ]
