"""The club's own questions go into question files and come back."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from curriculum.exchange.files import WRITERS, read_passages
from curriculum.exchange.from_bank import passages_of
from curriculum.exchange.reporting import Fate
from curriculum.exchange.to_bank import drafts_of
from curriculum.modules import load, module_folders
from curriculum.questions import Matching, Ordering
from curriculum.texts import LANGUAGES, Text
from tests.curriculum.examples import matching, multi, numeric, ordering, short, single, true_false
from tests.curriculum.examples import word as a_word

OURS = {
    "made up": (
        single({"a": 1, "b": 0}, id="one"),
        multi({"a": "1/3", "b": "2/3", "c": -1}, id="two"),
        true_false(is_true=False, id="three"),
        numeric(12, tolerance="0.5", id="four"),
        short([a_word("a", "* CO2", "co₂", weight=1), a_word("b", "gas", weight="1/2")], id="five"),
        matching({"a": "1", "b": "2", "c": "1"}, ["3"], id="six"),
        ordering(["a", "b", "c"], id="seven"),
    ),
    **{folder.name: load(folder).questions for folder in module_folders(Path("data/modules"))},
}
LEFT_BEHIND = {
    ".json": {"other_language", "whys_lost", "order_marking"},
    ".xml": {"other_language", "whys_lost", "order_marking", "weight_unlisted", "weight_rounded"},
    ".gift": {
        "other_language", "whys_lost", "order_marking", "weight_unlisted", "weight_rounded",
        "units_lost", "points_lost",
    },
}  # fmt: skip
LEFT_OUT = {"status", "sources"}
NOT_HELD = {Matching: {"why"}, Ordering: {"why"}}


def spoken(part, language, left_out=LEFT_OUT):
    """A question in one language, without what no question file holds."""
    if isinstance(part, Text):
        return part.in_language(language)
    if isinstance(part, tuple):
        return [spoken(each, language, {"id", *left_out}) for each in part]
    if is_dataclass(part):
        out = left_out | NOT_HELD.get(type(part), set())
        own = {f.name: getattr(part, f.name) for f in fields(part) if f.name not in out}
        if {"ja", "en"} <= own.keys():
            own = {**own, "ja": None, "en": set(part.variants)}
        return {name: spoken(each, language, out) for name, each in own.items()}
    return part


@pytest.mark.parametrize("format", LEFT_BEHIND)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bank", OURS)
def test_a_question_comes_back_but_for_what_was_said(bank, language, format):
    sent = passages_of(OURS[bank], language)
    written = WRITERS[format](sent)
    back = read_passages(Path(f"bank{format}"), written.encode())

    assert {note.code for passage in sent for note in passage.notes} <= LEFT_BEHIND[format]
    assert {passage.fate for passage in back} == {Fate.KEPT}
    if format == ".json":
        assert [passage.entry for passage in back] == [passage.entry for passage in sent]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bank", OURS)
def test_a_draft_of_an_exported_question_says_the_same_in_its_language(bank, language):
    questions = OURS[bank]
    written = WRITERS[".xml"](passages_of(questions, language))

    drafts = drafts_of(read_passages(Path("bank.xml"), written.encode()), "ja")

    assert [spoken(each, language) for each in drafts] == [spoken(q, language) for q in questions]
    assert {draft.status for draft in drafts} == {"draft"}
