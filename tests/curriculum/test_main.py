import json
import subprocess
import sys

import pytest

from curriculum.__main__ import main
from tests.curriculum.beside import write_case, write_glossary
from tests.curriculum.examples import Change, write_module


def test_the_check_lists_what_each_module_holds(folder, capsys):
    code = main(["check", str(folder.parent), "--on", "2027-03-01"])

    assert code == 0
    assert capsys.readouterr().out == (
        "tides version 3, review by 2027-03-01\n"
        "  ja: 2 lessons, 20 minutes, 2 charts\n"
        "  en: 2 lessons, 20 minutes, 2 charts\n"
        "  7 questions, 7 ready, 2 a quiz\n"
        "modules: 1, 2 lessons in ja, 2 lessons in en, 7 questions, 7 ready\n"
    )


def test_a_day_that_is_none_is_told_as_such(folder, capsys):
    with pytest.raises(SystemExit) as refused:
        main(["check", str(folder.parent), "--on", "next week"])

    assert refused.value.code == 2
    assert "'next week' is not a day such as 2027-03-01." in capsys.readouterr().err


def test_whoever_stops_reading_the_output_gets_no_trace(folder):
    command = [sys.executable, "-m", "curriculum", "check", str(folder.parent)]
    with subprocess.Popen(  # noqa: S603 - our own
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        told = process.stderr.read()

    assert (process.returncode, told) == (1, b"")


def test_the_check_tells_a_fault_of_each_module_and_fails(folder, capsys):
    other = write_module(folder.parent.joinpath("02-ebb"))
    Change("module.yaml", "version: 3", "version: 0").apply(folder)
    Change("questions.yaml", "type: multi", "type: ode").apply(other)

    code = main(["check", str(folder.parent)])

    not_a_kind = "'ode' is not one of: match, multi, numeric, order, short, single, truefalse."
    assert code == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{folder}/module.yaml:2: 0 is below 1, the least allowed here. [too_small]",
        f"{other}/questions.yaml:19: {not_a_kind} [not_allowed]",
    ]


def test_the_check_fails_where_modules_clash_or_are_stale_or_missing(folder, tmp_path, capsys):
    assert main(["check", str(folder.parent), "--on", "2027-03-02"]) == 1
    write_module(folder.parent.joinpath("02-same"))
    assert main(["check", str(folder.parent)]) == 1
    assert main(["check", str(tmp_path.joinpath("nowhere"))]) == 1

    stale, clash, missing = capsys.readouterr().err.splitlines()
    assert stale.endswith("[stale]")
    assert clash.endswith("Two modules are named 'tides'. [duplicate_id]")
    assert missing.endswith("no module is found here.")


@pytest.fixture
def school(tmp_path):
    write_module(tmp_path.joinpath("modules", "01-tides"))
    write_glossary(tmp_path)
    write_case(tmp_path.joinpath("cases"))
    return tmp_path


def test_the_check_counts_the_terms_and_cases_beside_the_modules(school, capsys):
    assert main(["check", str(school.joinpath("modules")), "--on", "2027-03-01"]) == 0

    assert capsys.readouterr().out.splitlines()[-2:] == [
        "glossary: 2 terms, 3 names in ja, 3 names in en",
        "cases: 1, with 1 figures",
    ]


def test_the_check_tells_what_is_wrong_with_terms_and_cases_beside_the_modules(school, capsys):
    Change("glossary.yaml", "modules: [tides]", "modules: [ebb]").apply(school)
    Change("cases/01-harbour.yaml", "module: tides", "module: ebb").apply(school)

    assert main(["check", str(school.joinpath("modules"))]) == 1
    told = [line.partition(": ")[2] for line in capsys.readouterr().err.splitlines()]
    assert told == [
        "There is no module 'ebb'. [unknown_module]",
        "There is no lesson 'high' in 'ebb'. [unknown_lesson]",
    ]


MARKS = "tides,ebb\n" + "1,0.5\n0,0\n1,1\n" * 5


@pytest.fixture
def marks(tmp_path):
    path = tmp_path.joinpath("marks.csv")
    path.write_text(MARKS, "utf-8")
    return path


def test_statistics_of_a_file_of_marks_are_told_as_json(marks, capsys):
    assert main(["statistics", str(marks), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["quiz"]["n"], told["quiz"]["median"]) == (15, 1.5)
    assert [question["question_id"] for question in told["questions"]] == ["tides", "ebb"]
    assert told["questions"][1]["facility"] == 0.5


def test_statistics_of_a_file_of_marks_are_told_as_a_table(marks, capsys):
    assert main(["statistics", str(marks)]) == 0

    quiz, questions = capsys.readouterr().out.split("\n\n")
    assert quiz.splitlines()[0].split() == ["n", "15"]
    assert questions.splitlines()[1].split()[:3] == ["tides", "15", "0.6667"]


def test_a_file_that_is_no_table_of_marks_is_told_in_a_sentence(marks, capsys):
    marks.write_text("tides,ebb\n1,0.5\n1\n", "utf-8")

    assert main(["statistics", str(marks), "--json"]) == 2

    sentence = "Marks on this line: 1; questions named in the first: 2. [ragged]"
    assert capsys.readouterr() == ("", f"{marks}:3: {sentence}\n")
