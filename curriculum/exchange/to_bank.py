"""Questions of a file as questions of our bank, each kind with what the bank asks of it."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from string import ascii_lowercase
from typing import Any

from curriculum.blocks import RATIO
from curriculum.exchange.drafting import MISSING, Draft, facts_of
from curriculum.exchange.entries import (
    ChoiceEntry,
    Entry,
    MatchEntry,
    NumberAnswer,
    NumberEntry,
    OrderEntry,
    ShortAnswer,
    ShortEntry,
    TrueFalseEntry,
    Words,
)
from curriculum.exchange.numbers import decimal, percent
from curriculum.exchange.reporting import Dropped, Passage, short, write_each
from curriculum.questions import (
    LONGEST_WORDS,
    Choice,
    Decoy,
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    Pair,
    Question,
    SingleChoice,
    Slip,
    Step,
    TrueFalse,
    Word,
)
from curriculum.questions import ShortAnswer as Short
from curriculum.texts import Text, folded

LEAST_STEPS = 3


def drafts_of(passages: Sequence[Passage], language: str) -> list[Question]:
    """Turn each question into a draft in the language, unless a tag of ours names another."""
    taken: set[str] = set()

    def draft(entry: Entry, passage: Passage) -> Question:
        return _draft(entry, Draft(passage=passage, language=language), taken)

    return write_each(passages, draft)


def _draft(entry: Entry, draft: Draft, taken: set[str]) -> Question:
    if type(entry) not in OWN:
        raise Dropped("kind_unheld", kind=entry.kind)
    kind, read = OWN[type(entry)]
    facts = facts_of(entry, draft, taken)
    own = read(entry, draft)
    if draft.reasons_missing:
        draft.passage.note("no_reasons", count=draft.reasons_missing)
    if draft.tag.get("v") and "is_true" not in own:
        draft.passage.note("new_answer_ids")
    return (kind or own.pop("kind"))(**facts, **own)


def _ids(count: int) -> list[str]:
    return [ascii_lowercase[n] if n < len(ascii_lowercase) else f"c{n + 1}" for n in range(count)]


def _choices(entry: ChoiceEntry, draft: Draft) -> dict[str, Any]:
    weights = [answer.weight for answer in entry.answers]
    weights = _single(weights, draft) if entry.is_single else _several(weights, draft)
    choices = tuple(
        Choice(
            id=id,
            text=draft.filled(answer.text),
            weight=weight,
            why=draft.why(answer.feedback),
        )
        for id, answer, weight in zip(_ids(len(weights)), entry.answers, weights, strict=True)
    )
    return {"kind": SingleChoice if entry.is_single else MultiChoice, "choices": choices}


def _single(weights: list[Fraction], draft: Draft) -> list[Fraction]:
    if weights.count(Fraction(1)) != 1:
        raise Dropped("two_right", count=weights.count(Fraction(1)))
    if min(weights) < 0:
        draft.passage.note("weight_raised")
    return [max(weight, Fraction(0)) for weight in weights]


def _several(weights: list[Fraction], draft: Draft) -> list[Fraction]:
    """Scale the positive weights to the whole mark, if they are not that already."""
    total = sum((weight for weight in weights if weight > 0), start=Fraction(0))
    if not total:
        raise Dropped("no_right")
    if total != 1:
        draft.passage.note("weights_scaled", percent=percent(total))
    return [Fraction(weight, total) if weight > 0 else weight for weight in weights]


def _true_false(entry: TrueFalseEntry, draft: Draft) -> dict[str, Any]:
    return {
        "is_true": entry.is_true,
        "why_true": draft.why(entry.when_true),
        "why_false": draft.why(entry.when_false),
    }


def _number(entry: NumberEntry, draft: Draft) -> dict[str, Any]:
    """Take the first wholly right number; the wrong ones that say why become slips."""
    right = next((a for a in entry.answers if a.weight == 1 and a.value is not None), None)
    if right is None or right.value is None:
        raise Dropped("no_right")
    unit = next((unit for unit in entry.units if unit.multiplier == 1 and unit.name.strip()), None)
    if unit is None:
        draft.passage.note("no_unit")
    others = [other for other in entry.units if other is not unit]
    if others:
        draft.passage.note("units_lost", names=", ".join(other.name for other in others))
    slips = [_slip(answer, right, draft) for answer in entry.answers if answer is not right]
    return {
        "value": _ratio(right.value),
        "tolerance": _ratio(right.tolerance),
        "unit": draft.both(unit.name.strip()) if unit else MISSING,
        "slips": tuple(slip for slip in slips if slip is not None),
    }


def _slip(answer: NumberAnswer, right: NumberAnswer, draft: Draft) -> Slip | None:
    value, centre = answer.value, right.value
    why = draft.text(answer.feedback)
    is_slip = value is not None and centre is not None and answer.weight == 0 and why is not None
    if not is_slip or abs(value - centre) <= right.tolerance:  # type: ignore[operator] # asked above
        told = "*" if value is None else decimal(value)
        said = f": {answer.feedback.text}" if answer.feedback.text else ""
        draft.passage.note("answer_unheld", text=short(f"{told}{said}"))
        return None
    if answer.tolerance != right.tolerance:
        draft.passage.note("slip_tolerance", tolerance=decimal(right.tolerance))
    return Slip(value=_ratio(value), why=why)  # type: ignore[arg-type] # asked above


def _ratio(value: Fraction) -> Fraction:
    """Give a number back that the bank can write. Raises Dropped."""
    if RATIO.fullmatch(str(value)) is None:
        raise Dropped("bad_number", text=decimal(value))
    return value


def _short(entry: ShortEntry, draft: Draft) -> dict[str, Any]:
    """Set the best answers first; those that earn nothing become slips."""
    if entry.minds_case:
        draft.passage.note("case_lost")
    seen: set[str] = set()
    held = [answer for answer in entry.answers if _is_held(answer, seen, draft)]
    groups = _alike(sorted(held, key=lambda answer: -max(answer.weight, Fraction(0))))
    words = [_word(id, group, draft) for id, group in zip(_ids(len(groups)), groups, strict=True)]
    if not words or words[0].weight != 1:
        raise Dropped("no_right")
    return {
        "answers": tuple(word for word in words if word.weight > 0),
        "slips": tuple(word for word in words if not word.weight),
    }


def _is_held(answer: ShortAnswer, seen: set[str], draft: Draft) -> bool:
    text = _literal(answer.text)
    code = ""
    if "*" in answer.text.replace("\\*", ""):
        code = "pattern_unheld"
    elif len(text) > LONGEST_WORDS or not text:
        code = "too_long" if text else "blank_answer"
    elif folded(text) in seen:
        code = "same_answer"
    if code:
        said = f": {answer.feedback.text}" if answer.feedback.text else ""
        draft.passage.note(code, text=short(f"{answer.text}{said}"))
        return False
    seen.add(folded(text))
    return True


def _literal(text: str) -> str:
    return text.replace("\\*", "*").strip()


def _alike(answers: Sequence[ShortAnswer]) -> list[list[ShortAnswer]]:
    """Put answers of one weight and one reason together: they are ways to write the same."""
    groups: dict[tuple[Fraction, Words], list[ShortAnswer]] = {}
    for answer in answers:
        weight = max(answer.weight, Fraction(0))
        groups.setdefault((weight, answer.feedback), []).append(answer)
    return list(groups.values())


def _word(id: str, group: list[ShortAnswer], draft: Draft) -> Word:
    variants = tuple(_literal(answer.text) for answer in group)
    if group[0].weight < 0:
        draft.passage.note("weight_raised")
    return Word(
        id=id,
        ja=variants,
        en=variants,
        weight=max(group[0].weight, Fraction(0)),
        why=draft.why(group[0].feedback),
    )


def _match(entry: MatchEntry, draft: Draft) -> dict[str, Any]:
    """Pairs with something on the left; what stands alone on the right is a decoy."""
    right_by_left: dict[Text, Text] = {}
    for pair in entry.pairs:
        left = draft.text(pair.left)
        if left is not None and left in right_by_left:
            draft.passage.note("same_answer", text=short(pair.left.text))
        elif left is not None:
            right_by_left[left] = draft.filled(Words(pair.right))
    pairs = list(right_by_left.items())
    rights = set(right_by_left.values())
    alone = [each.right for each in entry.pairs if draft.text(each.left) is None]
    spare = {text: draft.filled(Words(text)) for text in alone}
    decoys = [right for right in spare.values() if right not in rights]
    for text, right in spare.items():
        if right in rights:
            draft.passage.note("same_answer", text=short(text))
    if len(pairs) < 2 or len(rights) + len(decoys) < 2:  # noqa: PLR2004 - as the bank asks
        raise Dropped("too_few_answers", count=min(len(pairs), len(rights)), least=2)
    ids = _ids(len(pairs) + len(decoys))
    blank = Words()
    return {
        "pairs": tuple(
            Pair(id=id, left=left, right=right, why=draft.why(blank))
            for id, (left, right) in zip(ids, pairs, strict=False)
        ),
        "decoys": tuple(
            Decoy(id=id, right=right, why=draft.why(blank))
            for id, right in zip(ids[len(pairs) :], decoys, strict=True)
        ),
    }


def _order(entry: OrderEntry, draft: Draft) -> dict[str, Any]:
    texts = [draft.filled(item) for item in entry.items]
    if len(set(texts)) < len(texts):
        raise Dropped("alike_items")
    if len(texts) < LEAST_STEPS:
        raise Dropped("too_few_answers", count=len(texts), least=LEAST_STEPS)
    items = tuple(
        Step(id=id, text=text, why=draft.why(Words()))
        for id, text in zip(_ids(len(texts)), texts, strict=True)
    )
    return {"items": items}


_Reader = Callable[[Any, Draft], dict[str, Any]]
OWN: dict[type[Entry], tuple[type[Question] | None, _Reader]] = {
    ChoiceEntry: (None, _choices),
    TrueFalseEntry: (TrueFalse, _true_false),
    NumberEntry: (Numeric, _number),
    ShortEntry: (Short, _short),
    MatchEntry: (Matching, _match),
    OrderEntry: (Ordering, _order),
}
