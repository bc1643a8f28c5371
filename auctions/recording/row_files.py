"""A member's own row as a file: the row, its proof, and where rounding up stopped."""

from typing import Any

from auctions.merkle import Proof, proof
from auctions.reading import Fields, Malformed, fields, parse
from auctions.record import document_bytes, plain
from auctions.recording.cut_offs import CutOff
from auctions.recording.members import Row, leaf_of, leaves_of
from auctions.recording.values import Record
from auctions.reviving import revive

ROW_FORMAT = "tomoe/row/1"
KEYS = ("format", "round", "tree_root", "place", "size", "path", "row", "cut_offs")
MOST_ROWS = 2**40


def write_row(full: Record, member: str) -> bytes:
    """Write a member's row out of a full record; KeyError where it has none."""
    row = {row.member: row for row in full.members}[member]
    leaves = leaves_of(full.members, (filler.salt for filler in full.fillers))
    found = proof(leaves, leaves.index(leaf_of(row)))
    document = {
        "format": ROW_FORMAT,
        "round": full.about.round,
        "tree_root": full.about.tree_root,
        "place": found.place,
        "size": found.size,
        "path": [step.hex() for step in found.path],
        "row": plain(row),
        "cut_offs": plain(full.cut_offs),
    }
    return document_bytes(document) + b"\n"


class RowFile:
    """What a row's file says; Malformed where it is none."""

    def __init__(self, file: bytes) -> None:
        told = fields(parse(file), "", KEYS)
        if told.text("format") != ROW_FORMAT:
            raise Malformed("unknown_format", f"This version reads {ROW_FORMAT} only.", "format")
        self.round = told.text("round")
        self.tree_root = told.text("tree_root")
        self.row = revive(Row, told.cells["row"], "row")
        self.cut_offs = revive(tuple[CutOff, ...], told.cells["cut_offs"], "cut_offs")
        self.proof = Proof(
            told.whole("place", most=MOST_ROWS), told.whole("size", most=MOST_ROWS), _path(told)
        )


def _path(told: Fields) -> tuple[bytes, ...]:
    path: Any = told.cells["path"]
    try:
        return tuple(bytes.fromhex(step) for step in path)
    except (TypeError, ValueError):
        raise Malformed("not_a_path", "This must be a list of hashes in hex.", "path") from None
