"""What people chose: every choice of a question with how many took it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from curriculum.marking import TRUE_FALSE, Answer, mark, rights_chosen, slip_made, word_given
from curriculum.questions import (
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    Question,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from curriculum.texts import Text

OTHER = "other"
RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A choice, how many answers took it, and what it is worth: 0 or less is wrong.

    True, false and other answers have no words of their own; a number has its `value`, a pair its
    `left`, a step in its right place the `place`, counted from 1.
    """

    id: str
    text: Text | None = None
    value: Fraction | None = None
    left: Text | None = None
    place: int | None = None
    n: int
    worth: Fraction

    @property
    def is_wrong(self) -> bool:
        return self.worth <= 0


def choices_made(question: Question, counted: Mapping[Answer, int]) -> tuple[Chosen, ...]:
    """Count the choices in the order written; of several choices each is counted by itself, and
    each that belongs to the answer is right.

    What is typed: the right answers, the known slips, then all others together. Pairs: each left
    with its right and with every other that it was given, the commonest first. Steps: how many put
    each where it belongs. Raises TypeError for a kind of question it does not know.
    """
    match question:
        case SingleChoice() | MultiChoice():
            taken = _taken(counted)
            is_whole = isinstance(question, SingleChoice)
            return tuple(
                Chosen(
                    id=c.id,
                    text=c.text,
                    n=taken[c.id],
                    worth=c.weight if is_whole else Fraction(c.weight > 0),
                )
                for c in question.choices
            )
        case TrueFalse():
            taken = _taken(counted)
            return tuple(
                Chosen(id=id, n=taken[id], worth=mark(question, (id,))) for id in TRUE_FALSE
            )
        case Numeric():
            return _numbers(question, counted)
        case ShortAnswer():
            return _words(question, counted)
        case Matching():
            return _pairs(question, counted)
        case Ordering():
            return _steps(question, counted)
        case _:
            raise TypeError(f"no rule to count the choices of a {type(question).__name__}")


def _taken(counted: Mapping[Answer, int]) -> Counter[str]:
    taken: Counter[str] = Counter()
    for answer, n in counted.items():
        for id in set(answer):
            taken[id] += n
    return taken


def _numbers(question: Numeric, counted: Mapping[Answer, int]) -> tuple[Chosen, ...]:
    by_value: Counter[Fraction | None] = Counter()
    for answer, n in counted.items():
        by_value[_value_meant(question, answer)] += n
    none = Fraction(0)
    return (
        Chosen(id=RIGHT, value=question.value, n=by_value[question.value], worth=Fraction(1)),
        *(
            Chosen(id=f"slip {place}", value=slip.value, n=by_value[slip.value], worth=none)
            for place, slip in enumerate(question.slips, 1)
        ),
        Chosen(id=OTHER, n=by_value[None], worth=none),
    )


def _value_meant(question: Numeric, answer: Answer) -> Fraction | None:
    if mark(question, answer) == 1:
        return question.value
    slip = slip_made(question, answer)
    return slip.value if slip else None


def _words(question: ShortAnswer, counted: Mapping[Answer, int]) -> tuple[Chosen, ...]:
    typed: Counter[str | None] = Counter()
    for answer, n in counted.items():
        word = word_given(question, answer)
        typed[word.id if word else None] += n
    known = (
        Chosen(id=w.id, text=Text(ja=w.ja[0], en=w.en[0]), n=typed[w.id], worth=w.weight)
        for w in question.known
    )
    return (*known, Chosen(id=OTHER, n=typed[None], worth=Fraction(0)))


def _pairs(question: Matching, counted: Mapping[Answer, int]) -> tuple[Chosen, ...]:
    rights = question.right_by_id
    taken: Counter[tuple[str, Text]] = Counter()
    for answer, n in counted.items():
        for left, right in rights_chosen(answer).items():
            if right in rights:
                taken[left, rights[right]] += n
    found: list[Chosen] = []
    for pair in question.pairs:
        others = [(-n, right) for (left, right), n in taken.items() if left == pair.id]
        wrong = [right for _, right in sorted(others, key=_by_words) if right != pair.right]
        found += [
            Chosen(
                id=f"{pair.id} {place}",
                left=pair.left,
                text=right,
                n=taken[pair.id, right],
                worth=Fraction(right == pair.right),
            )
            for place, right in enumerate((pair.right, *wrong))
        ]
    return tuple(found)


def _by_words(counted: tuple[int, Text]) -> tuple[int, str, str]:
    n, text = counted
    return n, text.en, text.ja


def _steps(question: Ordering, counted: Mapping[Answer, int]) -> tuple[Chosen, ...]:
    """Count who put a step in its place; there is no wrong choice to be counted."""
    in_place: Counter[str] = Counter()
    for answer, n in counted.items():
        for item, id in zip(question.items, answer, strict=False):
            in_place[item.id] += n if item.id == id else 0
    return tuple(
        Chosen(id=item.id, text=item.text, place=place, n=in_place[item.id], worth=Fraction(1))
        for place, item in enumerate(question.items, 1)
    )


def commonest_mistake(chosen: tuple[Chosen, ...]) -> Chosen | None:
    """Find the wrong choice that most took, of equals the one written first; None if nobody."""
    wrong = [choice for choice in chosen if choice.is_wrong and choice.n]
    return max(wrong, key=lambda choice: choice.n, default=None)
