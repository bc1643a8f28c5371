"""Price steps and quality answers in the offer form."""

from fractions import Fraction

import pytest

from auctions import sealing
from auctions.scoring import Answer, Criterion
from club.domain.auction_terms import AuctionTerms
from club.domain.offers import EnvelopeState
from club.domain.organisations import Kind
from club.i18n import Speech
from club.store import offers
from pages.selling import offer
from tests.builders import a_lot, join
from tests.markets import bidding_round
from tests.pages.selling.test_offer import button, field, seal, texts, typed

LANGUAGES = ["ja", "en"]
RATED = Criterion(
    id="c1",
    name_ja="格付けはありますか",
    name_en="Is it rated?",
    answers=(
        Answer(id="a1", name_ja="いいえ", name_en="No", value=Fraction(0)),
        Answer(id="a2", name_ja="はい", name_en="Yes", value=Fraction(1, 10)),
    ),
)


@pytest.fixture
def seller(context):
    seller = join(context, Kind.SUPPLIER)
    a_lot(context, seller, quantity_kg=116_000)
    return seller


@pytest.fixture
def round_(context, facilitator, seller):
    return bidding_round(context, facilitator, seller)


@pytest.fixture
def asking(context, facilitator, seller):
    """A round that asks about quality."""
    return bidding_round(context, facilitator, seller, auction=AuctionTerms(criteria=(RATED,)))


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def second(at, name):
    return next(each for each in at.text_input if f" {name} 1 " in each.key)


def press(at, what):
    return next(each for each in at.button if each.key.endswith(f" {what}")).click().run()


def in_two_steps(at, first=("60 t", "4,000"), then=("５０ t", "5,500"), minimum="80 t"):
    press(at, "more")
    second(at, "quantity_kg").input(then[0])
    second(at, "price_per_t").input(then[1])
    return typed(at, *first, minimum)


def inside(context, seller, round_):
    """What the one standing envelope holds."""
    with context.database.read() as tx:
        own = offers.envelopes_of_supplier(tx, seller.organisation_id, round_.id)
    (envelope,) = (each for each in own if each.state is EnvelopeState.STANDING)
    pair = sealing.round_keys(context.keys.find(f"round-{round_.id}"))
    sealed = sealing.Envelope(envelope.ciphertext, bytes.fromhex(envelope.commitment))
    return sealing.open_offer(pair.private, sealed)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_and_all_together_are_restated(open_screen, seller, round_, language):
    at = open_screen(offer.render, seller, language, id=round_.id)

    in_two_steps(at)

    assert not at.exception
    for facts in (
        {"quantity_kg": 60_000, "price_per_t": 4_000, "value_jpy": 240_000},
        {"quantity_kg": 50_000, "price_per_t": 5_500, "value_jpy": 275_000},
    ):
        assert say(language, "selling.value_of", **facts) in texts(at)
    total = {"quantity_kg": 110_000, "value_jpy": 515_000}
    assert say(language, "selling.value_in_all", **total) in texts(at)
    assert say(language, "selling.at_least", minimum_kg=80_000) in texts(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_are_sealed_in_one_envelope(open_screen, context, seller, round_, language):
    at = open_screen(offer.render, seller, language, id=round_.id)
    in_two_steps(at)

    seal(at)

    assert not at.exception
    facts = inside(context, seller, round_)
    assert facts["steps"] == [
        {"quantity_kg": 60_000, "price_per_t": 4_000},
        {"quantity_kg": 50_000, "price_per_t": 5_500},
    ]
    assert facts["minimum_kg"] == 80_000
    told = {"sequence": 1, "quantity_kg": 110_000, "number": 2, "price_per_t": 5_500}
    assert at.success[0].value == say(language, "selling.sealed_steps", **told)
    assert len([each for each in at.text_input if " quantity_kg " in each.key]) == 1


def test_a_step_is_taken_away_again(open_screen, context, seller, round_):
    at = open_screen(offer.render, seller, "en", id=round_.id)
    in_two_steps(at, minimum="")

    press(at, "fewer")
    seal(at)

    assert inside(context, seller, round_)["steps"] == [
        {"quantity_kg": 60_000, "price_per_t": 4_000}
    ]


def test_after_ten_steps_there_is_no_more(open_screen, seller, round_):
    at = open_screen(offer.render, seller, "en", id=round_.id)

    for _ in range(9):
        press(at, "more")

    assert len([each for each in at.text_input if " price_per_t " in each.key]) == 10
    assert [each.key for each in at.button if each.key.endswith(" more")] == []


@pytest.mark.parametrize(
    ("then", "told"),
    [
        (("50 t", "4,000"), "Price: Each step's price must be higher"),
        (("57 t", "5,500"), "Only 116.000 t of this lot are free"),
        (("much", "5,500"), "#2 Quantity: “much” cannot be read"),
    ],
)
def test_a_refusal_says_which_step_and_keeps_all_of_them(open_screen, seller, round_, then, told):
    at = open_screen(offer.render, seller, "en", id=round_.id)
    in_two_steps(at, then=then, minimum="")

    button(at, "review").click()
    at.run()

    assert told in at.error[0].value.replace("\\", "")
    assert (second(at, "quantity_kg").value, second(at, "price_per_t").value) == then


@pytest.mark.parametrize(
    ("language", "counts_as"),
    [
        ("ja", "K = 10/9：¥4,500 / t は ¥4,050 / t とみなして"),
        ("en", "K = 10/9: ¥4,500 / t is compared as if it were ¥4,050 / t"),
    ],
)
def test_an_answer_says_at_once_what_it_makes_of_the_price(
    open_screen, context, seller, asking, language, counts_as
):
    at = open_screen(offer.render, seller, language, id=asking.id)
    at.selectbox[-1].set_value("a2")
    typed(at, "116 t", "4500")
    assert counts_as in texts(at).replace("\\", "")

    seal(at)

    assert inside(context, seller, asking)["answers"] == {"c1": "a2"}


def test_without_an_answer_nothing_is_sealed(open_screen, seller, asking):
    at = open_screen(offer.render, seller, "en", id=asking.id)
    typed(at, "116 t", "4500")

    button(at, "review").click()
    at.run()

    assert at.error[0].value.replace("\\", "") == "#1 Quality criteria: Choose an answer."
    assert field(at, "quantity_kg").value == "116 t"
