"""The catalogue, and a supplier's own lots, offers and awards, on both databases."""

import pytest

from club.domain.errors import NotAllowed, NotFound
from club.domain.offers import EnvelopeState
from club.domain.organisations import Kind
from club.operations.clearing import clear_round
from club.operations.viewing.market import (
    catalogue,
    my_awards,
    my_lots,
    my_offers,
    project_card,
)
from club.store import catalogue as store
from tests.builders import a_lot, a_project, join
from tests.markets import AFTER, a_market, bidding_round, offer


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


def add_project(context, seller, **given):
    project = a_project(seller, **given)
    with context.database.write() as tx:
        store.add_project(tx, project)
    return project


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["cedar", "kelp"]),
        ("スギ", ["cedar"]),
        ("ＫＥＬＰ　forest", ["kelp"]),
        ("jcr-7", ["cedar"]),
        ("kelp スギ", []),
        ("ｽｷﾞ", ["cedar"]),
    ],
)
def test_the_catalogue_is_searched_in_both_languages_whatever_the_width(
    context, seller, query, found
):
    add_project(
        context, seller, id="cedar", name_ja="スギの森", name_en="Cedar", registry_number="JCR-7"
    )
    add_project(context, seller, id="kelp", name_ja="昆布", name_en="Kelp Forest")

    rows = catalogue(context, join(context), query)

    assert sorted(row.project.id for row in rows) == found


def test_projects_are_listed_with_their_lots_and_whose_they_are(context, seller):
    other = join(context, Kind.SUPPLIER)
    project = add_project(context, seller)
    own = a_lot(context, seller, project_id=project.id, quantity_kg=5_000)
    others = a_lot(context, other, project_id=project.id, quantity_kg=7_000)

    (row,) = catalogue(context, seller)

    assert [(r.lot.id, r.is_mine, r.supplier.id) for r in row.lots] == [
        (own.id, True, seller.organisation_id),
        (others.id, False, other.organisation_id),
    ]
    assert row.quantity_kg == 12_000


def test_a_projects_card_tells_what_the_club_paid(context, clock, facilitator):
    round_, members, sold = a_market(
        context, facilitator, [(20_000, None, 0)], [(30_000, 4_000, 0)]
    )
    _, lot = sold[0]
    before = project_card(context, members[0], lot.project_id).sales
    clock.at = round_.bidding_closes_at + AFTER
    clear_round(context, round_.id)

    after = project_card(context, members[0], lot.project_id).sales

    assert before == ()
    assert [(s.round_.id, s.row.award.quantity_kg, s.row.award.price_per_t) for s in after] == [
        (round_.id, 20_000, 4_000)
    ]
    with pytest.raises(NotFound):
        project_card(context, members[0], "nowhere")


def test_a_suppliers_lots_tell_what_is_left_for_a_round(context, facilitator, seller):
    one, other = (bidding_round(context, facilitator, seller) for _ in range(2))
    offered, free = a_lot(context, seller), a_lot(context, seller)
    a_lot(context, join(context, Kind.SUPPLIER))
    receipt = offer(context, seller, one, offered, quantity_kg=1)

    def left(round_):
        return [
            (row.lot.id, row.left_kg, row.standing and row.standing.id)
            for row in my_lots(context, seller, round_.id)
        ]

    assert left(one) == [
        (offered.id, 200_000, receipt.envelope_id),
        (free.id, 200_000, None),
    ]
    assert left(other) == [(offered.id, 0, None), (free.id, 200_000, None)]


def test_a_supplier_sees_its_own_envelopes_sealed_and_after_the_opening_with_terms_and_award(
    context, clock, facilitator
):
    round_, _, sold = a_market(
        context, facilitator, [(20_000, None, 0)], [(30_000, 4_000, 0), (5_000, 9_000, 0)]
    )
    (winner, _), (loser, _) = sold
    (sealed,) = my_offers(context, winner, round_.id)
    clock.at = round_.bidding_closes_at + AFTER
    clear_round(context, round_.id)

    (won,), (lost,) = my_offers(context, winner), my_offers(context, loser)

    assert (sealed.state, sealed.offers, sealed.awards) == (EnvelopeState.STANDING, (), ())
    assert won.state is EnvelopeState.OPENED
    assert [offer.price_per_t for offer in won.offers] == [4_000]
    assert [row.award.quantity_kg for row in won.awards] == [20_000]
    assert [offer.price_per_t for offer in lost.offers] == [9_000]
    assert (lost.awards, lost.void) == ((), None)
    assert [(r.id, row.award.id) for r, row in my_awards(context, winner)] == [
        (round_.id, won.envelope_id)
    ]
    assert my_awards(context, loser) == ()


def test_members_and_facilitators_have_no_offers(context, facilitator):
    for actor in (facilitator, join(context)):
        with pytest.raises(NotAllowed):
            my_offers(context, actor)
        with pytest.raises(NotAllowed):
            my_lots(context, actor)
