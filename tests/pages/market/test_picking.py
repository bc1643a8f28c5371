"""Narrowing the catalogue down and putting it in order."""

from club.domain.lots import Category, Lot, Mechanism
from club.domain.organisations import Kind
from club.operations.viewing.market import CatalogueRow, LotRow
from pages.market.picking import Order, Wanted, narrow, put_in_order
from tests.builders import NOON, a_person, a_project, actor_of, an_organisation

SUPPLIER = an_organisation(Kind.SUPPLIER)
SELLER = actor_of(a_person(SUPPLIER), SUPPLIER)


def a_row(id, *vintages, quantity_kg=1_000, **given):
    project = a_project(SELLER, id=id, name_ja=id, name_en=id, **given)
    lots = (
        Lot(
            id=f"{id}-{vintage}",
            project_id=id,
            supplier_id=SUPPLIER.id,
            vintage=vintage,
            quantity_kg=quantity_kg,
            created_at=NOON,
            created_by=SELLER.person_id,
        )
        for vintage in vintages
    )
    return CatalogueRow(
        project=project,
        lots=tuple(LotRow(lot=lot, supplier=SUPPLIER, is_mine=False) for lot in lots),
    )


FOREST = a_row("forest", 2024, None, region_ja="長野県", region_en="Nagano")
BIOCHAR = a_row(
    "biochar", 2025, quantity_kg=9_000, category=Category.BIOCHAR, mechanism=Mechanism.UNSTATED
)
EMPTY = a_row("empty", programme="A programme")
ALL = [FOREST, BIOCHAR, EMPTY]


def ids(rows):
    return [row.project.id for row in rows]


def test_no_filter_takes_everything():
    assert narrow(ALL, Wanted(), "en") == ALL


def test_filters_are_answered_all_together():
    assert ids(narrow(ALL, Wanted(categories=frozenset({Category.FOREST})), "en")) == [
        "forest",
        "empty",
    ]
    wanted = Wanted(categories=frozenset({Category.FOREST}), only_with_lots=True)
    assert ids(narrow(ALL, wanted, "en")) == ["forest"]


def test_what_is_not_stated_can_be_asked_for():
    unstated = Wanted(mechanisms=frozenset({Mechanism.UNSTATED}))
    assert ids(narrow(ALL, unstated, "en")) == ["biochar"]
    assert ids(narrow(ALL, Wanted(vintages=frozenset({None})), "en")) == ["forest"]


def test_regions_are_chosen_in_the_readers_language():
    assert ids(narrow(ALL, Wanted(regions=frozenset({"Nagano"})), "en")) == ["forest"]
    assert ids(narrow(ALL, Wanted(regions=frozenset({"長野県"})), "ja")) == ["forest"]


def test_every_order_ends_in_the_name():
    assert ids(put_in_order(ALL, Order.NAME, "en")) == ["biochar", "empty", "forest"]
    assert ids(put_in_order(ALL, Order.QUANTITY, "en")) == ["biochar", "forest", "empty"]
    assert ids(put_in_order(ALL, Order.VINTAGE, "en")) == ["biochar", "forest", "empty"]
    assert ids(put_in_order(ALL, Order.PROGRAMME, "en")) == ["empty", "biochar", "forest"]
