"""What the font can write, and what stands in for what it cannot."""

from dataclasses import astuple
from threading import Thread
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from club.documents.fonts import FONT, has_glyphs, markup, register
from club.i18n.catalogue import sentences
from tests.club.documents.papers import CLUB, MEMBERS, PROJECTS

SPECIMEN = ParagraphStyle("specimen", fontName=FONT, wordWrap="CJK")


def written(text):
    """What a paragraph of the text says after reportlab has read the markup."""
    register()
    return "".join(frag.text for frag in Paragraph(markup(text), SPECIMEN).frags)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_font_has_every_character_of_the_sentences_of_papers(language):
    forms = [form for id, forms in sentences(language).items() for form in forms]
    papers = [
        form
        for id, forms in sentences(language).items()
        if id.startswith("documents.")
        for form in forms
    ]

    assert len(forms) > len(papers) > 50
    assert [form for form in papers if not has_glyphs(form.replace("\n", ""))] == []


def test_the_font_has_every_character_of_real_names():
    names = [str(name) for row in (*PROJECTS, *MEMBERS, astuple(CLUB)) for name in row if name]

    assert [name for name in names if not has_glyphs(name.replace("\n", ""))] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>&\"'", "&lt;b&gt;&amp;&quot;&#x27;"),
        ("t-CO₂", "t-CO<sub>2</sub>"),
        ("≤ 5 ≥ 3", "≦ 5 ≧ 3"),
        ("𠮷野家 髙﨑", "吉野家 髙﨑"),
        ("森😀林", "森〓林"),
        ("a\tb\u2009c", "a b c"),
        ("葛\U000e0100城", "葛城"),
        ("ハ\u309aリ cafe\u0301", "パリ café"),
        ("𝐀𝟏", "A1"),
        ("一\r\n二", "一<br/>二"),
        ("", ""),
    ],
)
def test_what_the_font_lacks_has_a_visible_stand_in(text, expected):
    assert markup(text) == expected


def test_a_missing_character_is_told():
    assert has_glyphs("二酸化炭素 CO2")
    assert not has_glyphs("CO₂")
    assert not has_glyphs("😀")


@given(st.text(max_size=60))
def test_any_text_is_a_paragraph_of_drawable_characters(text):
    assert has_glyphs(written(text))


@given(st.text(alphabet=st.sampled_from("<>&\"'/b i;#x&lt;amp漢字"), max_size=60))
def test_text_that_looks_like_markup_is_written_as_it_stands(text):
    assert written(text).split() == text.split()


@given(st.characters(exclude_categories=["Cs"]))
def test_no_visible_character_vanishes(char):
    is_seen = category(char)[0] not in "ZC" and category(char) != "Mn"

    assert bool(written(f"a{char}b") != "ab") or not is_seen


def test_registering_from_many_threads_leaves_one_font():
    fonts = []
    threads = [Thread(target=lambda: fonts.append(register())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert fonts == [fonts[0]] * 4
