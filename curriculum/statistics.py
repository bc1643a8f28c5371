"""How questions and a quiz did over people's first tries, by Moodle's definitions."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from curriculum.figures import (
    FINE,
    Computed,
    Exact,
    Figure,
    Ratio,
    Reason,
    Untold,
    cumulants,
    fine_root,
    median,
    root,
    spread,
    told,
    when,
)
from curriculum.scores import Scores, Sums

ENOUGH = 15
"""Below this many answers, what is inferred from them is not told; what only describes is."""
NO_GUESSES: Mapping[str, Fraction] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFigures:
    """Facility and guess score are shares, the deviation is in points, the rest in percent."""

    question_id: str
    n: int
    facility: Figure
    standard_deviation: Figure
    random_guess_score: Figure
    intended_weight: Figure
    effective_weight: Figure
    discrimination_index: Figure
    discriminative_efficiency: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizFigures:
    """Totals are in points, of `points`; consistency and error ratio are in percent."""

    n: int
    points: Figure
    mean: Figure
    median: Figure
    standard_deviation: Figure
    skewness: Figure
    kurtosis: Figure
    coefficient_of_internal_consistency: Figure
    error_ratio: Figure
    standard_error: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    quiz: QuizFigures
    questions: tuple[QuestionFigures, ...]


def statistics(
    tries: Sequence[Mapping[str, Fraction]],
    *,
    points_by_question: Mapping[str, int],
    guess_by_question: Mapping[str, Fraction] = NO_GUESSES,
) -> Statistics:
    """Compute the figures of first tries: of each, the share of the mark by question asked.

    Questions come in the order of `points_by_question`, which names them all with the points,
    1 at least. A question's figures come from the tries that were asked it; where tries differ in
    their questions, effective weights and reliability are not told, and where they differ in the
    points to be earned, no weights are. Raises KeyError for a question that is not named.
    """
    return statistics_of(Scores.of(tries, points_by_question), guess_by_question=guess_by_question)


def statistics_of(
    scores: Scores, *, guess_by_question: Mapping[str, Fraction] = NO_GUESSES
) -> Statistics:
    """Compute the same figures of marks that are whole numbers already."""
    by_question = dict(zip(scores.points, scores.sums(), strict=True))
    totals = scores.totals
    intended = _intended_weights(scores)
    effective = _effective_weights(scores, totals, by_question)
    return Statistics(
        quiz=_quiz_figures(scores, totals, by_question.values()),
        questions=tuple(
            _question_figures(
                scores,
                id,
                sums,
                guess=guess_by_question.get(id),
                weights=(intended[id], effective[id]),
            )
            for id, sums in by_question.items()
        ),
    )


def _question_figures(
    scores: Scores,
    id: str,
    sums: Sums,
    *,
    guess: Fraction | None,
    weights: tuple[Computed, Computed],
) -> QuestionFigures:
    n = sums.n
    intended, effective = weights
    ticks = n * scores.points[id] * scores.ticks_per_point
    mean = when(n >= 1, n, lambda: Ratio(sums.own, ticks))
    return QuestionFigures(
        question_id=id,
        n=n,
        facility=told(mean),
        standard_deviation=told(when(n > 1, n, lambda: _deviation(scores, n, sums.own_spread))),
        random_guess_score=told(Untold(reason=Reason.NOT_KNOWN, n=n) if guess is None else guess),
        intended_weight=told(intended),
        effective_weight=told(effective),
        discrimination_index=told(_against_rest(scores, sums, _discrimination)),
        discriminative_efficiency=told(_against_rest(scores, sums, _efficiency)),
    )


def _intended_weights(scores: Scores) -> dict[str, Computed]:
    """Give the question's part of the points that a try could earn, in percent."""
    asked = scores.points_asked
    if asked is None:
        unlike = Untold(reason=Reason.DIFFERENT_QUESTIONS, n=scores.asked.shape[1])
        return dict.fromkeys(scores.points, unlike)
    return {id: Ratio(100 * points, asked) for id, points in scores.points.items()}


def _against_rest(scores: Scores, sums: Sums, compare: Callable[[Sums], Computed]) -> Computed:
    return when(sums.n >= ENOUGH, sums.n, lambda: scores.if_several(lambda: compare(sums)))


