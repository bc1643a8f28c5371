"""The offer sheet on its screen: template, errors by cell, one confirmed act."""

import io

import pytest
from openpyxl import Workbook

from club.domain.auction_terms import AuctionTerms
from club.domain.offers import EnvelopeState
from club.domain.organisations import Kind
from club.i18n import Speech
from club.store import offers
from pages.selling import offer
from pages.selling.offer_sheet import heads
from tests.builders import a_lot, join
from tests.club.domain.test_auction_terms import QUALITY
from tests.markets import bidding_round
from tests.pages.reading import as_read
from tests.pages.selling.test_offer import texts

LANGUAGES = ["ja", "en"]


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def lots(context, seller):
    return [a_lot(context, seller, quantity_kg=20_000) for _ in range(2)]


@pytest.fixture
def round_(context, facilitator, seller):
    return bidding_round(context, facilitator, seller)


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def a_sheet(lots, *cells, language="ja", criteria=()):
    """An Excel sheet of the lots, with what was typed of each."""
    book = Workbook()
    book.active.append(heads(criteria, language))
    for lot, typed in zip(lots, cells, strict=True):
        book.active.append([lot.id, "", "", "", *typed])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(at, content, name="offers.xlsx"):
    at.file_uploader[0].upload(name, content, "application/octet-stream")
    return at.run()


def standing(context, seller, round_):
    with context.database.read() as tx:
        own = offers.envelopes_of_supplier(tx, seller.organisation_id, round_.id)
    return [each for each in own if each.state is EnvelopeState.STANDING]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_is_restated_confirmed_and_sealed_at_once(
    open_screen, context, seller, round_, lots, language
):
    at = open_screen(offer.render, seller, language, id=round_.id)
    upload(
        at, a_sheet(lots, ("１０ t", 4_500, ""), (5_000, "６，０００", 5_000), language=language)
    )
    assert not at.exception
    facts = {"quantity_kg": 10_000, "price_per_t": 4_500, "value_jpy": 45_000}
    assert say(language, "selling.value_of", **facts) in texts(at)
    assert standing(context, seller, round_) == []

    at.button(key="review sheet").click().run()
    at.button(key="review sheet").click()
    next(b for b in at.button if b.key.startswith("button sheet")).click().run()

    assert [e.sequence for e in standing(context, seller, round_)] == [2, 1]
    told = {"count": 2, "first": 1, "last": 2}
    assert at.success[0].value == say(language, "selling.sheet.sealed", **told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wrong_cell_is_named_and_nothing_is_sent(
    open_screen, context, seller, round_, lots, language
):
    at = open_screen(offer.render, seller, language, id=round_.id)
    content = a_sheet(lots, ("lots", 4_500, ""), (5_000, 10_001, ""), language=language)

    upload(at, content)

    assert at.error[0].value == say(language, "selling.sheet.wrong", count=2)
    wrong = as_read(at.table[0])
    assert list(wrong[say(language, "selling.sheet.cell")]) == ["E2", "F3"]
    problems = list(wrong[say(language, "selling.sheet.problem")])
    assert problems[0] == say(language, "errors.not_a_number", typed="lots")
    assert problems[1] == say(language, "errors.price_above_ceiling", ceiling_per_t=10_000)
    assert [b.key for b in at.button if b.key == "review sheet"] == []
    assert standing(context, seller, round_) == []


def test_a_csv_in_shift_jis_with_the_answers_in_words_is_read(
    open_screen, context, facilitator, seller, lots
):
    auction = AuctionTerms(criteria=(QUALITY,))
    asking = bidding_round(context, facilitator, seller, auction=auction)
    at = open_screen(offer.render, seller, id=asking.id)
    lines = [heads((QUALITY,), "ja"), [lots[0].id, "", "", "", "10 t", "4500", "", "あり"]]
    content = "\r\n".join(",".join(line) for line in lines).encode("cp932")

    upload(at, content, "offers.csv")

    assert not at.error
    assert "K = 10/9" in texts(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_sheet_is_refused_in_words(open_screen, seller, round_, lots, language):
    at = open_screen(offer.render, seller, language, id=round_.id)

    upload(at, b"PK\x03\x04nothing")

    assert say(language, "errors.sheet_unreadable") in at.error[0].value


def test_both_templates_can_be_downloaded(open_screen, seller, round_, lots):
    at = open_screen(offer.render, seller, id=round_.id)

    labels = [each.proto.label for each in at.get("download_button")]
    assert say("ja", "selling.sheet.excel") in labels
    assert say("ja", "selling.sheet.csv") in labels
