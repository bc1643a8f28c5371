"""A lot offered in price steps, from the envelope to the certificates, on both databases."""

import pytest

from club.domain.errors import InputRefused, TermsRefused
from club.domain.offers import EnvelopeState
from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.operations.clearing import clear_round
from club.operations.delivering import accept_delivery, record_delivery
from club.operations.retiring import RetirementTerms, issue_certificates, record_retirement
from club.operations.viewing.books import award_note
from club.operations.viewing.holdings import my_consignments
from club.operations.viewing.home import home
from club.operations.viewing.market import my_lots, my_offers
from club.operations.viewing.proving import prove
from club.store import holdings, offers
from tests.builders import NOON, a_lot, join, move
from tests.cleared import outcome
from tests.markets import AFTER, invite, offer, pledge, pledging_round, stored
from tests.sealed import envelopes

STEPS = ((1_500, 4_000), (1_400, 5_000), (50_000, 9_000))


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def lot(context, seller):
    return a_lot(context, seller)


@pytest.fixture
def pledged(context, facilitator, seller):
    """A round in bidding for the 2,900 kg of two members."""
    members = [join(context), join(context)]
    round_ = pledging_round(context, facilitator, minimum_kg=0)
    pledge(context, members[0], round_, 2_000)
    pledge(context, members[1], round_, 900)
    invite(context, facilitator, round_, seller)
    return move(context, round_, Phase.BIDDING)


def cleared(context, clock, round_):
    clock.at = round_.bidding_closes_at + AFTER
    assert clear_round(context, round_.id)
    return stored(context, round_)


def test_the_cheap_steps_are_bought_and_the_dear_one_is_not(context, clock, seller, lot, pledged):
    offer(context, seller, pledged, lot, steps=STEPS, minimum_kg=2_900)

    round_ = cleared(context, clock, pledged)

    assert round_.phase is Phase.SETTLING
    assert outcome(context, round_)[0] == [(1_400, 5_000), (1_500, 4_000)]
    (envelope,) = envelopes(context, seller, round_)
    assert envelope.state is EnvelopeState.OPENED
    with context.database.read() as tx:
        opened = offers.of_round(tx, round_.id)
    assert sorted((o.id, o.quantity_kg, o.price_per_t, o.minimum_kg) for o in opened) == [
        (envelope.id, 1_500, 4_000, 2_900),
        (f"{envelope.id}-02", 1_400, 5_000, 2_900),
        (f"{envelope.id}-03", 50_000, 9_000, 2_900),
    ]


def test_a_supplier_sees_the_steps_and_what_each_won(context, clock, seller, lot, pledged):
    offer(context, seller, pledged, lot, steps=STEPS)
    cleared(context, clock, pledged)

    (row,) = my_offers(context, seller, pledged.id)

    assert [(o.quantity_kg, o.price_per_t) for o in row.offers] == list(STEPS)
    assert [r.award.quantity_kg for r in row.awards] == [1_500, 1_400]
    assert row.void is None


def test_both_awards_are_delivered_retired_and_certified_as_one_lot(
    context, clock, facilitator, seller, lot, pledged
):
    offer(context, seller, pledged, lot, steps=STEPS)
    round_ = cleared(context, clock, pledged)
    (due,) = my_consignments(context, seller)
    cards = [card.facts for card in home(context, seller).cards if card.kind == "deliver"]
    assert (due.units_due, cards) == (3, [{"quantity_kg": 2_900}])
    assert my_lots(context, seller)[0].left_kg == lot.quantity_kg - 3_000

    delivery = record_delivery(
        context,
        seller,
        request_id="d1",
        award_id=due.bought.awards[1].id,
        serials="JC-1 to JC-3",
    )
    accept_delivery(context, facilitator, request_id="a1", delivery_id=delivery.id)
    record_retirement(
        context,
        facilitator,
        request_id="r1",
        delivery_id=delivery.id,
        terms=RetirementTerms(
            serials="JC-1 to JC-3",
            retired_on=NOON.date(),
            registry_reference="R1",
            beneficiary="試験",
            purpose_ja="試験",
            purpose_en="test",
        ),
    )
    issued = issue_certificates(context, facilitator, request_id="c1", round_id=round_.id)

    assert (delivery.units, delivery.custody_kg, delivery.custody_jpy) == (3, 100, 500)
    assert sorted(certificate.quantity_kg for certificate in issued) == [900, 2_000]
    assert prove(context).differing == ()
    (awarded,) = award_note(
        context, seller, round_id=round_.id, supplier_id=seller.organisation_id
    ).awards
    assert [(p.quantity_kg, p.price_per_t) for p in awarded.prices] == [
        (1_500, 4_000),
        (1_400, 5_000),
    ]
    assert (awarded.units, awarded.custody_kg, awarded.custody_jpy) == (3, 100, 500)


def test_a_delivery_is_corrected_by_any_of_its_lots_awards(context, clock, seller, lot, pledged):
    offer(context, seller, pledged, lot, steps=STEPS)
    cleared(context, clock, pledged)
    (due,) = my_consignments(context, seller)
    first, second = due.bought.awards

    for number, award in enumerate((first, second)):
        record_delivery(
            context,
            seller,
            request_id=f"d{number}",
            award_id=award.id,
            serials=f"JC-{number}1 to JC-{number}3",
        )

    with context.database.read() as tx:
        (delivery,) = holdings.deliveries_of_round(tx, pledged.id)
    assert delivery.serials.first_text == "JC-11"


@pytest.mark.parametrize(
    ("steps", "minimum_kg", "code", "kind"),
    [
        (((1_000, 5_000), (1_000, 5_000)), 0, "prices_not_rising", TermsRefused),
        (((1_000, 5_000), (199_001, 6_000)), 0, "lot_exhausted", TermsRefused),
        (((1_000, 5_000), (1_000, 6_000)), 2_001, "minimum_above_quantity", TermsRefused),
        (((1_000, 5_000), (0, 6_000)), 0, "not_positive", InputRefused),
    ],
)
def test_steps_that_contradict_themselves_or_the_lot_are_refused_and_nothing_is_kept(
    context, seller, lot, pledged, steps, minimum_kg, code, kind
):
    with pytest.raises(kind) as refusal:
        offer(context, seller, pledged, lot, steps=steps, minimum_kg=minimum_kg)

    assert refusal.value.code == code
    assert envelopes(context, seller, pledged) == []


def test_an_envelope_of_ten_steps_looks_like_one_of_one(context, seller, lot, pledged):
    offer(context, seller, pledged, lot, 1, 1)
    offer(
        context,
        seller,
        pledged,
        lot,
        steps=[(10_000, 9_000 + n) for n in range(10)],
        minimum_kg=100_000,
    )

    many, one = envelopes(context, seller, pledged)

    assert len(many.ciphertext) == len(one.ciphertext)
