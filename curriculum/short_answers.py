"""Questions answered by a typed word, read strictly: no way to write it may mean two things."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from curriculum.blocks import Item, refuse_repeats
from curriculum.questions import LONGEST_WORDS, ShortAnswer, Word
from curriculum.texts import LANGUAGES, folded, read_text


def read_short_answer(found: Mapping[str, Item], common: Mapping[str, Any]) -> ShortAnswer:
    right = found["answers"].items()
    wrong = found["slips"].items()
    answers = tuple(_read_word(entry, is_right=True) for entry in right)
    slips = tuple(_read_word(entry, is_right=False) for entry in wrong)
    _check_weights(found["answers"], [answer.weight for answer in answers])
    words = list(zip((*right, *wrong), answers + slips, strict=True))
    refuse_repeats(
        ((entry, word.id) for entry, word in words),
        "duplicate_id",
        "The answer {} is written twice.",
    )
    refuse_repeats(
        ((entry, variant) for entry, word in words for variant in sorted(_folded_variants(word))),
        "ambiguous",
        "{} is a way to write two of the answers.",
    )
    return ShortAnswer(**common, answers=answers, slips=slips)


def _read_word(item: Item, *, is_right: bool) -> Word:
    found = item.block("id", *(["weight"] if is_right else []), "variants", "why")
    variants = found["variants"].block(*LANGUAGES)
    return Word(
        id=found["id"].id(),
        ja=_read_variants(variants["ja"]),
        en=_read_variants(variants["en"]),
        weight=found["weight"].ratio() if is_right else Fraction(0),
        why=read_text(found["why"]),
    )


def _read_variants(item: Item) -> tuple[str, ...]:
    """Read the ways to write an answer in one language: one or more, no two read alike."""
    entries = item.items()
    variants = tuple(entry.text() for entry in entries)
    if not variants:
        item.refuse("no_variant", "An answer is written in at least one way in each language.")
    for entry, variant in zip(entries, variants, strict=True):
        if len(variant) > LONGEST_WORDS:
            entry.refuse("too_long", f"An answer has at most {LONGEST_WORDS} characters.")
    refuse_repeats(
        ((entry, folded(variant)) for entry, variant in zip(entries, variants, strict=True)),
        "duplicate_variant",
        "{} is written twice; case, width and spaces make no difference.",
    )
    return variants


def _folded_variants(word: Word) -> set[str]:
    """A word that is the same in both languages counts once."""
    return {folded(variant) for variant in word.variants}


def _check_weights(item: Item, weights: Sequence[Fraction]) -> None:
    is_falling = all(one >= next_ for one, next_ in pairwise(weights))
    if not weights or weights[0] != 1 or weights[-1] <= 0 or not is_falling:
        item.refuse(
            "bad_weights",
            "The best answer stands first, with weight 1; the others weigh less, but more than 0.",
        )
