"""A bank that is written is read again as the same questions."""

from pathlib import Path

import pytest

from curriculum.bank import read_questions
from curriculum.blocks import parse
from curriculum.exchange.bank_yaml import write_bank
from curriculum.modules import load, module_folders
from tests.curriculum.examples import matching, multi, numeric, ordering, short, text, word

FOLDERS = module_folders(Path("data/modules"))


def read_again(questions, documents=()):
    item = parse(Path("bank.yaml"), write_bank(questions))
    return read_questions(item, {document.id: document for document in documents}, on=None)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_club_s_own_banks_come_back_as_they_are(folder):
    module = load(folder)

    assert read_again(module.questions, module.documents) == module.questions


def test_no_text_is_taken_for_anything_else():
    odd = 'no: "yes"\n\n- {a} # b\\n \u2028 \x85 \ufeff\x7f 1.10'
    facts = {"status": "draft", "reviewer": "no", "stem": text(odd), "topic": "true"}
    questions = (
        multi({"no": "1/3", "b": "2/3", "c": -1}, id="null", **facts),
        numeric("1/3", tolerance="0.5", unit="1", id="no", **facts),
        short([word("y", "on", "2026-09-01", weight=1)], [word("n", "~")], id="on", **facts),
        matching({"a": "1", "b": "2"}, ["3"], id="off", **facts),
        ordering(["a", "b", "c"], id="y", **facts),
    )

    assert read_again(questions) == questions
