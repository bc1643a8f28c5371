"""A wrong invoice is cancelled by a credit note in full; the one in its place carries what was
paid."""

from dataclasses import replace
from datetime import date

import pytest

from club.documents import write_invoice
from tests.club.documents.papers import CLUB, an_invoice, pages_of, squeezed

NOTE = replace(
    an_invoice(), number="CRN-2026-00001", cancels="INV-2026-00009", issued_on=date(2026, 12, 3)
)


def text_of(paper):
    return "".join(pages_of(write_invoice(paper)))


def lacking(paper, *must):
    text = text_of(paper)
    return [words for words in must if squeezed(words) not in text]


def test_a_credit_note_carries_what_a_qualified_return_invoice_must():
    assert (
        lacking(
            NOTE,
            "返還請求書（適格返還請求書）",
            "Credit note (qualified return invoice)",
            "CRN-2026-00001",
            "対象の請求書 Invoice cancelled INV-2026-00009",
            "登録番号 Registration no. T1234567890123",
            "発行日 Issue date 2026/12/03 3 Dec 2026",
            "取引年月日 Transaction date 2026/11/13 13 Nov 2026",
            "お送りした請求書 INV-2026-00009 を、下記のとおり取り消します。",
            "Invoice INV-2026-00009 for Joint Purchase 2026, Round 1 is cancelled",
            "取り消す金額（税込） Amount cancelled (tax included)",
            "10%対象 小計（税抜） Subtotal taxed at 10% (excluding tax) ¥181,212",
            "消費税額等（10%） Consumption tax (10%) ¥18,121",
            "合計（税込） Total (tax included) ¥199,333",
        )
        == []
    )


def test_a_credit_note_asks_for_no_money():
    text = text_of(NOTE)

    assert "お支払期限" not in text
    assert "お振込先" not in text
    assert squeezed(CLUB.bank) not in text


def test_a_club_without_a_number_sends_a_plain_credit_note():
    text = text_of(replace(NOTE, issuer=replace(CLUB, registration_number=None)))

    assert "適格返還請求書" not in text
    assert squeezed("本書は適格請求書ではありません。") in text


@pytest.mark.parametrize("paid_jpy", [1, 150_000, 199_332])
def test_an_invoice_in_the_place_of_another_says_what_was_paid_and_what_is_due(paid_jpy):
    paper = replace(an_invoice(), replaces="INV-2026-00009", paid_before_jpy=paid_jpy)

    assert (
        lacking(
            paper,
            "差し替え前の請求書 Replaces invoice INV-2026-00009",
            f"お支払い済みの金額 Already paid ¥{paid_jpy:,}",
            f"差引ご請求額（税込） Still due (tax included) ¥{199_333 - paid_jpy:,}",
            "お支払期限",
            "お振込先",
        )
        == []
    )


def test_where_more_was_paid_than_is_owed_now_it_says_what_comes_back_and_asks_for_nothing():
    paper = replace(an_invoice(), replaces="INV-2026-00009", paid_before_jpy=200_000)
    text = text_of(paper)

    assert lacking(paper, "ご返金額（税込） Amount to be paid back (tax included) ¥667") == []
    assert lacking(paper, "差額をご返金いたします。", "will be paid back.") == []
    assert "−" not in text
    assert "お支払期限" not in text
    assert "お振込先" not in text


def test_an_invoice_of_nothing_in_the_place_of_one_that_was_paid_can_be_written():
    paper = replace(
        an_invoice(),
        lines=(),
        value_jpy=0,
        fee_jpy=0,
        tax_jpy=0,
        total_jpy=0,
        replaces="INV-2026-00009",
        paid_before_jpy=199_333,
    )

    assert lacking(paper, "Amount to be paid back (tax included) ¥199,333") == []


def test_the_same_note_is_the_same_bytes():
    assert write_invoice(NOTE) == write_invoice(NOTE)
