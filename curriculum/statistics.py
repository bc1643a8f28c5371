"""How questions and a quiz did over people's first tries, by Moodle's definitions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from curriculum.figures import (
    Computed,
    Figure,
    Reason,
    Untold,
    covariance,
    cumulants,
    median,
    root,
    told,
    variance,
    when,
)
from curriculum.scores import Scores

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
    their questions, weights and reliability are not told. Raises KeyError for a question that
    is not named.
    """
    scores = Scores.of(tries, points_by_question)
    effective = _effective_weights(scores)
    return Statistics(
        quiz=_quiz_figures(scores),
        questions=tuple(
            _question_figures(scores, id, guess_by_question.get(id), effective[id])
            for id in points_by_question
        ),
    )


def _question_figures(
    scores: Scores, id: str, guess: Fraction | None, effective_weight: Computed
) -> QuestionFigures:
    own, whole = scores.by_question[id]
    n = len(own)
    points = scores.points[id]
    rest = [total - earned for earned, total in zip(own, whole, strict=True)]
    share = Fraction(100 * points, scores.all_points)

    def against_rest(compare: Callable[[Sequence[int], Sequence[int]], Computed]) -> Computed:
        return when(n >= ENOUGH, n, lambda: scores.if_several(lambda: compare(own, rest)))

    return QuestionFigures(
        question_id=id,
        n=n,
        facility=told(when(n >= 1, n, lambda: scores.in_points(Fraction(sum(own), n * points)))),
        standard_deviation=told(when(n > 1, n, lambda: _deviation(scores, own))),
        random_guess_score=told(Untold(reason=Reason.NOT_KNOWN, n=n) if guess is None else guess),
        intended_weight=told(scores.if_alike(lambda: share)),
        effective_weight=told(effective_weight),
        discrimination_index=told(against_rest(_discrimination)),
        discriminative_efficiency=told(against_rest(_efficiency)),
    )


def _discrimination(own: Sequence[int], rest: Sequence[int]) -> Computed:
    """Correlate the question with the rest of the quiz, in percent."""
    spread = variance(own) * variance(rest)
    if not spread:
        return Untold(reason=Reason.UNVARIED, n=len(own))
    return Fraction(100 * covariance(own, rest), root(spread))


def _efficiency(own: Sequence[int], rest: Sequence[int]) -> Computed:
    """Hold the covariance against the most that the same marks allow, best with best."""
    most = covariance(sorted(own), sorted(rest))
    if not most:
        return Untold(reason=Reason.UNVARIED, n=len(own))
    return Fraction(100 * covariance(own, rest), most)


def _effective_weights(scores: Scores) -> dict[str, Computed]:
    """Share 100 by the roots of the covariances with the total; a negative one has no weight."""
    n = len(scores.totals)
    if not scores.are_alike or n < ENOUGH:
        reason = Reason.TOO_FEW if n < ENOUGH else Reason.DIFFERENT_QUESTIONS
        return dict.fromkeys(scores.points, Untold(reason=reason, n=n))
    if not variance(scores.totals):
        return dict.fromkeys(scores.points, Untold(reason=Reason.UNVARIED, n=n))
    shared = {id: covariance(own, whole) for id, (own, whole) in scores.by_question.items()}
    roots = {id: root(value) for id, value in shared.items() if value >= 0}
    whole = sum(roots.values())
    negative = Untold(reason=Reason.NEGATIVE, n=n)
    return {id: Fraction(100 * roots[id], whole) if id in roots else negative for id in shared}


def _quiz_figures(scores: Scores) -> QuizFigures:
    totals = scores.totals
    n = len(totals)
    consistency = when(n >= ENOUGH, n, lambda: _consistency(scores))
    ratio = consistency if isinstance(consistency, Untold) else _error_ratio(consistency)
    return QuizFigures(
        n=n,
        points=told(scores.if_alike(lambda: Fraction(scores.all_points))),
        mean=told(when(n >= 1, n, lambda: scores.in_points(Fraction(sum(totals), n)))),
        median=told(when(n >= 1, n, lambda: scores.in_points(median(totals)))),
        standard_deviation=told(when(n > 1, n, lambda: _deviation(scores, totals))),
        skewness=told(when(n >= ENOUGH, n, lambda: _skewness(totals))),
        kurtosis=told(when(n >= ENOUGH, n, lambda: _kurtosis(totals))),
        coefficient_of_internal_consistency=told(consistency),
        error_ratio=told(ratio),
        standard_error=told(_standard_error(scores, ratio)),
    )


def _deviation(scores: Scores, ticks: Sequence[int]) -> Fraction:
    return scores.in_points(root(variance(ticks)))


def _skewness(totals: Sequence[int]) -> Computed:
    k2, k3, _ = cumulants(totals)
    return Fraction(k3, k2 * root(k2)) if k2 else Untold(reason=Reason.UNVARIED, n=len(totals))


def _kurtosis(totals: Sequence[int]) -> Computed:
    k2, _, k4 = cumulants(totals)
    return Fraction(k4, k2**2) if k2 else Untold(reason=Reason.UNVARIED, n=len(totals))


def _consistency(scores: Scores) -> Computed:
    return scores.if_alike(lambda: scores.if_several(lambda: _alpha(scores)))


def _alpha(scores: Scores) -> Computed:
    """Give Cronbach's alpha in percent; below 0 where questions work against each other."""
    p = len(scores.points)
    whole = variance(scores.totals)
    if not whole:
        return Untold(reason=Reason.UNVARIED, n=len(scores.totals))
    parts = sum(variance(own) for own, _ in scores.by_question.values())
    return Fraction(100 * p, p - 1) * (1 - Fraction(parts, whole))


def _error_ratio(consistency: Fraction) -> Fraction:
    """Give the part of the deviation that chance explains, in percent."""
    return 100 * root(1 - Fraction(consistency, 100))


def _standard_error(scores: Scores, ratio: Computed) -> Computed:
    """Give how far chance alone moves a total, in points."""
    if isinstance(ratio, Untold):
        return ratio
    return Fraction(ratio * _deviation(scores, scores.totals), 100)
