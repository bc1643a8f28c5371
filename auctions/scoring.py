"""Quality: what answers to published criteria are worth, and prices compared by it, exactly."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from auctions.offers import BadBook

PRICE_ONLY = Fraction(1)
MOST_CRITERIA = 20
MOST_ANSWERS = 20
FINEST = 10**6
"""The values' common denominator at most: coefficients stay short enough to be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One of the answers to a criterion, and what it earns."""

    id: str
    name_ja: str
    name_en: str
    value: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A question that every offer answers with one of its answers."""

    id: str
    name_ja: str
    name_en: str
    answers: tuple[Answer, ...]


def read_criteria(rows: Sequence[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """Read criteria as `record.plain` writes them, what an answer earns as "n/d"."""
    return tuple(
        Criterion(
            **{name: cell for name, cell in row.items() if name != "answers"},
            answers=tuple(
                Answer(**{**answer, "value": Fraction(answer["value"])})
                for answer in row["answers"]
            ),
        )
        for row in rows
    )


def check_criteria(criteria: Sequence[Criterion]) -> None:
    """Refuse with BadBook, at the criterion, what could not be answered or scored.

    Ids are plain and come once, every criterion has at least two answers, no value is below
    zero, and the highest values are below 1 together, since the coefficient divides by what
    they leave.
    """
    if len(criteria) > MOST_CRITERIA:
        raise BadBook("too_many_criteria", criteria[MOST_CRITERIA].id, most=MOST_CRITERIA)
    _once([criterion.id for criterion in criteria], "")
    for criterion in criteria:
        _check_answers(criterion)
    values = [answer.value for criterion in criteria for answer in criterion.answers]
    if lcm(*(value.denominator for value in values)) > FINEST:
        raise BadBook("values_too_fine", criteria[0].id, most=FINEST)
    if criteria and highest(criteria) >= 1:
        raise BadBook("values_reach_one", criteria[0].id, total=highest(criteria))


def _check_answers(criterion: Criterion) -> None:
    _once([answer.id for answer in criterion.answers], criterion.id)
    if not 1 < len(criterion.answers) <= MOST_ANSWERS:
        raise BadBook("answers_out_of_range", criterion.id, most=MOST_ANSWERS)
    for answer in criterion.answers:
        if answer.value < 0:
            raise BadBook("negative_value", criterion.id, answer=answer.id)
    for id in (criterion.id, *(answer.id for answer in criterion.answers)):
        if re.fullmatch(r"[A-Za-z0-9_-]{1,32}", id) is None:
            raise BadBook("bad_id", criterion.id, id=id)


def highest(criteria: Sequence[Criterion]) -> Fraction:
    """Return the most that an offer can earn: the sum of the criteria's highest values."""
    return sum(
        (max(answer.value for answer in criterion.answers) for criterion in criteria), Fraction(0)
    )


def best(criteria: Sequence[Criterion]) -> Fraction:
    """Return the coefficient of an offer that earns everything."""
    return 1 + _divided(highest(criteria), 1 - highest(criteria))


def coefficient(criteria: Sequence[Criterion], answers: Mapping[str, str]) -> Fraction:
    """Return K = 1 + Σv / (1 − Σv_max) for answers by criterion; without criteria K = 1.

    Raises BadBook where a criterion is not answered, or something else is.
    """
    earned = Fraction(0)
    for criterion in criteria:
        worth = {answer.id: answer.value for answer in criterion.answers}
        said = answers.get(criterion.id)
        if said not in worth:
            raise BadBook("not_answered", criterion.id)
        earned += worth[said]
    for id in sorted(answers):
        if id not in {criterion.id for criterion in criteria}:
            raise BadBook("unknown_criterion", id)
    return 1 + _divided(earned, 1 - highest(criteria))


def effective_price(price_per_t: int, own: Fraction) -> Fraction:
    """Return the price by which offers are compared: price / K, exactly."""
    return _divided(Fraction(price_per_t), own)


def compare(one_per_t: int, one: Fraction, other_per_t: int, other: Fraction) -> int:
    """Return −1, 0 or 1 as the first effective price is lower, equal or higher.

    By whole numbers alone, across: no quotient is formed.
    """
    left = one_per_t * one.denominator * other.numerator
    right = other_per_t * other.denominator * one.numerator
    return (left > right) - (left < right)


def price_to_tie(own: Fraction, leader_per_t: int, leader: Fraction) -> int:
    """Return the highest whole price whose effective price is no higher than the leader's.

    It ties where the exact price is whole, and else beats the leader by less than one unit.
    """
    most = own.numerator * leader.denominator * leader_per_t
    return most // (own.denominator * leader.numerator)


def _divided(one: Fraction, by: Fraction) -> Fraction:
    return Fraction(one.numerator * by.denominator, one.denominator * by.numerator)


def _once(ids: Sequence[str], where: str) -> None:
    for id, times in Counter(ids).items():
        if times > 1:
            raise BadBook("duplicate_id", where or id, id=id, times=times)
