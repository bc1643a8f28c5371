"""Where a facilitator's time is best spent: three questions, and what a day has changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from curriculum.figures import Figure, Reason, Untold
from curriculum.sheets import Counted
from curriculum.statistics import ENOUGH, QuestionFigures

MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """A question to spend time on: its figures, and how many were certain and wrong."""

    figures: QuestionFigures
    sure_and_wrong: int

    @property
    def works_against(self) -> bool:
        """Whether those who did well on the rest did badly here: the question may be at fault."""
        index = self.figures.discrimination_index
        return isinstance(index, Decimal) and index < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A question's facility in the tries before a day and in those from that day on.

    The change is in percent; it is told where both sides have enough answers.
    """

    question_id: str
    n_before: int
    before: Figure
    n_since: int
    since: Figure
    change: Figure


def worth_the_time(
    questions: Iterable[QuestionFigures], counted: Mapping[str, Counted]
) -> tuple[Attention, ...]:
    """Choose at most three questions, of those with enough answers and with marks lost.

    The lowest facility comes first; of equals the one where more were certain and wrong, then
    the one with more answers, then the lower id.
    """
    found = [
        Attention(figures=each, sure_and_wrong=sure_and_wrong(counted[each.question_id]))
        for each in questions
        if each.n >= ENOUGH and each.facility != 1
    ]
    return tuple(sorted(found, key=_rank)[:MOST])


def _rank(each: Attention) -> tuple[Decimal, int, int, str]:
    figures = each.figures
    assert isinstance(figures.facility, Decimal)  # there are enough answers
    return (figures.facility, -each.sure_and_wrong, -figures.n, figures.question_id)


def sure_and_wrong(counted: Counted) -> int:
    """Count the answers that earned nothing though their givers were certain."""
    return sum(n for given, n in counted if given.judgement.is_sure_and_wrong)


def changes(
    before: Iterable[QuestionFigures], since: Iterable[QuestionFigures]
) -> tuple[Change, ...]:
    """Hold the same questions of two groups of tries against each other, in their order."""
    return tuple(
        Change(
            question_id=one.question_id,
            n_before=one.n,
            before=one.facility,
            n_since=two.n,
            since=two.facility,
            change=_change(one, two),
        )
        for one, two in zip(before, since, strict=True)
    )


def _change(one: QuestionFigures, two: QuestionFigures) -> Figure:
    fewer = min(one.n, two.n)
    if fewer < ENOUGH:
        return Untold(reason=Reason.TOO_FEW, n=fewer)
    assert isinstance(one.facility, Decimal)
    assert isinstance(two.facility, Decimal)
    return 100 * (two.facility - one.facility)
