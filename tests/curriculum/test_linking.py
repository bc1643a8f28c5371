import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.charts import Chart
from curriculum.glossary import Names, Term
from curriculum.lessons import Check, Prose, Step
from curriculum.linking import glossary_of, link_step, link_terms, names_of
from curriculum.texts import Text

LINK = re.compile(r"\[([^\[\]]*)\]\(#term-[a-z-]+\)")
ANCHOR = re.compile(r"#term-([a-z-]+)")
NO_NAMES = Names()


def term(id, ja, en, *, also=NO_NAMES, unlinked=NO_NAMES):
    return Term(
        id=id, term=Text(ja=ja, en=en), reading="あ", also=also, unlinked=unlinked,
        meaning=Text(ja="…", en="…"), see=(), modules=(), sources=(), review_by=None,
    )  # fmt: skip


TERMS = (
    term(
        "credit", "カーボン・クレジット", "carbon credit",
        also=Names(ja=("クレジット",), en=("CC",)),
    ),
    term("jcredit", "J-クレジット", "J-Credit"),
    term("trade", "相対", "bilateral trade", also=Names(ja=("相対取引",))),
    term("additionality", "追加性", "additionality"),
    term("methodology", "方法論", "methodology"),
    term("issue", "発行", "issuance", also=Names(en=("issue",)), unlinked=Names(en=("issue",))),
)  # fmt: skip
JA, EN = names_of(TERMS, "ja"), names_of(TERMS, "en")


def linked(markdown, names):
    return link_terms(markdown, names, {})


@pytest.mark.parametrize(
    ("markdown", "written"),
    [
        ("追加性とは", "[追加性](#term-additionality)とは"),
        ("追加性と追加性", "[追加性](#term-additionality)と追加性"),
        ("J-クレジットとクレジット", "[J-クレジット](#term-jcredit)と[クレジット](#term-credit)"),
        ("カーボンクレジット", "[カーボンクレジット](#term-credit)"),
        ("相対取引で", "[相対取引](#term-trade)で"),
        ("相対で", "[相対](#term-trade)で"),
        ("相対的に", "相対的に"),
        ("クレジットカード", "クレジットカード"),
        ("登録簿で**追加性**を", "登録簿で[**追加性**](#term-additionality)を"),
        ("**追加性**J-クレジット**", "[**追加性**](#term-additionality)J-クレジット**"),
        ("**追加性の壁**と追加性", "**追加性の壁**と[追加性](#term-additionality)"),
        ("[追加性の話](https://example.org)", "[追加性の話](https://example.org)"),
        ("`追加性`", "`追加性`"),
        ("### 追加性\n追加性", "### 追加性\n[追加性](#term-additionality)"),
        ("| 追加性 |\n|---|\n| 追加性 |", "| 追加性 |\n|---|\n| [追加性](#term-additionality) |"),
        ("![追加性](x.png)追加性", "![追加性](x.png)[追加性](#term-additionality)"),
    ],
)
def test_a_japanese_term_is_linked_where_it_stands_as_a_word(markdown, written):
    assert linked(markdown, JA) == written


@pytest.mark.parametrize(
    ("markdown", "written"),
    [
        ("Carbon credits", "[Carbon credits](#term-credit)"),
        ("two methodologies", "two [methodologies](#term-methodology)"),
        ("the J-Credit Scheme", "the [J-Credit](#term-jcredit) Scheme"),
        ("CC and cc", "[CC](#term-credit) and cc"),
        ("ACC, CCP", "ACC, CCP"),
        ("carbon creditors", "carbon creditors"),
        ("the issue of issuance", "the issue of [issuance](#term-issue)"),
        ("https://example.org/additionality", "https://example.org/additionality"),
        (":material/additionality: x", ":material/additionality: x"),
    ],
)
def test_an_english_term_is_linked_with_its_plural_and_at_the_beginning(markdown, written):
    assert linked(markdown, EN) == written


def test_a_term_is_linked_once_a_step_and_never_in_charts_or_questions():
    chart = Chart(
        kind="bar", title="追加性", x="追加性", y="追加性", units="t", series=("追加性",), rows=(),
        alt="追加性", note="追加性",
    )  # fmt: skip
    check = Check(question="追加性?", answer="追加性")
    step = Step(
        title="追加性",
        parts=(chart, check, Prose(markdown="追加性"), Prose(markdown="追加性、相対")),
    )

    found = link_step(step, JA)

    assert found.step == Step(
        title="追加性",
        parts=(
            chart, check, Prose(markdown="[追加性](#term-additionality)"),
            Prose(markdown="追加性、[相対](#term-trade)"),
        ),
    )  # fmt: skip
    assert [each.id for each in found.terms] == ["additionality", "trade"]


WORDS = st.text("追加性相対取引的クレジットJ-カーボン・*_[]()|`#<>!\n 。aC") | st.sampled_from(
    ["追加性", "**追加性**", "J-クレジット", "`追加性`", "[a](b)"]
)


@given(st.lists(WORDS).map("".join))
def test_each_term_is_linked_once_and_without_the_links_the_text_is_as_it_was(markdown):
    found: dict[str, Term] = {}
    shown = link_terms(markdown, JA, found)

    assert LINK.sub(r"\1", shown) == markdown
    assert ANCHOR.findall(shown) == list(found)


def test_the_glossary_links_each_step_by_the_names_of_its_language():
    glossary = glossary_of(TERMS)
    steps = [
        Step(title="追加性", parts=(Prose(markdown=words),))
        for words in ("追加性、相対", "additionality", "追加性、相対")
    ]

    linked = [(step, glossary.links["ja"](step)) for step in steps]

    assert all(found == link_step(step, JA) for step, found in linked)
    assert glossary.links["en"](steps[1]) == link_step(steps[1], EN)
