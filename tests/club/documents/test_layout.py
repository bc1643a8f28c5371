from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest

from club.documents import write_award_note, write_certificate, write_invoice
from tests.club.documents.papers import (
    a_certificate,
    an_award_note,
    an_invoice,
    pages_of,
    squeezed,
)

WRITERS = [
    pytest.param(write_invoice, an_invoice, id="invoice"),
    pytest.param(write_certificate, a_certificate, id="certificate"),
    pytest.param(write_award_note, an_award_note, id="award note"),
]


@pytest.mark.parametrize(("write", "paper"), WRITERS)
def test_invented_data_say_so_on_every_page_and_real_data_on_none(write, paper):
    words = squeezed("架空のデータです。")
    invented = pages_of(write(paper()))
    real = pages_of(write(paper(is_invented=False)))

    assert [words in page for page in invented] == [True] * len(invented)
    assert [words in page for page in real] == [False] * len(real)


@pytest.mark.parametrize(("write", "paper"), WRITERS)
def test_every_page_names_the_club_and_the_number(write, paper):
    for page in pages_of(write(paper())):
        assert page.startswith(
            squeezed("巴カーボンクレジット共同購入クラブ Tomoe Carbon Buyers' Club")
        )
        assert paper().number in page


@pytest.mark.parametrize(("write", "paper"), WRITERS)
def test_the_file_names_itself_its_day_and_the_licence_of_its_font(write, paper):
    with pypdfium2.PdfDocument(write(paper())) as document:
        metadata = document.get_metadata_dict()

    assert metadata["Title"].endswith(paper().number)
    assert metadata["Author"] == "巴カーボンクレジット共同購入クラブ / Tomoe Carbon Buyers' Club"
    assert metadata["Keywords"] == "IPAex Gothic, IPA Font License v1.0"
    assert metadata["CreationDate"] == f"D:{paper().issued_on:%Y%m%d}000000Z"


def test_the_file_is_japanese_and_carries_an_outline():
    pdf = write_invoice(an_invoice())
    with pypdfium2.PdfDocument(pdf) as document:
        entries = [entry.get_title() for entry in document.get_toc()]

    assert b"/Lang (ja-JP)" in pdf
    assert entries == [
        "請求書（適格請求書） / Invoice (qualified invoice)",
        "内訳（税抜） / Items (excluding tax)",
        "お振込先 / Bank details",
        "備考 / Notes",
    ]


def test_the_font_is_embedded():
    assert b"/FontFile2" in write_award_note(an_award_note())


def test_papers_printed_at_once_are_the_papers_printed_alone():
    papers = [an_invoice(lines=1 + place, member=place % 5) for place in range(6)]
    alone = [write_invoice(paper) for paper in papers]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(write_invoice, papers))

    assert together == alone
