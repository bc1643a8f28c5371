"""What an answer is worth: the raw answer in, a share of the mark between 0 and 1 out."""

import re
from fractions import Fraction
from functools import cache, lru_cache
from itertools import combinations
from math import factorial

from curriculum.questions import (
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    Question,
    ShortAnswer,
    SingleChoice,
    Slip,
    TrueFalse,
    Word,
)
from curriculum.texts import folded

# As it was given: ids of choices, ("true",) or ("false",), what was typed, "left=right" for each
# pair, ids in the order given; () left open.
Answer = tuple[str, ...]
TRUE_FALSE = ("true", "false")

NONE = Fraction(0)
WHOLE = Fraction(1)
TYPED = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})(?:\.[0-9]{1,12})?")


def mark(question: Question, answer: Answer) -> Fraction:
    """Give the share of the mark that the answer earns, from 0 to 1.

    Several choices: the sum of their weights, never below 0; a choice named twice counts once.
    Matching: the share of the pairs that are right. Ordering: Kendall's tau, never below 0.
    Otherwise exactly one thing is said, or nothing is earned. What the question does not offer
    earns nothing. Raises TypeError for a kind of question it does not know.
    """
    match question:
        case MultiChoice():
            worth = _mark_choices(question, answer)
        case SingleChoice():
            weights = {choice.id: choice.weight for choice in question.choices}
            worth = weights.get(answer[0], NONE) if len(answer) == 1 else NONE
        case TrueFalse():
            worth = WHOLE if answer == (TRUE_FALSE[not question.is_true],) else NONE
        case Numeric():
            worth = _mark_number(question, answer)
        case ShortAnswer():
            word = word_given(question, answer)
            worth = word.weight if word is not None else NONE
        case Matching():
            worth = _mark_pairs(question, answer)
        case Ordering():
            worth = _mark_order(question, answer)
        case _:
            raise TypeError(f"no rule to mark a {type(question).__name__}")
    return worth


def _mark_choices(question: MultiChoice, answer: Answer) -> Fraction:
    chosen = set(answer)
    total = sum((c.weight for c in question.choices if c.id in chosen), start=NONE)
    return min(max(total, NONE), WHOLE)


def _mark_number(question: Numeric, answer: Answer) -> Fraction:
    typed = _typed(question, answer)
    is_near = typed is not None and abs(typed - question.value) <= question.tolerance
    return WHOLE if is_near else NONE


def _mark_pairs(question: Matching, answer: Answer) -> Fraction:
    chosen = rights_chosen(answer)
    rights = question.right_by_id
    right = sum(rights.get(chosen.get(pair.id, "")) == pair.right for pair in question.pairs)
    return Fraction(right, len(question.pairs))


def _mark_order(question: Ordering, answer: Answer) -> Fraction:
    """Give 1 - 4 I / (n (n - 1)) of I inversions among n items (Kendall 1938), or 0 if below."""
    place_by_id = {id: place for place, id in enumerate(question.choice_ids)}
    if sorted(answer) != sorted(place_by_id):
        return NONE
    places = [place_by_id[id] for id in answer]
    return _tau(sum(one > other for one, other in combinations(places, 2)), of=len(places))


def _tau(inversions: int, *, of: int) -> Fraction:
    return max(NONE, 1 - Fraction(4 * inversions, of * (of - 1)))


def tries_at(question: Question, tries: int) -> int:
    """Give how often this question may be answered, of so many tries that its module allows.

    Where one choice is to be picked, never so often that a single one would be left.
    """
    match question:
        case TrueFalse():
            return 1
        case SingleChoice():
            return min(tries, len(question.choices) - 1)
        case _:
            return tries


def reduced(share: Fraction, *, tries: int, reduction: Fraction) -> Fraction:
    """Give what an answer earns at that try: each one before takes the reduction off, down to 0."""
    return max(NONE, share - (tries - 1) * reduction)


def random_guess_score(question: Question) -> Fraction | None:
    """Give what blind guessing earns on average; None for several choices, as nobody can say."""
    match question:
        case SingleChoice():
            weights = sum((choice.weight for choice in question.choices), start=NONE)
            return Fraction(weights, len(question.choices))
        case TrueFalse():
            return Fraction(1, 2)
        case Numeric() | ShortAnswer():
            return NONE
        case Matching():
            return Fraction(1, len(question.choice_ids))
        case Ordering():
            return _mean_tau(len(question.items))
        case _:
            return None


@cache  # of a few numbers
def _mean_tau(n: int) -> Fraction:
    """Average over all orders, by how many of them have so many inversions (Mahonian numbers)."""
    orders = [1]
    for more in range(2, n + 1):
        padded = [0] * (more - 1) + orders + [0] * (more - 1)
        orders = [sum(padded[at : at + more]) for at in range(len(padded) - more + 1)]
    earned = sum((count * _tau(i, of=n) for i, count in enumerate(orders)), start=NONE)
    return Fraction(earned, factorial(n))


def word_given(question: ShortAnswer, answer: Answer) -> Word | None:
    """Find the known answer, right or wrong, that was typed; None for any other."""
    if len(answer) != 1:
        return None
    typed = folded(answer[0])
    spelt = (word for word in question.known if typed in map(folded, word.variants))
    return next(spelt, None)


def rights_chosen(answer: Answer) -> dict[str, str]:
    """Read which right each left was given; a left that was given two different ones has none."""
    rights_by_left: dict[str, set[str]] = {}
    for said in answer:
        left, _, right = said.partition("=")
        rights_by_left.setdefault(left, set()).add(right)
    return {left: right for left, (right, *others) in rights_by_left.items() if not others}


def slip_made(question: Numeric, answer: Answer) -> Slip | None:
    """Find the known slip that explains a wrong number: the first within the tolerance."""
    typed = _typed(question, answer)
    if typed is None:
        return None
    near = (slip for slip in question.slips if abs(typed - slip.value) <= question.tolerance)
    return next(near, None)


def _typed(question: Numeric, answer: Answer) -> Fraction | None:
    if len(answer) != 1:
        return None
    return typed_number(answer[0], units=(question.unit.ja, question.unit.en))


@lru_cache(maxsize=2**12)
def typed_number(typed: str, *, units: tuple[str, ...]) -> Fraction | None:
    """Read the number that a person typed, in full-width or half-width digits; None if it is none.

    Commas between thousands, spaces and one of the units after it may be there.
    """
    plain = _plain(typed)
    for number in (plain, *(plain.removesuffix(_plain(unit)) for unit in units)):
        if TYPED.fullmatch(number) is not None:
            return Fraction(number.replace(",", ""))
    return None


def _plain(typed: str) -> str:
    return "".join(folded(typed).replace("\u2212", "-").split())
