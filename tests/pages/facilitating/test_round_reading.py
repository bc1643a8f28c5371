"""From typed text to the terms of a round."""

from datetime import timedelta

import pytest

from club.domain.errors import InputRefused
from club.domain.organisations import Duty
from club.domain.rounds import WhenShort
from pages.facilitating.round_reading import read
from tests.builders import NOON

TYPED = {
    "name_ja": " 秋のお試し ",
    "name_en": "Autumn trial",
    "purpose_ja": "",
    "purpose_en": "",
    "goal_kg": "100 t",
    "minimum_kg": "",
    "maximum_kg": "",
    "member_minimum_kg": "１００",
    "member_maximum_kg": "50 t",
    "step_kg": "100",
    "ceiling_per_t": "8,000 円",
    "fee_per_t": "0",
    "tax_percent": 10,
    "payment_days": 30,
    "prolong_days": 7,
    "quorum": 1,
    "people_by_duty": {Duty.SUSTAINABILITY: 1, Duty.LEGAL: 0, Duty.FINANCE: 2},
    "grants_grace": True,
    "when_short": WhenShort.PROLONG,
    "is_invented": False,
    "required_modules": ["why-credits"],
    "pledging_opens_at": NOON,
    "pledging_closes_at": NOON + timedelta(days=7),
    "bidding_closes_at": NOON + timedelta(days=14),
}


def test_text_becomes_kilograms_yen_and_names():
    terms = read(TYPED)

    assert (terms.name_ja, terms.goal_kg, terms.member_minimum_kg) == ("秋のお試し", 100_000, 100)
    assert (terms.minimum_kg, terms.maximum_kg) == (0, None)
    assert (terms.ceiling_per_t, terms.fee_per_t) == (8_000, 0)
    assert terms.required_modules == frozenset({"why-credits"})
    assert terms.people_by_duty == ((Duty.FINANCE, 2), (Duty.SUSTAINABILITY, 1))
    assert terms.grants_grace


@pytest.mark.parametrize(("typed", "fee"), [("", 0), ("０", 0), ("200円", 200)])
def test_no_fee_may_be_typed_in_any_way(typed, fee):
    assert read(TYPED | {"fee_per_t": typed}).fee_per_t == fee


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("name_en", " ", "missing"),
        ("goal_kg", "", "missing"),
        ("goal_kg", "many", "not_a_number"),
        ("ceiling_per_t", "0", "not_positive"),
        ("purpose_ja", "あ" * 501, "too_long"),
        ("pledging_closes_at", None, "missing"),
    ],
)
def test_the_field_that_cannot_be_read_is_named(field, typed, code):
    with pytest.raises(InputRefused) as refusal:
        read(TYPED | {field: typed})

    assert (refusal.value.code, refusal.value.facts["field"]) == (code, field)
