"""The command: by suffix, with a report, and nothing half-written."""

from pathlib import Path

import pytest

from curriculum.__main__ import main
from curriculum.exchange.files import LARGEST
from curriculum.modules import module_folders

GIFT = "// [id:tide]\n::Tide::When? {=new moon#yes ~half moon####Because.}\n\nTell us. {}\n"


@pytest.fixture
def gift(tmp_path):
    path = tmp_path.joinpath("in.gift")
    path.write_text(GIFT, "utf-8")
    return path


def test_a_file_goes_through_every_format_and_comes_back(gift, tmp_path, capsys):
    names = ["one.xml", "two.json", "three.gift"]
    for source, target in zip(["in.gift", *names], names, strict=False):
        assert main(["convert", str(tmp_path / source), str(tmp_path / target)]) == 0

    assert tmp_path.joinpath("three.gift").read_text("utf-8") == (
        "// [id:tide]\n::Tide::When?{\n\t=new moon#yes\n\t~half moon\n\t####Because.\n}\n\n"
        "::Tell us.::Tell us.{}\n"
    )
    assert capsys.readouterr().out.splitlines()[:3] == [
        "1. kept: multichoice, Tide",
        "2. kept: essay, Tell us.",
        "2 in all: 2 kept, 0 changed, 0 dropped.",
    ]


def test_a_draft_bank_tells_what_was_changed_and_dropped(gift, tmp_path, capsys):
    target = tmp_path.joinpath("drafts.yaml")

    assert main(["convert", str(gift), str(target), "--language", "en"]) == 0

    assert 'en: "When?"' in target.read_text("utf-8")
    assert capsys.readouterr().out.splitlines() == [
        "1. changed: multichoice, Tide",
        "   - Topic, lesson or outcomes are to be chosen.",
        "   - A draft: it is to be translated, reviewed and given its sources.",
        "   - Reasons to be written: 1",
        "2. dropped: essay, Tell us.",
        "   - Our bank has no question of the kind essay.",
        "2 in all: 0 kept, 1 changed, 1 dropped.",
    ]


def test_a_module_s_bank_is_exported_with_its_documents(folder, tmp_path, capsys):
    bank, target = folder.joinpath("questions.yaml"), tmp_path.joinpath("out.gift")

    assert main(["convert", str(bank), str(target), "--language", "ja"]) == 0

    assert r"説明\n\n出典：潮汐表 (p. 4)" in target.read_text("utf-8")
    assert capsys.readouterr().out.splitlines()[-1].endswith("7 changed, 0 dropped.")


@pytest.mark.parametrize("folder", module_folders(Path("data/modules")), ids=lambda each: each.name)
def test_every_module_s_bank_is_exported_whole(folder, tmp_path, capsys):
    bank, target = folder.joinpath("questions.yaml"), tmp_path.joinpath("out.xml")

    assert main(["convert", str(bank), str(target)]) == 0

    assert capsys.readouterr().out.splitlines()[-1].endswith(" 0 dropped.")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.gift", "クレジット {T}".encode("shift_jis"), "not_utf8"),
        ("a.xml", "<quiz>café</quiz>".encode("windows-1252"), "not_utf8"),
        ("a.xml", b"<quiz>", "not_xml"),
        ("a.xml", b'<!DOCTYPE q [<!ENTITY a "b">]><quiz/>', "declares_entities"),
        ("a.gift", b"x" * (LARGEST + 1), "file_too_large"),
        ("a.yaml", b"- {id: a", "not_yaml"),
        ("a.doc", b"", "unknown_suffix"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence_and_nothing_is_written(
    tmp_path, capsys, name, content, code
):
    tmp_path.joinpath(name).write_bytes(content)
    target = tmp_path.joinpath("out.xml" if code != "not_xml" else "out.gift")
    target.write_text("before", "utf-8")

    assert main(["convert", str(tmp_path / name), str(target)]) == 1

    out, err = capsys.readouterr()
    assert (out, err.count("\n"), err.rstrip().endswith(f"[{code}]")) == ("", 1, True)
    assert target.read_text("utf-8") == "before"
    assert {path.name for path in tmp_path.iterdir()} == {name, target.name}


def test_where_no_question_is_left_nothing_is_written(tmp_path, capsys):
    source, target = tmp_path.joinpath("a.gift"), tmp_path.joinpath("a.yaml")
    source.write_text("Tell us. {}", "utf-8")

    assert main(["convert", str(source), str(target)]) == 1

    assert capsys.readouterr().err == "No question is left; nothing is written.\n"
    assert not target.exists()


def test_a_place_that_cannot_be_written_is_told(gift, tmp_path, capsys):
    target = tmp_path.joinpath("nowhere", "a.xml")

    assert main(["convert", str(gift), str(target)]) == 1
    assert capsys.readouterr().err == f"{target}:1: This file cannot be written. [not_written]\n"


def test_a_bank_without_its_module_has_no_documents_to_name(gift, tmp_path, capsys):
    drafts, again = tmp_path.joinpath("drafts.yaml"), tmp_path.joinpath("again.xml")
    main(["convert", str(gift), str(drafts)])

    assert main(["convert", str(drafts), str(again)]) == 0
    assert "<idnumber>tide</idnumber>" in again.read_text("utf-8")
    assert main(["convert", str(again), str(tmp_path.joinpath("a.yml"))]) == 0
