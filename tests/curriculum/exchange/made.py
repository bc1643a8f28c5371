"""Questions of every kind over nasty texts, made by hypothesis."""

from fractions import Fraction

from hypothesis import strategies as st

from curriculum.exchange.entries import (
    FORMATS,
    GRADING,
    ChoiceAnswer,
    ChoiceEntry,
    DescriptionEntry,
    EssayEntry,
    MatchEntry,
    MatchPair,
    NumberAnswer,
    NumberEntry,
    OrderEntry,
    Overall,
    ShortAnswer,
    ShortEntry,
    TrueFalseEntry,
    Unit,
    Words,
    tidy,
)
from curriculum.exchange.numbers import GRADES

PIECES = (
    "a", "0", "T", "追加性", "　", " ", "\n", "\t", "\\", "\\n", "//", "::", ":", "#", "####", "=",
    "~", "{", "}", "%50%", "%", "->", "-", ">", "..", "[html]", "[", "]", "<b>", "&amp;", "]]>",
    "$CATEGORY:", "&&058;", "\u2028", "😀",
)  # fmt: skip
raw = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
filled = raw.map(tidy).filter(bool)
words = st.builds(Words, raw, st.sampled_from(FORMATS))
filled_words = st.builds(Words, filled, st.sampled_from(FORMATS))
weights = st.sampled_from((*GRADES, Fraction(-1, 3), Fraction(-1), Fraction(3, 8), Fraction(2, 7)))
numbers = st.one_of(
    st.fractions(min_value=-9999, max_value=9999, max_denominator=12),
    st.decimals(min_value=-9999, max_value=9999, places=4).map(Fraction),
)
labels = st.sampled_from(("", "add-003", "a b", "[id:x]", "a]b", "a\\", "日本", "<x>"))
overalls = st.builds(Overall, right=words, partly=words, wrong=words)


def lists(each, least):
    return st.lists(each, min_size=least, max_size=4).map(tuple)


COMMON = {
    "id": labels,
    "name": raw,
    "category": st.sampled_from(("", "a/b", "$course$/top/x", "a\\b", "c: d")),
    "stem": words,
    "feedback": words,
    "points": st.sampled_from((Fraction(1), Fraction(1), Fraction(5, 2))),
    "penalty": st.sampled_from((Fraction(1, 3), Fraction(1), Fraction(1, 7), Fraction(1, 13))),
    "tags": lists(labels.filter(bool), 0),
    "hints": st.one_of(st.just(()), lists(filled_words, 0)),
}


def made(entry, **own):
    return st.builds(entry, **COMMON, **own)


ENTRIES = {
    "choice": made(
        ChoiceEntry,
        is_single=st.booleans(),
        answers=lists(
            st.builds(ChoiceAnswer, text=filled_words, weight=weights, feedback=words), 2
        ),
        shuffles=st.booleans(),
        overall=st.one_of(st.just(Overall()), overalls),
    ),
    "truefalse": made(TrueFalseEntry, is_true=st.booleans(), when_true=words, when_false=words),
    "short": made(
        ShortEntry,
        answers=lists(st.builds(ShortAnswer, text=filled, weight=weights, feedback=words), 1),
        minds_case=st.booleans(),
    ),
    "number": made(
        NumberEntry,
        answers=lists(
            st.one_of(
                st.builds(
                    NumberAnswer, value=numbers, tolerance=numbers.map(abs), weight=weights,
                    feedback=words,
                ),
                st.builds(
                    NumberAnswer, value=st.none(), tolerance=st.just(Fraction(0)), weight=weights,
                    feedback=words,
                ),
            ),
            1,
        ),
        units=lists(st.builds(Unit, name=st.sampled_from(("kg", "t")), multiplier=numbers), 0),
    ),
    "match": made(
        MatchEntry,
        pairs=lists(st.builds(MatchPair, left=words, right=filled), 2),
        shuffles=st.booleans(),
    ),
    "order": made(
        OrderEntry,
        items=lists(filled_words, 2),
        grading=st.sampled_from((GRADING, "ALL_OR_NOTHING", "OTHER")),
        overall=st.one_of(st.just(Overall()), overalls),
    ),
    "essay": made(EssayEntry),
    "description": made(DescriptionEntry),
}  # fmt: skip
