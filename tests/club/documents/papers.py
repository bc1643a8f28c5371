"""Papers like real ones: five members, seven projects, long names; and reading them back."""

from dataclasses import replace
from datetime import date

import pypdfium2
from PIL.Image import Image

from club.documents import (
    AwardedLot,
    AwardNote,
    CertificatePaper,
    InvoicedAward,
    InvoicePaper,
    Issuer,
    Party,
    Priced,
    RetiredBatch,
)
from club.domain import invoices

PROJECTS = (
    ("出雲の森プロジェクト", "Izumo Forest Project", "J-Credit", "JCR-0101"),
    (
        "長崎県林業公社 間伐促進エコマテリアル創出プロジェクト",
        "Nagasaki Forestry Corporation: Thinning for Eco-Materials",
        "J-Credit",
        "JCR-0102",
    ),
    (
        "木曽三川水源造成公社 間伐促進プロジェクト～水源の森づくりプロジェクト～",
        "Kiso Three Rivers Headwaters Corporation: Thinning Project, Making Headwater Forests",
        "J-Credit",
        "JCR-0103",
    ),
    (
        "滋賀県造林公社 森林管理プロジェクトⅡ",
        "Shiga Afforestation Corporation: Forest Management Project II",
        "J-Credit",
        "JCR-0104",
    ),
    (
        "J-グリーン・リンケージ倶楽部(燃料電池)",
        "J-Green Linkage Club (fuel cells)",
        "J-Credit",
        None,
    ),
    (
        "神戸市・一般住宅へのコージェネレーションシステムの導入によるCO2削減事業",
        "Kobe City: Cutting CO2 by Cogeneration in Homes",
        "J-Credit",
        "JCR-0106",
    ),
    (
        "CarbonCure - CO2 UTILIZATION IN CONCRETE",
        "CarbonCure - CO2 UTILIZATION IN CONCRETE",
        "VCS",
        "VCS-0107",
    ),
)
"""Seven projects of a real event's offset; their numbers here are invented."""

MEMBERS = (
    ("青葉電機株式会社", "Aoba Electric Co., Ltd."),
    ("株式会社髙﨑フーズ", "Takasaki Foods Inc."),
    (
        "一般社団法人しまなみ海道広域観光・サステナビリティ推進協議会 今治市連絡事務所",
        "Shimanami Kaido Regional Council for Tourism and Sustainability, Imabari Liaison Office",
    ),
    ("㈱みなと物流", "Minato Logistics"),
    ("学校法人 桜が丘学園", "Sakuragaoka Gakuen"),
)

CLUB = Issuer(
    name_ja="巴カーボンクレジット共同購入クラブ",
    name_en="Tomoe Carbon Buyers' Club",
    address="〒100-0000 東京都千代田区見本町1-2-3 見本ビル5階",
    registration_number="T1234567890123",
    bank="見本銀行 本店営業部（001） 普通 1234567\nトモエカーボンクラブ",
)
ROUND = {"round_ja": "2026年度 第1回 共同購入", "round_en": "Joint Purchase 2026, Round 1"}


def an_invoice(lines: int = 7, member: int = 0, **changes: object) -> InvoicePaper:
    awards = tuple(
        InvoicedAward(
            project_ja=PROJECTS[place % 7][0],
            project_en=PROJECTS[place % 7][1],
            quantity_kg=1_234 + 517 * place,
            price_per_t=4_980 + 1_113 * (place % 7),
            value_jpy=(1_234 + 517 * place) * (4_980 + 1_113 * (place % 7)) // 1_000,
        )
        for place in range(lines)
    )
    value_jpy = sum(award.value_jpy for award in awards)
    fee_jpy = invoices.fee(sum(award.quantity_kg for award in awards), 150)
    tax_jpy = invoices.tax(value_jpy + fee_jpy, 10)
    paper = InvoicePaper(
        number="INV-2026-00042",
        issuer=CLUB,
        recipient=Party(name_ja=MEMBERS[member][0], name_en=MEMBERS[member][1]),
        **ROUND,
        transacted_on=date(2026, 11, 13),
        issued_on=date(2026, 11, 22),
        due_on=date(2026, 12, 22),
        lines=awards,
        value_jpy=value_jpy,
        fee_per_t=150,
        fee_jpy=fee_jpy,
        tax_percent=10,
        tax_jpy=tax_jpy,
        total_jpy=value_jpy + fee_jpy + tax_jpy,
        is_invented=True,
    )
    return replace(paper, **changes)


