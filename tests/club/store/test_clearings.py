"""Frozen inputs and results in the database, on both databases."""

import pytest

from club.domain.organisations import Kind
from club.store import clearings
from club.store.clearings import ClearingRow
from tests.builders import NOON, join, open_round

RESULT = {"members": {"org1": {"quota": "1/3", "kg": 5}}, "void": {}, "summary": {"価格": None}}


@pytest.fixture
def row(context):
    round_ = open_round(context, join(context, Kind.OPERATOR))
    row = ClearingRow(
        round_id=round_.id, inputs_hash="aa", inputs={"claims": [], "名": 1}, frozen_at=NOON
    )
    with context.database.write() as tx:
        clearings.freeze(tx, row)
    return row


def finish(context, row):
    with context.database.write() as tx:
        clearings.finish(tx, row.round_id, result=RESULT, result_hash="bb", at=NOON)


def test_frozen_inputs_come_back_as_they_went_in(context, row):
    with context.database.read() as tx:
        assert clearings.get(tx, row.round_id) == row
        assert clearings.hashes(tx, row.round_id) == ("aa", None)
        assert clearings.get(tx, "nowhere") is clearings.hashes(tx, "nowhere") is None


def test_one_part_of_a_result_is_cut_out_by_the_database(context, row):
    with context.database.read() as tx:
        before = clearings.part(tx, row.round_id, "members", "org1")
    finish(context, row)

    with context.database.read() as tx:
        assert clearings.part(tx, row.round_id, "members", "org1") == {"quota": "1/3", "kg": 5}
        assert clearings.part(tx, row.round_id, "summary") == {"価格": None}
        assert clearings.part(tx, row.round_id, "void") == {}
        assert clearings.part(tx, row.round_id, "members", "org2") is None
        assert clearings.part(tx, "nowhere", "members") is None
        assert clearings.hashes(tx, row.round_id) == ("aa", "bb")
    assert before is None


def test_a_result_without_awards_has_no_allocations(context, row):
    finish(context, row)

    with context.database.read() as tx:
        assert clearings.awards_of_round(tx, row.round_id) == []
        assert clearings.allocations_of(tx, row.round_id, "org1") == []
        assert clearings.allocated_kg(tx, row.round_id) == {}
