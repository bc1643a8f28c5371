from datetime import date
from fractions import Fraction
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.errors import BadContent
from curriculum.modules import load, load_all
from tests.curriculum.examples import Change, fault_of, write_module

REVIEW_DUE = date(2027, 3, 1)
LATER = date(2027, 3, 2)
LESSON = ["ja/01-high.md", "en/01-high.md"]
IDS = ["one", "two", "three", "four", "five", "six", "seven"]
FILES = ["module.yaml", "questions.yaml", "ja/01-high.md", "en/02-low.md"]


def test_a_module_may_let_a_question_be_answered_again_at_a_price(folder):
    once = load(folder)
    Change("module.yaml", "quiz_size: 2", "quiz_size: 2\ntries: 3\nreduction: 1/3").apply(folder)
    again = load(folder)

    assert (once.tries, once.reduction) == (1, 0)
    assert (again.tries, again.reduction) == (3, Fraction(1, 3))


def test_a_module_is_loaded_whole(folder):
    module = load(folder, on=REVIEW_DUE)

    assert (module.id, module.version, module.pass_mark) == ("tides", 3, Fraction(4, 5))
    assert [(lesson.id, lesson.language) for lesson in module.lessons] == [
        ("high", "ja"), ("high", "en"), ("low", "ja"), ("low", "en"),
    ]  # fmt: skip
    assert [question.id for question in module.questions] == IDS


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("id: tides", "id: High Tides", 1, "'High Tides' should be lower-case letters"),
        ("version: 3", "version: 3.1", 2, "'3.1' should be a whole number."),
        ('pass_mark: "4/5"', "pass_mark: 0", 5, "A pass mark is above 0 and at most 1"),
        ('pass_mark: "4/5"', "pass_mark: 80", 5, "A pass mark is above 0 and at most 1"),
        ("valid_days: 30\n", "", 1, "The key 'valid_days' is missing."),
        ("quiz_size: 2", "quiz_size: 2\npasses: 1", 8, "'passes' is not a known key here"),
        ("quiz_size: 2", "quiz_size: 2\ntries: 3", 8, "Several tries go with a `reduction`."),
        ("quiz_size: 2", 'quiz_size: 2\nreduction: "1/3"', 8, "A reduction goes with `tries`."),
        ("quiz_size: 2", "quiz_size: 2\ntries: 1\nreduction: 1/3", 8, "1 is below 2, the least"),
        ("quiz_size: 2", "quiz_size: 2\ntries: 3\nreduction: 1", 9, "A reduction is above 0 and b"),
        ("quiz_size: 2", "quiz_size: 8", 1, "7 are ready; a quiz asks 8."),
    ],
)
def test_broken_facts_are_refused(folder, old, new, line, sentence):
    Change("module.yaml", old, new).apply(folder)

    with pytest.raises(BadContent) as caught:
        load(folder)

    assert caught.value.line == line
    assert caught.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("minutes: 10", "minutes: 12", "minutes"),
        ("id: high", "id: spring", "ids"),
        ('"p. 4"', '"p. 5"', "sources"),
        ("review_by: 2027-03-01", "review_by: 2027-03-02", "review dates"),
        ('["06", 2]', '["06", 3]', "numbers of the charts"),
        ("| 6 | 2 |", "| 6 | 2 |\n| 12 | 0 |", "rows of the tables"),
        ("```check\nquestion: high en?\nanswer: high en.\n```", "", "kinds of parts"),
    ],
)
def test_the_languages_of_a_lesson_must_match(folder, old, new, what):
    Change("en/01-high.md", old, new).apply(folder)

    with pytest.raises(BadContent) as caught:
        load(folder)

    assert caught.value.path == folder.joinpath("en", "01-high.md")
    assert caught.value.sentence == f"The {what} differ between ja and en."


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_lesson_that_one_language_lacks_is_refused(folder, language):
    missing = folder.joinpath(language, "02-low.md")
    missing.unlink()

    with pytest.raises(BadContent) as caught:
        load(folder)

    assert (caught.value.path, caught.value.code) == (missing, "no_file")


