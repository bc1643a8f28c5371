"""Projects and lots entered for suppliers."""

import pytest

from club.domain.lots import Label, Mechanism
from club.domain.organisations import Kind
from club.store import catalogue
from pages.facilitating import catalogue_desk
from tests.builders import a_lot, join


def type_project(at, **typed):
    values = {
        "name_ja": "北の森",
        "name_en": "Northern forest",
        "programme": "J-クレジット",
        "registry_number": "JCR-7",
        "source": "J-Credit registry",
    }
    for field, text in (values | typed).items():
        at.text_input(key=f"new project {field}").set_value(text)
    return at


def all_of(context, what):
    with context.database.read() as tx:
        return getattr(catalogue, what)(tx)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_in_the_catalogue_is_listed(context, open_screen, facilitator, language):
    a_lot(context, join(context, Kind.SUPPLIER))

    at = open_screen(catalogue_desk.render, facilitator, language=language)

    assert not at.exception
    assert len(at.table[0].value) == 1


def test_an_empty_catalogue_says_how_to_begin(open_screen, facilitator):
    assert len(open_screen(catalogue_desk.render, facilitator).info) == 2


def test_a_project_is_entered_with_nothing_guessed(context, open_screen, facilitator, hand):
    at = type_project(open_screen(catalogue_desk.render, facilitator))

    hand(at).press("catalogue_forms.add_project")

    (project,) = all_of(context, "all_projects")
    assert (project.name_ja, project.country) == ("北の森", "JP")
    assert project.mechanism is Mechanism.UNSTATED


def test_a_project_without_its_source_is_refused(context, open_screen, facilitator, hand):
    at = type_project(open_screen(catalogue_desk.render, facilitator), source="")

    at = hand(at).press("catalogue_forms.add_project")

    assert at.error[0].value.startswith("出典：")
    assert at.text_input(key="new project name_ja").value == "北の森"
    assert all_of(context, "all_projects") == []


def test_a_lot_is_entered_for_its_supplier(context, open_screen, facilitator, hand):
    known = a_lot(context, join(context, Kind.SUPPLIER))
    other = join(context, Kind.SUPPLIER)
    at = open_screen(catalogue_desk.render, facilitator)
    at.selectbox(key="new lot supplier_id").set_value(other.organisation_id)
    at.selectbox(key="new lot project_id").set_value(known.project_id)
    at.text_input(key="new lot quantity_kg").set_value("200 t")

    hand(at).press("catalogue_forms.add_lot")

    added = [lot for lot in all_of(context, "all_lots") if lot.id != known.id]
    assert [(lot.supplier_id, lot.quantity_kg, lot.unit_kg) for lot in added] == [
        (other.organisation_id, 200_000, 1_000)
    ]


def test_a_lot_of_broken_units_is_refused(context, open_screen, facilitator, hand):
    known = a_lot(context, join(context, Kind.SUPPLIER))
    at = open_screen(catalogue_desk.render, facilitator)
    at.selectbox(key="new lot project_id").set_value(known.project_id)
    at.text_input(key="new lot quantity_kg").set_value("1,500")

    at = hand(at).press("catalogue_forms.add_lot")

    assert at.error
    assert len(all_of(context, "all_lots")) == 1


def test_prefecture_rating_and_labels_are_entered_where_they_are_known(
    context, open_screen, facilitator, hand
):
    join(context, Kind.SUPPLIER)
    at = type_project(open_screen(catalogue_desk.render, facilitator), rating="BeZero A")
    at.selectbox(key="new project prefecture").set_value("20")
    hand(at).press("catalogue_forms.add_project")
    (project,) = all_of(context, "all_projects")

    at.selectbox(key="new lot project_id").set_value(project.id)
    at.text_input(key="new lot quantity_kg").set_value("5 t")
    at.multiselect(key="new lot labels").set_value([Label.CCP])
    hand(at).press("catalogue_forms.add_lot")

    (lot,) = all_of(context, "all_lots")
    assert (project.prefecture, project.rating) == ("20", "BeZero A")
    assert lot.labels == {Label.CCP}
