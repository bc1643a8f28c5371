"""Lots hold whole registry units."""

import pytest

from club.domain.errors import TermsRefused
from club.domain.lots import Lot, check
from tests.builders import NOON


def a_lot(**given):
    values = {
        "id": "l",
        "project_id": "p",
        "supplier_id": "s",
        "vintage": None,
        "quantity_kg": 2_000,
        "created_at": NOON,
        "created_by": "p",
    }
    return Lot(**values | given)


def test_whole_tonnes_are_a_lot():
    assert check(a_lot()) == a_lot()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"quantity_kg": 1_500}, "units_mismatch"),
        ({"quantity_kg": 100, "unit_kg": 100}, "evidence_missing"),
    ],
)
def test_part_units_and_sub_tonne_lots_without_evidence_are_refused(given, code):
    with pytest.raises(TermsRefused) as refusal:
        check(a_lot(**given))

    assert refusal.value.code == code
