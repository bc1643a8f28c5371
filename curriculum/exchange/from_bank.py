"""Our questions as question files hold them: one language, and the rest of what we keep as tags."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from curriculum.exchange.entries import (
    GRADING,
    ChoiceAnswer,
    ChoiceEntry,
    Entry,
    MatchEntry,
    MatchPair,
    NumberAnswer,
    NumberEntry,
    OrderEntry,
    ShortAnswer,
    ShortEntry,
    TrueFalseEntry,
    Unit,
    Words,
)
from curriculum.exchange.reporting import Passage
from curriculum.questions import (
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    Question,
    SingleChoice,
    TrueFalse,
    Word,
)
from curriculum.questions import ShortAnswer as Short
from curriculum.texts import Source, Text

MARKDOWN = "markdown"
SOURCE = Text(ja="出典：", en="Source: ")
NOTHING, WHOLE = Fraction(0), Fraction(1)


def passages_of(questions: Sequence[Question], language: str) -> list[Passage]:
    """Take each question's words in one language; the other is reported as left behind."""
    passages = []
    for number, question in enumerate(questions, start=1):
        passage = Passage(number=number, name=question.id, kind="")
        passage.entry = _entry(question, language, passage)
        passage.kind = passage.entry.kind
        passages.append(passage)
    return passages


def _entry(question: Question, language: str, passage: Passage) -> Entry:
    passage.note("other_language", language=language)
    explanation = question.explanation.in_language(language)
    common = {
        "id": question.id,
        "name": question.id,
        "stem": Words(question.stem.in_language(language), MARKDOWN),
        "feedback": Words(f"{explanation}\n\n{_sources(question, language)}", MARKDOWN),
        "points": Fraction(question.points),
        "tags": tags_of(question, language),
    }
    return OWN[type(question)](question, common, language, passage)


def tags_of(question: Question, language: str) -> tuple[str, ...]:
    """Say as tags what no question file has a place for."""
    reviewer = [f"reviewer:{question.reviewer}"] if question.reviewer else []
    return (
        f"lang:{language}",
        f"v:{question.version}",
        f"status:{question.status}",
        f"topic:{question.topic}",
        f"lesson:{question.lesson_id}",
        *(f"outcome:{outcome}" for outcome in question.outcomes),
        f"reviewed:{question.reviewed_on}",
        f"review:{question.review_by}",
        *reviewer,
        *(["confidence"] if question.asks_confidence else []),
    )


def _sources(question: Question, language: str) -> str:
    return "\n".join(_source(source, language) for source in question.sources)


def _source(source: Source, language: str) -> str:
    title = source.document.title.in_language(language)
    return f"{SOURCE.in_language(language)}{title} ({source.clause})"


def _words(text: Text, language: str) -> Words:
    return Words(text.in_language(language), MARKDOWN)


def _choices(
    question: SingleChoice | MultiChoice, common: dict[str, Any], language: str, _: Passage
) -> Entry:
    return ChoiceEntry(
        **common,
        is_single=isinstance(question, SingleChoice),
        answers=tuple(
            ChoiceAnswer(
                text=_words(choice.text, language),
                weight=choice.weight,
                feedback=_words(choice.why, language),
            )
            for choice in question.choices
        ),
    )


def _true_false(question: TrueFalse, common: dict[str, Any], language: str, _: Passage) -> Entry:
    return TrueFalseEntry(
        **common,
        is_true=question.is_true,
        when_true=_words(question.why_true, language),
        when_false=_words(question.why_false, language),
    )


def _number(question: Numeric, common: dict[str, Any], language: str, _: Passage) -> Entry:
    """The right number, then each slip; both give or take the tolerance, as we take them."""
    right = NumberAnswer(value=question.value, tolerance=question.tolerance, weight=WHOLE)
    slips = (
        NumberAnswer(
            value=slip.value,
            tolerance=question.tolerance,
            weight=NOTHING,
            feedback=_words(slip.why, language),
        )
        for slip in question.slips
    )
    unit = Unit(name=question.unit.in_language(language), multiplier=WHOLE)
    return NumberEntry(**common, answers=(right, *slips), units=(unit,))


def _short(question: Short, common: dict[str, Any], language: str, _: Passage) -> Entry:
    """A word counts in either language here, so it does there."""
    answers = [answer for word in question.known for answer in _word(word, language)]
    return ShortEntry(**common, answers=tuple(answers))


def _word(word: Word, language: str) -> list[ShortAnswer]:
    why = _words(word.why, language)
    return [
        ShortAnswer(text=variant.replace("*", "\\*"), weight=word.weight, feedback=why)
        for variant in dict.fromkeys(word.variants)
    ]


def _match(question: Matching, common: dict[str, Any], language: str, passage: Passage) -> Entry:
    passage.note("whys_lost", count=len(question.pairs) + len(question.decoys))
    pairs = [
        MatchPair(left=_words(pair.left, language), right=pair.right.in_language(language))
        for pair in question.pairs
    ]
    decoys = [
        MatchPair(left=Words(), right=decoy.right.in_language(language))
        for decoy in question.decoys
    ]
    return MatchEntry(**common, pairs=(*pairs, *decoys))


def _order(question: Ordering, common: dict[str, Any], language: str, passage: Passage) -> Entry:
    passage.note("whys_lost", count=len(question.items))
    passage.note("order_marking", grading=GRADING)
    items = tuple(Words(item.text.in_language(language)) for item in question.items)
    return OrderEntry(**common, items=items)


OWN: dict[type[Question], Callable[[Any, dict[str, Any], str, Passage], Entry]] = {
    SingleChoice: _choices,
    MultiChoice: _choices,
    TrueFalse: _true_false,
    Numeric: _number,
    Short: _short,
    Matching: _match,
    Ordering: _order,
}
