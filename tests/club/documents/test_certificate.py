import hashlib
from dataclasses import fields, replace
from datetime import timedelta

import pytest
import rfc8785
import zxingcpp

from club.documents import certificate_content, certificate_digest, write_certificate
from tests.club.documents.papers import MEMBERS, a_certificate, pages_of, picture_of, squeezed


def test_the_certificate_says_what_was_retired_and_for_whom():
    text = "".join(pages_of(write_certificate(a_certificate())))
    must = [
        "無効化割当証明書",
        "Certificate of retirement allocation",
        "CERT-2026-00017",
        "青葉電機株式会社",
        "Aoba Electric Co., Ltd.",
        "19.495 t",
        "2026年度 第1回 共同購入",
        "削減努力の後に残る分の自主的なオフセット",
        "Voluntary offsetting of emissions of fiscal 2025 that remain after reductions",
        "2027/01/08 8 Jan 2027",
        "合計 Total 19,495",
    ]

    assert [words for words in must if squeezed(words) not in text] == []


def test_every_batch_shows_its_registry_record():
    paper = a_certificate()
    text = "".join(pages_of(write_certificate(paper)))

    for batch in paper.batches:
        assert squeezed(batch.project_ja) in text
        assert squeezed(batch.project_en) in text
        assert squeezed(f"{batch.serial_first} – {batch.serial_last}") in text
        assert squeezed(f"{batch.units}単位（1単位 1,000 kg） / {batch.units} units") in text
        assert squeezed(f"参照番号 {batch.registry_reference}") in text
    assert text.count(squeezed("無効化日 2026/12/24 / retired on 24 Dec 2026")) == 7
    assert squeezed("ビンテージ 記載なし / Vintage not stated") in text
    assert squeezed("J-Credit JCR-0101 ビンテージ 2021年 / Vintage 2021") in text


def test_it_says_what_it_does_not_show_and_claims_no_neutrality():
    text = "".join(pages_of(write_certificate(a_certificate())))

    assert squeezed("クレジットそのものではありません") in text
    assert squeezed("not the credit itself") in text
    assert squeezed("no more than the registry's record does") in text
    assert squeezed("It is not legal advice.") in text
    assert "neutral" not in text.lower()
    assert "ニュートラル" not in text


@pytest.mark.parametrize("batches", [1, 7])
def test_the_code_leads_to_the_public_address_which_is_also_printed(batches):
    paper = a_certificate(batches=batches)
    pdf = write_certificate(paper)
    pages = pages_of(pdf)
    codes = zxingcpp.read_barcodes(picture_of(pdf, len(pages) - 1))

    assert [code.text for code in codes] == [paper.verify_url]
    assert paper.verify_url in pages[-1]


def test_a_long_public_address_can_still_be_read():
    url = "https://carbon-credits.buyers-club.example.co.jp/verify/" + "a1B2" * 16
    pdf = write_certificate(a_certificate(batches=1, verify_url=url))
    codes = zxingcpp.read_barcodes(picture_of(pdf, len(pages_of(pdf)) - 1))

    assert [code.text for code in codes] == [url]


def test_the_printed_fingerprint_is_the_start_of_the_digest_of_the_content():
    paper = a_certificate()
    digest = hashlib.sha256(rfc8785.dumps(certificate_content(paper))).hexdigest()

    assert certificate_digest(paper) == digest
    assert digest[:16] in "".join(pages_of(write_certificate(paper)))


def test_every_certified_fact_changes_the_digest():
    paper = a_certificate()
    batch = paper.batches[0]
    others = {
        "quantity_kg": replace(
            paper,
            quantity_kg=paper.quantity_kg + 1,
            batches=(replace(batch, quantity_kg=batch.quantity_kg + 1), *paper.batches[1:]),
        ),
        "batches": replace(paper, batches=paper.batches[::-1]),
        "issued_on": replace(paper, issued_on=paper.issued_on + timedelta(days=1)),
        "issuer": replace(paper, issuer=replace(paper.issuer, name_en="Another club")),
        "is_invented": replace(paper, is_invented=False),
    }
    texts = {field.name for field in fields(paper)} - others.keys() - {"verify_url"}
    others |= {name: replace(paper, **{name: "another"}) for name in texts}

    assert len({certificate_digest(other) for other in [paper, *others.values()]}) == 1 + len(
        others
    )


def test_the_address_is_not_part_of_what_is_certified():
    paper = a_certificate()

    assert certificate_digest(replace(paper, verify_url="https://b.example/")) == (
        certificate_digest(paper)
    )


def test_kilograms_that_no_batch_backs_are_refused():
    paper = a_certificate(batches=1)
    with pytest.raises(ValueError, match="do not add up to 1235 kg"):
        replace(paper, quantity_kg=1_235)

    greedy = replace(paper.batches[0], quantity_kg=12_001)
    with pytest.raises(ValueError, match="RT-2026-00311 backs less"):
        replace(paper, quantity_kg=12_001, batches=(greedy,))


def test_an_ordinary_certificate_is_one_page():
    assert len(pages_of(write_certificate(a_certificate(batches=2, is_invented=False)))) == 1


def test_sixty_batches_run_over_pages_under_a_repeated_head():
    pages = pages_of(write_certificate(a_certificate(batches=60)))

    assert [page.count(squeezed("割当（kg）")) for page in pages] == [1] * 7
    assert "".join(pages).count("SAMPLE-JCR-") == 2 * 60


def test_a_purpose_told_in_one_language_leaves_no_gap():
    for missing in ({"purpose_en": ""}, {"purpose_ja": "", "purpose_en": "For 2025"}):
        text = "".join(pages_of(write_certificate(a_certificate(batches=1, **missing))))

        assert squeezed("Purpose of retirement") in text
    assert "For2025" in text


def test_one_unit_is_one_unit_in_english():
    one = replace(a_certificate(batches=1).batches[0], units=1, quantity_kg=700)
    paper = replace(a_certificate(), quantity_kg=700, batches=(one,))
    text = "".join(pages_of(write_certificate(paper)))

    assert squeezed("1単位（1単位 1,000 kg） / 1 unit of 1,000 kg") in text
    assert "700kg" in text


def test_long_and_hostile_beneficiaries_are_written_whole():
    paper = a_certificate(
        batches=1,
        beneficiary_ja=f'<i>&"{MEMBERS[2][0]}' * 3,
        beneficiary_en="𠮷 & <Co.> 😀",
        purpose_ja="目的は、" * 60,
        purpose_en="for <b>this</b> & that " * 20,
    )
    text = "".join(pages_of(write_certificate(paper)))

    assert squeezed(paper.beneficiary_ja) in text
    assert "吉&<Co.>〓" in text
    assert text.count("目的は、") == 60
    assert text.count("for<b>this</b>&that") == 20


def test_the_same_values_are_the_same_bytes():
    assert write_certificate(a_certificate()) == write_certificate(a_certificate())
