"""What an answer is worth: the raw answer in, a share of the mark between 0 and 1 out."""

import re
import unicodedata
from fractions import Fraction

from curriculum.questions import MultiChoice, Numeric, Question, SingleChoice, Slip, TrueFalse

# As it was given: ids of choices, ("true",) or ("false",), or what was typed; () left open.
Answer = tuple[str, ...]

NONE = Fraction(0)
WHOLE = Fraction(1)
TYPED = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})(?:\.[0-9]{1,12})?")


def mark(question: Question, answer: Answer) -> Fraction:
    """Give the share of the mark that the answer earns, from 0 to 1.

    Several choices: the sum of their weights, never below 0; a choice named twice counts once.
    Otherwise exactly one thing is said, or nothing is earned. What the question does not offer
    earns nothing. Raises TypeError for a kind of question it does not know.
    """
    match question:
        case MultiChoice():
            chosen = set(answer)
            total = sum((c.weight for c in question.choices if c.id in chosen), start=NONE)
            return min(max(total, NONE), WHOLE)
        case SingleChoice():
            weights = {choice.id: choice.weight for choice in question.choices}
            return weights.get(answer[0], NONE) if len(answer) == 1 else NONE
        case TrueFalse():
            return WHOLE if answer == (("true" if question.is_true else "false"),) else NONE
        case Numeric():
            return _mark_number(question, answer)
        case _:
            raise TypeError(f"no rule to mark a {type(question).__name__}")


def _mark_number(question: Numeric, answer: Answer) -> Fraction:
    typed = _typed(question, answer)
    is_near = typed is not None and abs(typed - question.value) <= question.tolerance
    return WHOLE if is_near else NONE


def random_guess_score(question: Question) -> Fraction | None:
    """Give what blind guessing earns on average; None for several choices, as nobody can say."""
    match question:
        case SingleChoice():
            weights = sum((choice.weight for choice in question.choices), start=NONE)
            return Fraction(weights, len(question.choices))
        case TrueFalse():
            return Fraction(1, 2)
        case Numeric():
            return NONE
        case _:
            return None


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
    folded = unicodedata.normalize("NFKC", typed).casefold().replace("\u2212", "-")
    return "".join(folded.split())
