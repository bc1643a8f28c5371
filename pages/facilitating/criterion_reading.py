"""From what was typed of a quality criterion to the criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auctions.scoring import Answer, Criterion
from club.domain.errors import InputRefused
from club.domain.units import read_share, read_text

LONGEST = 200
COLUMNS = ("answer_ja", "answer_en", "value")


def read(
    typed: Mapping[str, str], rows: Sequence[Mapping[str, Any]], criteria: Sequence[Criterion]
) -> Criterion:
    """The criterion as typed, to stand after the others; rows left empty are no answers.

    Raises InputRefused with the first field that cannot be read; of an answer, its row is told.
    """
    names = {
        field: read_text(typed[field], field=field, longest=LONGEST)
        for field in ("question_ja", "question_en")
    }
    cells = [{column: str(row.get(column) or "") for column in COLUMNS} for row in rows]
    filled = [row for row in cells if any(cell.strip() for cell in row.values())]
    answers = tuple(_answer(place, row) for place, row in enumerate(filled, start=1))
    return Criterion(
        id=_free_id(criteria),
        name_ja=names["question_ja"],
        name_en=names["question_en"],
        answers=answers,
    )


def _answer(place: int, row: Mapping[str, str]) -> Answer:
    try:
        return Answer(
            id=f"a{place}",
            name_ja=read_text(row["answer_ja"], field="answer_ja", longest=LONGEST),
            name_en=read_text(row["answer_en"], field="answer_en", longest=LONGEST),
            value=read_share(row["value"], field="value"),
        )
    except InputRefused as error:
        error.facts["place"] = f"#{place}"
        raise


def _free_id(criteria: Sequence[Criterion]) -> str:
    taken = {criterion.id for criterion in criteria}
    return next(f"c{n}" for n in range(1, len(criteria) + 2) if f"c{n}" not in taken)
