"""A member checks its own row against a record."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from auctions import merkle
from auctions.recording.members import leaves_of
from auctions.recording.row_files import RowFile, write_row
from auctions.refuted import Refuted
from auctions.verifying.report import verify
from club.domain.disclosure import public_record
from tests.auctions.verifying.test_report import OFFERED, PLEDGED
from tests.recorded import a_record

FULL = a_record()
PUBLIC = public_record(FULL)
DUE = (
    "due 270030000/31667 of 90000 kg, which were bought of 95001 kg wanted: 8527 kg, "
    "rounded as the cut-off says"
)
TAKING, LEAVING = FULL.members[4], FULL.members[6]


def told(record, row):
    return [finding.words for finding in verify(record, row=row) if finding.subject == "row"]


def refuted(record, row):
    with pytest.raises(Refuted) as refusal:
        list(verify(record, row=row))
    return refusal.value.what


@settings(max_examples=60, deadline=None)
@given(PLEDGED, OFFERED)
def test_every_row_of_every_right_record_holds(pledged, offered):
    record = a_record(pledged, offered)
    for row in record.members:
        file = RowFile(write_row(record, row.member))

        assert len(told(record, file)) == len(told(public_record(record), file)) >= 2


def test_a_member_is_told_what_was_found():
    assert told(PUBLIC, RowFile(write_row(FULL, TAKING.member))) == [
        "member 000005 pledged 9001 kg: this row is in the tree",
        DUE,
        "owes 38376 of 405045, by kilograms",
    ]
    assert told(PUBLIC, RowFile(write_row(FULL, LEAVING.member))) == [
        "member 000007 pledged 40000 kg: this row is in the tree",
        "it takes no part (left), gets nothing and owes nothing",
    ]


def test_a_row_of_another_round_or_another_tree_is_refuted():
    file = RowFile(write_row(FULL, TAKING.member))
    other = public_record(a_record([(1_000, None, 0)] * 6))

    file.round = "another"
    assert refuted(PUBLIC, file) == "another_round"
    file.round = "round"
    assert refuted(other, file) == "tree"


@pytest.mark.parametrize(
    "change",
    [{"total_kg": TAKING.total_kg + 1}, {"salt": "0"}, {"member": "member 000004"}, {"amount": 0}],
)
def test_a_row_that_was_changed_is_not_in_the_tree(change):
    file = RowFile(write_row(FULL, TAKING.member))
    file.row = replace(file.row, **change)

    assert refuted(PUBLIC, file) == "not_in_the_tree"


def forged(row, **change):
    """What a club would hand out that wrote a wrong row and made its tree, and signed, over it."""
    rows = tuple(
        replace(each, **change) if each.member == row.member else each for each in FULL.members
    )
    leaves = leaves_of(rows, (filler.salt for filler in FULL.fillers))
    about = replace(FULL.about, tree_root=merkle.root(leaves).hex())
    full = replace(FULL, about=about, members=rows)
    return public_record(full), RowFile(write_row(full, change.get("member", row.member)))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"quantity_kg": 9_000}, "quota"),
        ({"minimum_kg": 8_600}, "quota_outside_pledge"),
        ({"limit_per_t": 4_000}, "price_above_limit"),
        ({"limit_per_t": 5_000}, "price_above_limit"),
        ({"pool_kg": 95_000}, "pool"),
        ({"pool_kg": None}, "pool"),
        ({"quota": Fraction(1, 3)}, "quota"),
        ({"floor_kg": 8_000}, "rounding"),
        ({"remainder": Fraction(1, 3)}, "rounding"),
        ({"draw": "00"}, "rounding"),
        ({"is_rounded_up": not TAKING.is_rounded_up}, "rounding"),
        ({"total_kg": TAKING.total_kg - 1}, "rounding"),
        ({"kilograms": {"envelope 1": TAKING.total_kg}}, "mix"),
        ({"kilograms": {"envelope 1": 1}}, "sum_of_awards"),
        ({"kilograms": {"envelope 3": TAKING.total_kg}}, "unknown_award"),
        ({"amount": TAKING.amount + 1}, "amount"),
        ({"member": "somebody else"}, "rounding"),
        ({"outcome": "limit_below"}, "takes_no_part"),
    ],
)
def test_a_wrong_row_that_is_in_the_tree_is_refuted_by_its_figures(change, what):
    assert refuted(*forged(TAKING, **change)) == what


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"amount": 1}, "takes_no_part"),
        ({"outcome": "nothing_bought"}, "nothing_bought"),
        ({"outcome": "limit_below"}, "limit_covers_it"),
    ],
)
def test_who_takes_no_part_is_told_so_for_a_reason(change, what):
    assert refuted(*forged(LEAVING, **change)) == what


def test_nobody_can_have_left_where_nobody_left():
    record = a_record([(1_000, None, 0)] * 6)
    file = RowFile(write_row(record, "member 000001"))
    file.row = replace(
        file.row,
        outcome="left",
        pool_kg=None,
        quota=None,
        total_kg=0,
        kilograms={},
        amount=0,
    )
    row = file.row
    rows = tuple(row if each.member == row.member else each for each in record.members)
    leaves = leaves_of(rows, (filler.salt for filler in record.fillers))
    about = replace(record.about, tree_root=merkle.root(leaves).hex())
    full = replace(record, about=about, members=rows)

    assert refuted(public_record(full), RowFile(write_row(full, row.member))) == "left"


def test_other_cut_offs_than_the_records_are_refuted():
    file = RowFile(write_row(FULL, TAKING.member))
    file.cut_offs = file.cut_offs[:1]

    assert refuted(PUBLIC, file) == "cut_offs"
