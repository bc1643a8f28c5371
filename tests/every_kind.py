"""A question of every kind, whose whys, right words and right numbers stand nowhere else."""

from datetime import date
from fractions import Fraction
from itertools import count

from curriculum.questions import (
    Choice,
    Decoy,
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    Pair,
    ShortAnswer,
    SingleChoice,
    Slip,
    Step,
    TrueFalse,
    Word,
)
from curriculum.texts import Text
from tests.club.operations.trying import with_module

numbers = count(1)


def said(what):
    """Words of their own in each language."""
    n = next(numbers)
    return Text(ja=f"{what}の文{n}番", en=f"{what} sentence no {n}")


def common(id):
    return {
        "id": id, "version": 1, "status": "ready", "topic": "tides", "lesson_id": "balance",
        "outcomes": ("balance",), "points": 1, "asks_confidence": True, "stem": said("stem"),
        "explanation": said("explanation"), "sources": (), "reviewed_on": date(2026, 11, 1),
        "review_by": date(2028, 3, 1), "reviewer": None,
    }  # fmt: skip


def choices(*weights):
    return tuple(
        Choice(id=f"c{n}", text=said("choice"), weight=Fraction(weight), why=said("why"))
        for n, weight in enumerate(weights)
    )


SINGLE = SingleChoice(**common("k-single"), choices=choices(0, 1, "1/2", 0))
MULTI = MultiChoice(**common("k-multi"), choices=choices("1/2", -1, "1/2", 0))
TRUE_FALSE = TrueFalse(
    **common("k-truefalse"), is_true=False, why_true=said("why"), why_false=said("why")
)
NUMERIC = Numeric(
    **common("k-numeric"),
    value=Fraction(73_101),
    tolerance=Fraction(1),
    unit=Text(ja="キロ", en="kilograms"),
    slips=(Slip(value=Fraction(64_202), why=said("why")),),
)
SHORT = ShortAnswer(
    **common("k-short"),
    answers=(
        Word(id="ebb", ja=("引き潮",), en=("ebb tide",), weight=Fraction(1), why=said("why")),
        Word(id="out", ja=("沖へ",), en=("going out",), weight=Fraction(1, 2), why=said("why")),
    ),
    slips=(Word(id="in", ja=("満ち潮",), en=("flood",), weight=Fraction(0), why=said("why")),),
)
SPRING = said("right")
MATCH = Matching(
    **common("k-match"),
    pairs=(
        Pair(id="new", left=said("left"), right=SPRING, why=said("why")),
        Pair(id="full", left=said("left"), right=SPRING, why=said("why")),
        Pair(id="half", left=said("left"), right=said("right"), why=said("why")),
    ),
    decoys=(Decoy(id="red", right=said("right"), why=said("why")),),
)
ORDER = Ordering(
    **common("k-order"),
    items=tuple(Step(id=id, text=said("step"), why=said("why")) for id in ("s1", "s2", "s3", "s4")),
)
EVERY_KIND = (SINGLE, MULTI, TRUE_FALSE, NUMERIC, SHORT, MATCH, ORDER)


def secrets(question):
    """What nobody may read before the answer is given, in either language, as it is written."""
    told = [question.explanation, *whys(question), *(s.why for s in getattr(question, "slips", ()))]
    told += [getattr(question, name, question.explanation) for name in ("why_true", "why_false")]
    written = [text.in_language(language) for text in told for language in ("ja", "en")]
    written += [variant for word in getattr(question, "known", ()) for variant in word.variants]
    return [*written, str(getattr(question, "value", question.explanation.en))]


def whys(question):
    """Why each choice, word, pair or step is right or wrong."""
    parts = ("choices", "answers", "pairs", "decoys", "items")
    return [each.why for name in parts for each in getattr(question, name, ())]


def asking(context, *questions, **changes):
    """A club whose first module asks these questions, all of them."""
    return with_module(context, questions=questions, quiz_size=len(questions), **changes)
