from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.errors import BadContent
from curriculum.glossary import load_glossary
from tests.curriculum.beside import GLOSSARY, write_glossary
from tests.curriculum.examples import Change, fault_of, place

MODULES = {"tides"}
REVIEW_DUE = date(2027, 3, 1)


@pytest.fixture
def glossary(tmp_path):
    return write_glossary(tmp_path)


def test_terms_are_loaded_in_the_order_written(glossary):
    spring, neap = load_glossary(glossary, modules=MODULES, on=REVIEW_DUE)

    assert (spring.id, neap.id) == ("spring-tide", "neap-tide")
    assert (spring.names("ja"), spring.names("en")) == (
        ("大潮", "満月の潮"), ("spring tide", "springs"),
    )  # fmt: skip
    assert (spring.unlinked.en, spring.see, spring.review_by) == (
        ("springs",), ("neap-tide",), REVIEW_DUE,
    )  # fmt: skip
    assert (neap.review_by, neap.sources[0].clause) == (None, "p. 5")


@pytest.mark.parametrize(
    ("old", "new", "at", "sentence"),
    [
        (
            "id: neap-tide",
            "id: spring-tide",
            "- id: spring-tide",
            "The term 'spring-tide' is written twice.",
        ),
        ("id: neap-tide", "id: Neap", "- id: Neap", "'Neap' should be lower-case letters"),
        ("{ja: 小潮, en: neap tide}", "{ja: 小潮}", "term: {ja: 小潮}", "The key 'en' is missing."),
        (
            "{ja: 小潮, en: neap tide}",
            "{ja: 小潮, en: no}",
            "term: {ja: 小潮, en: no}",
            "Put quotes around 'no'",
        ),
        (
            "    see: [spring",
            "    look: 1\n    see: [spring",
            "look: 1",
            "'look' is not a known key here",
        ),
        (
            "see: [spring-tide]",
            "see: [ebb]",
            "- id: neap-tide",
            "'neap-tide' points to 'ebb', which is no other term.",
        ),
        (
            "see: [spring-tide]",
            "see: [neap-tide]",
            "- id: neap-tide",
            "'neap-tide' points to 'neap-tide'",
        ),
        (
            "see: [neap-tide]",
            "see: [neap-tide, neap-tide]",
            "- id: spring-tide",
            "'spring-tide' points to a term twice.",
        ),
        ("modules: [tides]", "modules: [ebb]", "modules: [ebb]", "There is no module 'ebb'."),
        (
            "modules: [tides]",
            "modules: [tides, tides]",
            "modules: [tides, tides]",
            "The module 'tides' is named twice.",
        ),
        (
            'doc: almanac, clause: "p. 5"',
            "doc: diary, clause: x",
            "sources: [{doc: diary, clause: x}]",
            "glossary.yaml lists no document 'diary'.",
        ),
        (
            '[{doc: almanac, clause: "p. 5"}]',
            "[]",
            "sources: []",
            "A term names at least one source.",
        ),
        (
            "reading: こしお",
            "reading: コシオ",
            "reading: コシオ",
            "The reading 'コシオ' is not in hiragana.",
        ),
        ("ja: 小潮", "ja: 満月の潮", "- id: neap-tide", "'満月の潮' already names 'spring-tide'."),
        (
            "en: neap tide",
            "en: Springs",
            "- id: neap-tide",
            "'Springs' already names 'spring-tide'.",
        ),
        (
            "unlinked: {ja: [], en: [springs]}",
            "unlinked: {ja: [], en: [ebb]}",
            "unlinked: {ja: [], en: [ebb]}",
            "'ebb' is not a name of 'spring-tide'.",
        ),
        ("2027-03-01", "2027-02-28", "review_by: 2027-02-28", "The review was due by 2027-02-28"),
        ("terms:", "terms: []\nwords:", "words:", "'words' is not a known key here"),
    ],
)
def test_a_broken_glossary_is_refused_with_its_line_and_a_sentence(
    glossary, old, new, at, sentence
):
    Change(glossary.name, old, new).apply(glossary.parent)

    with pytest.raises(BadContent) as caught:
        load_glossary(glossary, modules=MODULES, on=REVIEW_DUE)

    assert (caught.value.path, place(caught.value)) == (glossary, at)
    assert caught.value.sentence.startswith(sentence)


def test_a_glossary_in_shift_jis_is_refused_in_a_sentence(glossary):
    glossary.write_bytes(GLOSSARY.encode("shift_jis"))

    with pytest.raises(BadContent, match="This file is not UTF-8 text"):
        load_glossary(glossary)


def test_a_term_past_its_review_is_still_read_where_no_day_is_asked_for(glossary):
    Change(glossary.name, "2027-03-01", "2020-03-01").apply(glossary.parent)

    assert load_glossary(glossary)[0].review_by == date(2020, 3, 1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return write_glossary(tmp_path_factory.mktemp("glossary"))


@settings(deadline=None)
@given(
    start=st.integers(0, 800),
    length=st.integers(0, 60),
    written=st.text(st.characters(exclude_categories=["Cs"])) | st.text(": \n-[]{}\"'#&*!|>`1a"),
)
def test_whatever_is_written_loads_or_is_refused_as_bad_content(shared, start, length, written):
    shared.write_text(GLOSSARY[:start] + written + GLOSSARY[start + length :], "utf-8")

    fault = fault_of(lambda: load_glossary(shared, modules=MODULES))

    assert fault is None or (fault.line >= 1 and fault.sentence.strip())


@settings(deadline=None)
@given(written=st.binary(max_size=200))
def test_whatever_bytes_stand_in_the_file_are_bad_content(shared, written):
    shared.write_bytes(written)

    with pytest.raises(BadContent):
        load_glossary(shared)
