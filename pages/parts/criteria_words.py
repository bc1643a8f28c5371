"""Quality criteria as a table: every answer with what it earns."""

from __future__ import annotations

from collections.abc import Sequence

from auctions.scoring import Criterion
from pages.parts.tables import table
from pages.parts.visit import Visit


def criteria_table(visit: Visit, criteria: Sequence[Criterion]) -> None:
    """One row an answer; the question stands beside its first."""
    speech = visit.speech
    rows = []
    exact = []
    for criterion in criteria:
        for place, answer in enumerate(criterion.answers):
            rows.append(
                {
                    speech.say("auction_terms.criteria.question"): ""
                    if place
                    else speech.name(criterion),
                    speech.say("auction_terms.criteria.answer"): speech.name(answer),
                    speech.say("words.field.value"): speech.share(answer.value),
                }
            )
            exact.append(
                {
                    "criterion": criterion.id,
                    "question_ja": criterion.name_ja,
                    "question_en": criterion.name_en,
                    "answer": answer.id,
                    "answer_ja": answer.name_ja,
                    "answer_en": answer.name_en,
                    "value": f"{answer.value.numerator}/{answer.value.denominator}",
                }
            )
    table(visit, rows, name="criteria", csv_rows=exact)
