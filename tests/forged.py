"""Records that a club would have forged and signed, and whether the verifier lets them pass."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from fractions import Fraction

from auctions.reading import Malformed
from auctions.recording.tables import TABLES
from auctions.refuted import Refuted
from auctions.verifying.report import verify

WORDS_ONLY = {
    "keys.algorithm",
    "keys.name",
    "keys.public_key",
    "metadata.club_en",
    "metadata.club_ja",
    "metadata.currency",
    "metadata.format",
    "metadata.is_invented",
    "metadata.name_en",
    "metadata.name_ja",
    "projects.country",
    "projects.name_en",
    "projects.name_ja",
    "projects.programme",
    "suppliers.name_en",
    "suppliers.name_ja",
}
"""Names that nothing else says, and keys and format, which reading the file checks."""


def with_one_bit_changed(file, count):
    """The file with another bit changed, drawn by chance, so many times."""
    chance = random.Random(2026)  # noqa: S311 - which bits is no secret
    for place in chance.sample(range(8 * len(file)), count):
        changed = bytearray(file)
        changed[place // 8] ^= 1 << place % 8
        yield bytes(changed)


def another(cell):
    """The cell changed a little, as a forger would."""
    if isinstance(cell, int):
        return cell + 1 if cell not in {0, 1} else 1 - cell
    if not isinstance(cell, str):
        return None
    if cell[:1].isdigit() and "/" in cell:
        ratio = Fraction(cell) + 1
        return f"{ratio.numerator}/{ratio.denominator}"
    if set(cell) <= set("0123456789abcdef"):
        return cell[:-1] + ("1" if cell[-1] == "0" else "0")
    return cell + "x"


def forgeries(record):
    """The record with one cell of one table changed, again and again, with the cell's name."""
    for table in TABLES:
        lines = [list(line) for line in table.lines(getattr(record, table.field))]
        for row, line in enumerate(lines):
            for place, cell in enumerate(line):
                if (table.is_single and place == 0) or (changed := another(cell)) is None:
                    continue
                forged = [list(each) for each in lines]
                forged[row][place] = changed
                name = line[0] if table.is_single else table.columns[place].name
                try:
                    yield (
                        f"{table.name}.{name}",
                        replace(record, **{table.field: table.values(forged)}),
                    )
                except Malformed:
                    continue


def holds(record):
    try:
        list(verify(record))
    except Refuted:
        return False
    return True


def shortened(record):
    """The record without the last row of a table, one table after the other, with its name."""
    for field in fields(record):
        rows = getattr(record, field.name)
        if rows and isinstance(rows, tuple):
            yield field.name, replace(record, **{field.name: rows[:-1]})
