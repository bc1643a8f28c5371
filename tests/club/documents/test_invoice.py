from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from club.documents import Party, write_invoice
from club.domain import invoices
from tests.club.documents.papers import CLUB, MEMBERS, PROJECTS, an_invoice, pages_of, squeezed


def test_the_invoice_carries_what_a_qualified_invoice_must():
    paper = an_invoice()
    text = "".join(pages_of(write_invoice(paper)))
    must = [
        "請求書（適格請求書）",
        "Invoice (qualified invoice)",
        paper.number,
        "青葉電機株式会社 御中",
        "To: Aoba Electric Co., Ltd.",
        CLUB.name_ja,
        CLUB.name_en,
        "登録番号 Registration no. T1234567890123",
        "発行日 Issue date 2026/11/22 22 Nov 2026",
        "取引年月日 Transaction date 2026/11/13 13 Nov 2026",
        "クレジット代金 計 Credits subtotal 19,495 178,288",
        "クラブ手数料 Club fee 19,495 150 2,924",
        "10%対象 小計（税抜） Subtotal taxed at 10% (excluding tax) ¥181,212",
        "消費税額等（10%） Consumption tax (10%) ¥18,121",
        "合計（税込） Total (tax included) ¥199,333",
        "お支払期限",
        "2026/12/22",
        "普通 1234567",
        "2026年度 第1回 共同購入",
        "Joint Purchase 2026, Round 1",
    ]

    assert [words for words in must if squeezed(words) not in text] == []


def test_every_award_stands_with_its_kilograms_price_and_value():
    text = "".join(pages_of(write_invoice(an_invoice())))
    names = [squeezed(name) for project in PROJECTS for name in project[:2]]

    assert [name for name in names if name not in text] == []
    assert "1,7516,09310,668" in text


@pytest.mark.parametrize("number", [None, ""])
def test_a_club_without_a_number_says_that_this_is_no_qualified_invoice(number):
    plain = an_invoice(issuer=replace(CLUB, registration_number=number))
    text = "".join(pages_of(write_invoice(plain)))

    assert squeezed("本書は適格請求書ではありません。") in text
    assert squeezed("This is not a qualified invoice.") in text
    assert "T1234567890123" not in text
    assert "（適格請求書）" not in text


def test_a_club_without_address_and_bank_leaves_no_empty_rows():
    text = "".join(pages_of(write_invoice(an_invoice(issuer=replace(CLUB, address="", bank="")))))

    assert "所在地" not in text
    assert "お振込先" not in text


def test_without_a_fee_there_is_no_line_for_it():
    paper = an_invoice(lines=1)
    tax_jpy = invoices.tax(paper.value_jpy, 10)
    free = replace(
        paper, fee_per_t=0, fee_jpy=0, tax_jpy=tax_jpy, total_jpy=paper.value_jpy + tax_jpy
    )

    assert "クラブ手数料" not in "".join(pages_of(write_invoice(free)))


@pytest.mark.parametrize("figure", ["value_jpy", "fee_jpy", "tax_jpy", "total_jpy"])
def test_figures_that_do_not_add_up_are_refused(figure):
    paper = an_invoice()

    with pytest.raises(ValueError, match="INV-2026-00042: the figures do not add up"):
        replace(paper, **{figure: getattr(paper, figure) + 1})


@given(st.integers(1, 60))
@settings(max_examples=5, deadline=None)
def test_the_lines_sum_exactly_to_the_value(lines):
    paper = an_invoice(lines=lines)

    assert sum(line.value_jpy for line in paper.lines) == paper.value_jpy
    assert paper.taxable_jpy + paper.tax_jpy == paper.total_jpy


def test_sixty_lines_run_over_pages_under_a_repeated_head():
    pages = pages_of(write_invoice(an_invoice(lines=60)))
    heads = [page.count(squeezed("数量（kg）")) for page in pages]

    assert heads == [1] * len(pages)
    assert ["(qualifiedinvoice)1/4" in page for page in pages] == [True, False, False, False]
    assert "(qualifiedinvoice)4/4" in pages[3]
    assert "".join(pages).count(squeezed("出雲の森プロジェクト")) == 9


def test_every_member_gets_a_paper_with_the_whole_name():
    for place, (name_ja, name_en) in enumerate(MEMBERS):
        text = "".join(pages_of(write_invoice(an_invoice(lines=1, member=place))))

        assert squeezed(f"{name_ja} 御中To: {name_en}") in text


def test_hostile_names_survive():
    evil = Party(name_ja='<b>&"𠮷😀</para>' + "長" * 180, name_en="<font size=99>&amp;" + "W" * 180)
    text = "".join(pages_of(write_invoice(an_invoice(recipient=evil))))

    assert '<b>&"吉〓</para>長長' in text
    assert "<fontsize=99>&amp;WWW" in text
    assert "長" * 180 in text
    assert "W" * 180 in text


def test_the_longest_names_of_projects_stay_on_the_sheet():
    award = replace(an_invoice(lines=1).lines[0], project_ja="木" * 200, project_en="wood " * 40)
    paper = replace(an_invoice(lines=1), lines=(award,))
    pages = pages_of(write_invoice(paper))

    assert "木" * 200 in pages[0]
    assert "wood" * 40 in pages[0]


def test_the_same_values_are_the_same_bytes():
    assert write_invoice(an_invoice()) == write_invoice(an_invoice())