def _discrimination(sums: Sums) -> Computed:
    """Correlate the question with the rest of the quiz, in percent."""
    spread = sums.own_spread * sums.rest_spread
    if not spread:
        return Untold(reason=Reason.UNVARIED, n=sums.n)
    return Ratio(100 * sums.with_rest * FINE, fine_root(spread))


def _efficiency(sums: Sums) -> Computed:
    """Hold the covariance against the most that the same marks allow, best with best."""
    if not sums.with_rest_at_most:
        return Untold(reason=Reason.UNVARIED, n=sums.n)
    return Ratio(100 * sums.with_rest, sums.with_rest_at_most)


def _effective_weights(
    scores: Scores, totals: Sequence[int], by_question: Mapping[str, Sums]
) -> dict[str, Computed]:
    """Share 100 by the roots of the covariances with the total; a negative one has no weight."""
    n = len(totals)
    if not scores.are_alike or n < ENOUGH:
        reason = Reason.TOO_FEW if n < ENOUGH else Reason.DIFFERENT_QUESTIONS
        return dict.fromkeys(by_question, Untold(reason=reason, n=n))
    if not spread(totals):
        return dict.fromkeys(by_question, Untold(reason=Reason.UNVARIED, n=n))
    shared = {id: sums.with_whole for id, sums in by_question.items()}
    roots = {id: fine_root(value) for id, value in shared.items() if value >= 0}
    whole = sum(roots.values())
    negative = Untold(reason=Reason.NEGATIVE, n=n)
    return {id: Ratio(100 * roots[id], whole) if id in roots else negative for id in shared}


def _quiz_figures(
    scores: Scores, totals: Sequence[int], by_question: Collection[Sums]
) -> QuizFigures:
    n = len(totals)
    points = scores.points_asked
    consistency = when(n >= ENOUGH, n, lambda: _consistency(scores, totals, by_question))
    ratio = consistency if isinstance(consistency, Untold) else _error_ratio(consistency)
    deviation = when(n > 1, n, lambda: Fraction(*_deviation(scores, n, spread(totals))))
    skewness, kurtosis = _shape(totals)
    unlike = Untold(reason=Reason.DIFFERENT_QUESTIONS, n=n)
    return QuizFigures(
        n=n,
        points=told(unlike if points is None else Fraction(points)),
        mean=told(when(n >= 1, n, lambda: scores.in_points(Fraction(sum(totals), n)))),
        median=told(when(n >= 1, n, lambda: scores.in_points(median(totals)))),
        standard_deviation=told(deviation),
        skewness=told(skewness),
        kurtosis=told(kurtosis),
        coefficient_of_internal_consistency=told(consistency),
        error_ratio=told(ratio),
        standard_error=told(_standard_error(deviation, ratio)),
    )


def _deviation(scores: Scores, n: int, spread: int) -> Ratio:
    """Give it in points."""
    pairs = n * (n - 1)
    return Ratio(fine_root(spread * pairs), pairs * FINE * scores.ticks_per_point)


def _shape(totals: Sequence[int]) -> tuple[Exact, Exact]:
    """Give skewness and kurtosis."""
    n = len(totals)
    if n < ENOUGH or not spread(totals):
        reason = Reason.TOO_FEW if n < ENOUGH else Reason.UNVARIED
        return (Untold(reason=reason, n=n),) * 2
    k2, k3, k4 = cumulants(totals)
    return Fraction(k3, k2 * root(k2)), Fraction(k4, k2**2)


def _consistency(scores: Scores, totals: Sequence[int], by_question: Collection[Sums]) -> Exact:
    def alpha() -> Exact:
        """Give Cronbach's alpha in percent; below 0 where questions work against each other."""
        p = len(by_question)
        whole = spread(totals)
        if not whole:
            return Untold(reason=Reason.UNVARIED, n=len(totals))
        parts = sum(sums.own_spread for sums in by_question)
        return Fraction(100 * p, p - 1) * (1 - Fraction(parts, whole))

    return scores.if_alike(lambda: scores.if_several(alpha))


def _error_ratio(consistency: Fraction) -> Fraction:
    """Give the part of the deviation that chance explains, in percent."""
    return 100 * root(1 - Fraction(consistency, 100))


def _standard_error(deviation: Exact, ratio: Exact) -> Exact:
    """Give how far chance alone moves a total, in points."""
    if isinstance(ratio, Untold):
        return ratio
    assert not isinstance(deviation, Untold)  # enough answers for the one are for the other
    return Fraction(ratio * deviation, 100)