def test_two_lessons_of_one_name_are_refused(folder):
    for language in ("ja", "en"):
        Change(f"{language}/02-low.md", "id: low", "id: high").apply(folder)

    with pytest.raises(BadContent, match="Two lessons are named 'high'"):
        load(folder)


@pytest.mark.parametrize("names", [FILES[:1], FILES[1:2], LESSON])
def test_what_is_past_its_review_is_refused_only_on_a_given_day(folder, names):
    for path in folder.rglob("*.*"):
        if path.relative_to(folder).as_posix() not in names:
            written = path.read_text("utf-8").replace(f"by: {REVIEW_DUE}", "by: 2028-03-01")
            path.write_text(written, "utf-8")

    load(folder)
    load(folder, on=REVIEW_DUE)
    with pytest.raises(BadContent) as caught:
        load(folder, on=LATER)

    assert (caught.value.code, caught.value.path) == ("stale", folder.joinpath(names[0]))


def test_a_retired_question_may_be_past_its_review(folder):
    Change("questions.yaml", "status: ready", "status: retired").apply(folder)
    Change("questions.yaml", f"by: {REVIEW_DUE}", "by: 2026-11-02").apply(folder)

    assert load(folder, on=REVIEW_DUE).questions[0].status == "retired"


def test_modules_come_in_the_order_of_their_folders(tmp_path):
    write_module(tmp_path.joinpath("02-later"))
    earlier = write_module(tmp_path.joinpath("01-earlier"))
    Change("module.yaml", "id: tides", "id: ebb").apply(earlier)
    for id in IDS:
        Change("questions.yaml", f"id: {id}", f"id: ebb-{id}").apply(earlier)

    assert [module.id for module in load_all(tmp_path)] == ["ebb", "tides"]


def test_two_modules_may_share_neither_their_name_nor_a_question(tmp_path):
    first = write_module(tmp_path.joinpath("01"))
    second = copytree(first, tmp_path.joinpath("02"))

    with pytest.raises(BadContent, match="Two modules are named 'tides'"):
        load_all(tmp_path)

    Change("module.yaml", "id: tides", "id: ebb").apply(second)
    with pytest.raises(BadContent, match="Another module has a question 'one'"):
        load_all(tmp_path)


def test_a_folder_without_facts_is_refused_and_not_overlooked(tmp_path):
    tmp_path.joinpath("01-forgotten").mkdir()

    with pytest.raises(BadContent) as caught:
        load_all(tmp_path)

    assert caught.value.code == "no_file"


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory):
    return write_module(tmp_path_factory.mktemp("modules").joinpath("01-tides"))


@settings(deadline=None)
@given(
    name=st.sampled_from(FILES),
    start=st.integers(0, 5000),
    length=st.integers(0, 60),
    written=st.text(st.characters(exclude_categories=["Cs"])) | st.text(": \n-[]{}\"'#&*!|>`1a"),
)
def test_whatever_is_written_loads_or_is_refused_as_bad_content(
    shared_folder, name, start, length, written
):
    path = shared_folder.joinpath(name)
    whole = path.read_text("utf-8")
    start %= len(whole)
    try:
        path.write_text(whole[:start] + written + whole[start + length :], "utf-8")
        fault = fault_of(lambda: load(shared_folder))
    finally:
        path.write_text(whole, "utf-8")

    assert fault is None or (fault.line >= 1 and fault.sentence.strip())


@settings(deadline=None)
@given(written=st.binary(max_size=200), name=st.sampled_from(FILES))
def test_whatever_bytes_stand_in_a_file_they_load_or_are_bad_content(shared_folder, name, written):
    path = shared_folder.joinpath(name)
    whole = path.read_bytes()
    try:
        path.write_bytes(written)
        with pytest.raises(BadContent):
            load(shared_folder)
    finally:
        path.write_bytes(whole)
