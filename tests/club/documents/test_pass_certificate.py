from dataclasses import replace
from datetime import date

import pytest
import zxingcpp

from club.documents import PassPaper, write_pass_certificate
from club.documents.bilingual import Bilingual
from tests.club.documents.papers import a_certificate, pages_of, picture_of, squeezed

PAPER = PassPaper(
    number="PASS-00017",
    issuer=a_certificate().issuer,
    holder="髙橋 花子",
    module_ja="クレジットはなぜ必要か",
    module_en="Why credits",
    version=2,
    outcomes=(
        Bilingual(
            "残る排出を、自分の数字で説明できる。", "Explain what remains in one's own figures."
        ),
        Bilingual("取引の利点を説明できる。", "Explain the advantages of trading."),
    ),
    questions=6,
    pass_mark_percent=80,
    passed_on=date(2026, 11, 22),
    valid_until_on=date(2027, 11, 22),
    issued_on=date(2026, 11, 23),
    verify_url="https://club.example/passes/" + "0f" * 16,
)


def text_of(paper):
    return "".join(pages_of(write_pass_certificate(paper)))


def test_it_says_who_passed_what_when_and_until_when_in_both_languages():
    text = text_of(PAPER)
    must = [
        "講座修了証",
        "Certificate of a passed module",
        "髙橋 花子",
        "クレジットはなぜ必要か",
        "Why credits",
        "合格日 Passed on 2026/11/22 22 Nov 2026",
        "有効期限 Valid until 2027/11/22 22 Nov 2027",
        "講座の版 Version of the module 2",
        "6問・合格点 80% 6 questions, pass mark 80%",
        "番号 Number PASS-00017",
        "取引の利点を説明できる。",
        "Explain the advantages of trading.",
    ]

    assert [words for words in must if squeezed(words) not in text] == []


def test_it_tells_no_score_and_says_so():
    text = text_of(PAPER)

    assert squeezed("得点は記載していません") in text
    assert squeezed("It shows that the quiz was passed, but not the score.") in text


def test_the_code_leads_to_the_public_address_which_is_also_printed():
    pdf = write_pass_certificate(PAPER)
    codes = zxingcpp.read_barcodes(picture_of(pdf, 0))

    assert [code.text for code in codes] == [PAPER.verify_url]
    assert PAPER.verify_url in pages_of(pdf)[0]


@pytest.mark.parametrize("is_invented", [True, False])
def test_six_outcomes_fit_one_page(is_invented):
    paper = replace(PAPER, outcomes=PAPER.outcomes * 3, is_invented=is_invented)
    pages = pages_of(write_pass_certificate(paper))

    assert len(pages) == 1
    assert (squeezed("架空のデータ") in pages[0]) is is_invented


def test_long_and_hostile_names_are_written_whole():
    paper = replace(PAPER, holder="<b>𠮷田</b> & <i>" + "長" * 80, module_en="A & <B>")
    text = text_of(paper)

    assert squeezed("<b>吉田</b>&<i>" + "長" * 80) in text
    assert "A&<B>" in text


def test_the_same_values_are_the_same_bytes():
    assert write_pass_certificate(PAPER) == write_pass_certificate(PAPER)
