"""Every sentence exists in both languages, asks for the same facts, and is used."""

import ast
import re
import string
from enum import StrEnum
from pathlib import Path

import pytest

from club.domain import (
    attributes,
    auction_terms,
    eligibility,
    errors,
    falling,
    flags,
    ledger,
    lots,
    notices,
    offers,
    organisations,
    pledges,
    rounds,
)
from club.domain.joining import RequestState
from club.i18n.catalogue import LOCALE, sentences
from curriculum import certificates
from curriculum.progress import Progress
from pages import buying, facilitating, holding, home, learning, market, selling

AREAS = sorted(path.stem for path in (LOCALE / "ja").glob("*.po"))
SHOWN = (
    rounds.Phase,
    rounds.WhenShort,
    auction_terms.Format,
    auction_terms.Pricing,
    auction_terms.Sharing,
    auction_terms.Sealing,
    organisations.Kind,
    organisations.Standing,
    organisations.Role,
    organisations.Duty,
    pledges.PledgeState,
    offers.EnvelopeState,
    lots.Mechanism,
    lots.Basis,
    lots.Category,
    lots.Label,
    attributes.Attribute,
    eligibility.Use,
    eligibility.Verdict,
    ledger.Account,
    ledger.Measure,
    RequestState,
    flags.FlagState,
    falling.Cause,
    falling.Answer,
    certificates.Validity,
    Progress,
)
SOURCES = [p for root in ("club", "pages") for p in sorted(Path(root).rglob("*.py"))]


def blanks(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_say_the_same_things_about_the_same_facts(area):
    def told(language):
        return {
            id: {blank for form in forms for blank in blanks(form)}
            for id, forms in sentences(language).items()
            if id.startswith(f"{area}.")
        }

    assert told("ja") == told("en")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_sentence_is_empty(language):
    assert [id for id, forms in sentences(language).items() if not all(forms)] == []


def test_every_refusal_has_a_sentence():
    apart = {"at_field", "at_place", "apology"}
    told = {id.removeprefix("errors.") for id in sentences("ja") if id.startswith("errors.")}

    assert told - apart == errors.CODES


def test_every_code_that_is_raised_is_listed():
    """Codes are raised as literals, so that they can be found."""
    kinds = {"Refused", "InputRefused", "PhaseRefused", "TermsRefused", "StandingRefused"}
    raised = {
        node.args[0].value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in kinds
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert raised - errors.CODES == set()


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_every_word_of_an_enumeration_is_known(kind: type[StrEnum]):
    ids = {f"words.{kind.__name__.lower()}.{member.value}" for member in kind}

    assert ids - sentences("ja").keys() == set()


def test_every_notice_has_a_subject_and_a_text():
    ids = {f"notices.{k.value}.{part}" for k in notices.NoticeKind for part in ("subject", "body")}

    assert ids - sentences("ja").keys() == set()


def test_every_sentence_that_a_screen_or_paper_asks_for_exists():
    pattern = re.compile(rf"\"((?:{'|'.join(AREAS)})\.[a-z0-9_.]+)\"")
    asked = {
        (path.as_posix(), id)
        for path in SOURCES
        for id in pattern.findall(path.read_text("utf-8"))
        if not id.endswith((".po", "."))
    }

    assert {
        (p, id) for p, id in asked if id not in sentences("ja") and "." in id[1:]
    } - KINDS == set()


KINDS = {
    (path.as_posix(), id)
    for path in SOURCES
    for id in re.findall(r"done\(\s*\"([a-z_.]+)\"", path.read_text("utf-8"))
}
"""Names of deeds in the audit chain look like ids of sentences and are none."""


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_screen_and_every_section_has_its_words_in_the_menu(language):
    journeys = (buying, facilitating, holding, home, learning, market, selling)
    screens = [screen for journey in journeys for screen in journey.SCREENS]
    ids = {f"menu.{screen.path}" for screen in screens} | {
        f"menu.section.{screen.section}" for screen in screens if screen.section != "home"
    }

    assert ids - sentences(language).keys() == set()
