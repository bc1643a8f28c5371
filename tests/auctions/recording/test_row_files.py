import json

import pytest

from auctions.merkle import is_proved
from auctions.reading import Malformed
from auctions.recording.members import leaf_of
from auctions.recording.row_files import RowFile, write_row
from tests.recorded import a_record

FULL = a_record()


@pytest.mark.parametrize("row", FULL.members, ids=lambda row: row.member)
def test_every_member_gets_its_row_and_the_proof_of_it(row):
    told = RowFile(write_row(FULL, row.member))

    assert (told.round, told.tree_root, told.row) == (
        FULL.about.round,
        FULL.about.tree_root,
        row,
    )
    assert told.cut_offs == FULL.cut_offs
    assert is_proved(leaf_of(told.row), told.proof, bytes.fromhex(FULL.about.tree_root))


def test_nobody_elses_row_is_in_it():
    mine, *others = FULL.members
    file = write_row(FULL, mine.member).decode()

    assert [row.member for row in others if row.member in file or row.salt in file] == []


def test_who_pledged_nothing_has_no_row():
    with pytest.raises(KeyError):
        write_row(FULL, "somebody else")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"format": "tomoe/row/2"}, "format"),
        ({"place": -1}, "place"),
        ({"path": ["no hash"]}, "path"),
        ({"path": [1]}, "path"),
        ({"row": {}}, "row"),
        ({"cut_offs": {}}, "cut_offs"),
        ({"more": 1}, "more"),
    ],
)
def test_a_file_that_is_no_row_is_refused_with_the_place(change, where):
    file = json.loads(write_row(FULL, FULL.members[0].member)) | change

    with pytest.raises(Malformed) as refusal:
        RowFile(json.dumps(file).encode())

    assert refusal.value.where == where
