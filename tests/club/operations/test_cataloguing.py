"""Projects and lots in the catalogue, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from club.domain.errors import InputRefused, NotAllowed, NotFound, Refused, TermsRefused
from club.domain.lots import Basis, Category, Label, Mechanism
from club.domain.organisations import Kind
from club.operations.cataloguing import (
    LotTerms,
    ProjectTerms,
    add_lot,
    add_project,
    change_lot_quantity,
)
from club.store import catalogue, journal
from tests.builders import NOON, a_lot, join
from tests.markets import bidding_round, offer

PROJECT = ProjectTerms(
    name_ja="試験の森",
    name_en="Test forest",
    programme="J-Credit",
    registry_number="JCR-0001",
    country="JP",
    category=Category.FOREST,
    mechanism=Mechanism.REMOVAL,
    basis=Basis.NATURE,
    source="tests",
    source_read_on=NOON.date(),
)


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def project(context, facilitator):
    return add_project(context, facilitator, request_id="p0", terms=PROJECT)


def lot_terms(project, seller, **given):
    return LotTerms(
        **{
            "project_id": project.id,
            "supplier_id": seller.organisation_id,
            "vintage": 2025,
            "quantity_kg": 5_000,
        }
        | given
    )


def change(context, actor, lot, quantity_kg, request_id="c1"):
    return change_lot_quantity(
        context, actor, request_id=request_id, lot_id=lot.id, quantity_kg=quantity_kg
    )


def test_a_project_and_a_lot_are_stored_with_their_links(context, seller, project):
    lot = add_lot(context, seller, request_id="l1", terms=lot_terms(project, seller))
    again = add_lot(context, seller, request_id="l1", terms=lot_terms(project, seller))

    assert again == lot
    with context.database.read() as tx:
        assert catalogue.all_projects(tx) == [project]
        assert catalogue.all_lots(tx) == [lot]
        kinds = [link.kind for link in journal.links(tx, journal.CLUB)]
    assert kinds == ["project.added", "lot.added"]


def test_what_rules_look_at_is_stored_and_told_to_the_chain(context, facilitator, seller):
    terms = replace(PROJECT, prefecture="20", rating="BeZero A")
    project = add_project(context, facilitator, request_id="p1", terms=terms)
    labels = frozenset({Label.CCP, Label.CCB})
    lot = add_lot(context, seller, request_id="l1", terms=lot_terms(project, seller, labels=labels))

    with context.database.read() as tx:
        stored = catalogue.project(tx, project.id)
        assert (stored.prefecture, stored.rating) == ("20", "BeZero A")
        assert catalogue.lot(tx, lot.id).labels == labels
        facts = [link.facts for link in journal.links(tx, journal.CLUB)]
    assert (facts[0]["prefecture"], facts[0]["rating"]) == ("20", "BeZero A")
    assert facts[1]["labels"] == ["ccb", "ccp"]


@pytest.mark.parametrize("number", ["JCR-0001", " ＪＣＲ－０００１ "])
def test_a_project_already_known_under_its_registry_number_is_refused(
    context, seller, project, number
):
    terms = replace(PROJECT, name_ja="別名", registry_number=number)

    with pytest.raises(TermsRefused) as refusal:
        add_project(context, seller, request_id="p1", terms=terms)

    assert (refusal.value.code, refusal.value.facts["project_id"]) == ("project_known", project.id)


def test_another_programme_may_use_the_same_number_and_none_is_no_number(context, seller, project):
    add_project(context, seller, request_id="p1", terms=replace(PROJECT, programme="VCS"))
    for request_id in ("p2", "p3"):
        add_project(
            context, seller, request_id=request_id, terms=replace(PROJECT, registry_number=None)
        )

    with context.database.read() as tx:
        assert len(catalogue.all_projects(tx)) == 4


def test_of_eight_who_enter_the_same_project_at_once_one_does(context):
    sellers = [join(context, Kind.SUPPLIER) for _ in range(8)]

    def enter(seller):
        try:
            return add_project(context, seller, request_id="p1", terms=PROJECT).registry_number
        except TermsRefused as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(enter, sellers))

    assert sorted(outcomes) == ["JCR-0001"] + ["project_known"] * 7


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"quantity_kg": 5_001}, "units_mismatch"),
        ({"quantity_kg": 0}, "not_positive"),
        ({"quantity_kg": 50, "unit_kg": 1}, "evidence_missing"),
    ],
)
def test_a_lot_holds_whole_units_and_sub_tonne_units_need_evidence(
    context, seller, project, given, code
):
    with pytest.raises(Refused) as refusal:
        add_lot(context, seller, request_id="l1", terms=lot_terms(project, seller, **given))

    assert refusal.value.code == code


def test_suppliers_touch_only_their_own_lots_and_facilitators_any_suppliers(
    context, facilitator, seller, project
):
    other = join(context, Kind.SUPPLIER)

    with pytest.raises(NotFound):
        add_lot(context, other, request_id="l1", terms=lot_terms(project, seller))
    lot = add_lot(context, facilitator, request_id="l2", terms=lot_terms(project, seller))
    with pytest.raises(NotFound):
        change(context, other, lot, 9_000)
    larger = change(context, facilitator, lot, 9_000)

    assert (lot.supplier_id, larger.quantity_kg) == (seller.organisation_id, 9_000)


def test_a_lot_belongs_to_a_supplier_and_to_a_project_that_exist(
    context, facilitator, seller, project
):
    member = join(context)

    with pytest.raises(InputRefused) as refusal:
        add_lot(context, facilitator, request_id="l1", terms=lot_terms(project, member))
    homeless = lot_terms(project, seller, project_id="nowhere")
    with pytest.raises(NotFound):
        add_lot(context, seller, request_id="l2", terms=homeless)

    assert refusal.value.code == "not_a_supplier"


def test_members_enter_nothing(context, project):
    with pytest.raises(NotAllowed):
        add_project(context, join(context), request_id="p1", terms=PROJECT)


def test_a_lot_grows_and_shrinks_but_not_below_what_is_offered(context, facilitator, seller):
    round_ = bidding_round(context, facilitator, seller)
    lot = a_lot(context, seller, quantity_kg=20_000)

    smaller = change(context, seller, lot, 10_000)
    offer(context, seller, round_, lot, quantity_kg=3_000)
    with pytest.raises(TermsRefused) as refusal:
        change(context, seller, lot, 9_000, "c2")
    larger = change(context, seller, lot, 30_000, "c3")

    assert (smaller.quantity_kg, larger.quantity_kg) == (10_000, 30_000)
    assert (refusal.value.code, refusal.value.facts["bound_kg"]) == ("lot_bound", 10_000)


@pytest.mark.parametrize(
    "given",
    [
        {"name_ja": ""},
        {"region_ja": "a" * 101},
        {"programme": "a" * 101},
        {"registry_number": "1" * 101},
        {"country": "Japan"},
        {"source": "a" * 501},
    ],
)
def test_a_project_that_cannot_be_kept_is_refused(context, facilitator, given):
    with pytest.raises(InputRefused):
        add_project(context, facilitator, request_id="x1", terms=replace(PROJECT, **given))


@pytest.mark.parametrize(
    "given",
    [{"quantity_kg": 10**18}, {"unit_kg": 10**19}, {"vintage": 10**10}, {"evidence": "a" * 501}],
)
def test_a_lot_that_cannot_be_kept_is_refused(context, facilitator, given):
    seller = join(context, Kind.SUPPLIER)
    project = add_project(context, facilitator, request_id="x1", terms=PROJECT)
    terms = LotTerms(project_id=project.id, supplier_id=seller.organisation_id, quantity_kg=100_000)

    with pytest.raises(InputRefused):
        add_lot(context, seller, request_id="x2", terms=replace(terms, **given))


def test_texts_of_a_project_lose_what_no_database_holds(context, facilitator):
    terms = replace(PROJECT, story_ja="森\x00林", registry_number="JCR\x00-9", region_en="a\ud800")

    project = add_project(context, facilitator, request_id="x1", terms=terms)

    assert (project.story_ja, project.registry_number, project.region_en) == (
        "森林",
        "JCR-9",
        "a",
    )
