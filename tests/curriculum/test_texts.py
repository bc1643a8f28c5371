from datetime import date
from pathlib import Path

import pytest

from curriculum.blocks import parse
from curriculum.errors import BadContent
from curriculum.texts import Document, Source, Text, read_documents, read_sources, read_text

HERE = Path("module.yaml")
ALMANAC = Document(
    id="almanac",
    title=Text(ja="潮汐表", en="Almanac"),
    url="https://example.org/almanac",
    published_on=date(2026, 1, 1),
    read_on=date(2026, 11, 1),
)
WRITTEN = (
    "- {id: almanac, title: {ja: 潮汐表, en: Almanac}, url: 'https://example.org/almanac', "
    "published_on: 2026-01-01, read_on: 2026-11-01}\n"
)


def test_a_text_is_in_both_languages():
    both = read_text(parse(HERE, "{ja: 潮, en: tide}"))

    assert [both.in_language(language) for language in ("ja", "en")] == ["潮", "tide"]
    with pytest.raises(BadContent, match="The key 'en' is missing"):
        read_text(parse(HERE, "{ja: 潮}"))


def test_documents_are_listed_once_with_their_dates():
    assert read_documents(parse(HERE, WRITTEN)) == {"almanac": ALMANAC}


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (WRITTEN + WRITTEN, "The document 'almanac' is listed twice."),
        (WRITTEN.replace("2026-11-01", "2025-11-01"), "read before it was published"),
        (WRITTEN.replace("https:", "http:"), "An address begins with https://"),
    ],
)
def test_a_wrong_document_is_refused(written, sentence):
    with pytest.raises(BadContent, match=sentence):
        read_documents(parse(HERE, written))


def test_a_source_names_a_listed_document():
    item = parse(HERE, "[{doc: almanac, clause: p. 4}]")

    assert read_sources(item, {"almanac": ALMANAC}) == (Source(document=ALMANAC, clause="p. 4"),)
    with pytest.raises(BadContent, match=r"module\.yaml lists no document 'almanac'"):
        read_sources(item, {})


@pytest.mark.parametrize(
    ("clause", "ja", "en"),
    [
        ("事例8 / case 8", "事例8", "事例8 / case 8"),
        ("要件2 (1/2) / requirement 2 (1/2)", "要件2 (1/2)", "要件2 (1/2) / requirement 2 (1/2)"),
        ("p. 10", "p. 10", "p. 10"),
    ],
)
def test_a_place_named_in_words_is_in_english_only_for_those_who_read_it(clause, ja, en):
    source = Source(document=ALMANAC, clause=clause)

    assert [source.place(language) for language in ("ja", "en")] == [ja, en]