def a_certificate(batches: int = 7, member: int = 0, **changes: object) -> CertificatePaper:
    shares = tuple(
        RetiredBatch(
            project_ja=PROJECTS[place % 7][0],
            project_en=PROJECTS[place % 7][1],
            programme=PROJECTS[place % 7][2],
            registry_number=PROJECTS[place % 7][3],
            vintage=None if place % 7 == 4 else 2021 + place % 3,
            units=12 + place,
            unit_kg=1_000,
            serial_first=f"SAMPLE-JCR-{place:03d}-000001001",
            serial_last=f"SAMPLE-JCR-{place:03d}-{1012 + place:09d}",
            retired_on=date(2026, 12, 24),
            registry_reference=f"RT-2026-{place + 311:05d}",
            quantity_kg=1_234 + 517 * (place % 7),
        )
        for place in range(batches)
    )
    paper = CertificatePaper(
        number="CERT-2026-00017",
        issuer=CLUB,
        beneficiary_ja=MEMBERS[member][0],
        beneficiary_en=MEMBERS[member][1],
        quantity_kg=sum(share.quantity_kg for share in shares),
        **ROUND,
        purpose_ja="2025年度の事業活動に伴う排出量のうち、削減努力の後に残る分の自主的なオフセット",
        purpose_en="Voluntary offsetting of emissions of fiscal 2025 that remain after reductions",
        batches=shares,
        issued_on=date(2027, 1, 8),
        verify_url="https://club.example/verify/q7Jx2mTfZr0bW5kUe8AhLQ",
        is_invented=True,
    )
    return replace(paper, **changes)


def an_award_note(awards: int = 2, **changes: object) -> AwardNote:
    lots = tuple(
        AwardedLot(
            project_ja=PROJECTS[(place + 1) % 7][0],
            project_en=PROJECTS[(place + 1) % 7][1],
            vintage=None if place % 7 == 1 else 2023,
            prices=(
                Priced(
                    quantity_kg=54_300 - 1_100 * (place % 7),
                    price_per_t=8_400 + 250 * (place % 7),
                    value_jpy=(54_300 - 1_100 * (place % 7)) * (8_400 + 250 * (place % 7)) // 1_000,
                ),
            ),
            units=-(-(54_300 - 1_100 * (place % 7)) // 1_000),
            unit_kg=1_000,
            custody_jpy=(-(54_300 - 1_100 * (place % 7)) % 1_000)
            * (8_400 + 250 * (place % 7))
            // 1_000,
            deliver_by_on=None if place % 7 == 1 else date(2026, 12, 18),
        )
        for place in range(awards)
    )
    note = AwardNote(
        number="AWD-2026-00009",
        issuer=CLUB,
        supplier=Party(
            name_ja="株式会社みどりの森林組合連合", name_en="Midori Forest Co-operatives"
        ),
        **ROUND,
        awards=lots,
        deliver_to="J-クレジット登録簿 口座 JP-SAMPLE-00042",
        issued_on=date(2026, 11, 14),
        is_invented=True,
    )
    return replace(note, **changes)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, without spaces and line ends, which layout decides."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in document]


def squeezed(text: str) -> str:
    return "".join(text.split())


def picture_of(pdf: bytes, page: int) -> Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=3).to_pil()
