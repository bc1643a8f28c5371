from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.cases import load_cases
from curriculum.errors import BadContent
from tests.curriculum.beside import CASE, write_case
from tests.curriculum.examples import Change, fault_of, place

LESSONS = {("tides", "high"), ("tides", "low")}
REVIEW_DUE = date(2027, 3, 1)


@pytest.fixture
def case(tmp_path):
    return write_case(tmp_path)


def test_a_case_is_loaded_whole_with_exact_figures(case):
    (read,) = load_cases(case.parent, lessons=LESSONS, on=REVIEW_DUE)

    assert (read.id, read.who.en, read.lessons) == ("harbour", "The harbour", (("tides", "high"),))
    assert [c.quantity for c in read.credits] == [Fraction(5, 2), None]
    assert [(f.label.ja, f.value, f.unit.ja) for f in read.figures] == [("高さ", 2, "m")]
    assert {f.source.clause for f in read.figures} == {"p. 6"}


def test_cases_come_in_the_order_of_their_files(case):
    earlier = write_case(case.parent, "00-quay.yaml")
    Change(earlier.name, "id: harbour", "id: quay").apply(case.parent)

    assert [each.id for each in load_cases(case.parent)] == ["quay", "harbour"]


def test_two_cases_of_one_name_are_refused(case):
    write_case(case.parent, "02-again.yaml")

    with pytest.raises(BadContent, match="Two cases are named 'harbour'"):
        load_cases(case.parent)


@pytest.mark.parametrize(
    ("old", "new", "at", "sentence"),
    [
        (
            "{ja: 港の話, en: A harbour}",
            "{en: A harbour}",
            "title: {en: A harbour}",
            "The key 'ja' is missing.",
        ),
        ("who:", "whom:", "whom: {ja: 港, en: The harbour}", "'whom' is not a known key here"),
        (
            "    unit: {ja: t, en: t}\n",
            "",
            "- programme: {ja: 潮, en: Tide}",
            "A quantity and its unit are both told, or neither.",
        ),
        (
            "value: 2\n",
            "value: about 2\n",
            "value: about 2",
            "'about 2' should be a number such as",
        ),
        (
            "en: In 2025",
            "en: 2025",
            "when: {ja: 2025年, en: 2025}",
            "Put quotes around '2025': YAML reads it as a number.",
        ),
        (
            "lesson: high",
            "lesson: ebb",
            "- {module: tides, lesson: ebb}",
            "There is no lesson 'ebb' in 'tides'.",
        ),
        (
            "lessons:\n",
            "lessons:\n  - {module: tides, lesson: high}\n",
            "- {module: tides, lesson: high}",
            "The lesson 'high' of 'tides' is named twice.",
        ),
        (
            'sources: [{doc: almanac, clause: "p. 6"}]',
            "sources: []",
            "sources: []",
            "A case names at least one source.",
        ),
        (
            "    source: {doc: almanac",
            "    source: {doc: diary",
            'source: {doc: diary, clause: "p. 6"}',
            "01-harbour.yaml lists no document 'diary'.",
        ),
        ("2027-03-01", "2027-02-28", "review_by: 2027-02-28", "The review was due by 2027-02-28"),
    ],
)
def test_a_broken_case_is_refused_with_its_line_and_a_sentence(case, old, new, at, sentence):
    Change(case.name, old, new).apply(case.parent)

    with pytest.raises(BadContent) as caught:
        load_cases(case.parent, lessons=LESSONS, on=REVIEW_DUE)

    assert (caught.value.path, place(caught.value)) == (case, at)
    assert caught.value.sentence.startswith(sentence)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return write_case(tmp_path_factory.mktemp("cases"))


@settings(deadline=None)
@given(
    start=st.integers(0, 1000),
    length=st.integers(0, 60),
    written=st.text(st.characters(exclude_categories=["Cs"])) | st.text(": \n-[]{}\"'#&*!|>`1a"),
)
def test_whatever_is_written_loads_or_is_refused_as_bad_content(shared, start, length, written):
    shared.write_text(CASE[:start] + written + CASE[start + length :], "utf-8")

    fault = fault_of(lambda: load_cases(shared.parent, lessons=LESSONS))

    assert fault is None or (fault.line >= 1 and fault.sentence.strip())


@settings(deadline=None)
@given(written=st.binary(max_size=200))
def test_whatever_bytes_stand_in_the_file_are_bad_content(shared, written):
    shared.write_bytes(written)

    with pytest.raises(BadContent):
        load_cases(shared.parent)
