"""Questions answered by matching or ordering, read strictly: a reader can tell all texts apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from curriculum.blocks import Item, refuse_repeats
from curriculum.questions import Decoy, Matching, Ordering, Pair, Step
from curriculum.texts import LANGUAGES, Text, read_text

LEAST_STEPS = 3
"""Of two, the order would be a matter of true or false."""


def read_matching(found: Mapping[str, Item], common: Mapping[str, Any]) -> Matching:
    pairs = {entry: _read_pair(entry) for entry in found["pairs"].items()}
    decoys = {entry: _read_decoy(entry) for entry in found["decoys"].items()}
    question = Matching(**common, pairs=tuple(pairs.values()), decoys=tuple(decoys.values()))
    _refuse_repeated_ids([(entry, each.id) for entry, each in (pairs | decoys).items()])
    if len(pairs) < 2 or len(question.choice_ids) < 2:  # noqa: PLR2004 - one is no choice
        found["pairs"].refuse("too_few_pairs", "There are at least two pairs and two rights.")
    _refuse_alike([(entry, pair.left) for entry, pair in pairs.items()])
    rights: dict[Text, Item] = {}
    for entry, pair in pairs.items():
        rights.setdefault(pair.right, entry)
    spare = [(entry, decoy.right) for entry, decoy in decoys.items()]
    _refuse_alike([*((entry, right) for right, entry in rights.items()), *spare])
    return question


def _read_pair(item: Item) -> Pair:
    found = item.block("id", "left", "right", "why")
    return Pair(
        id=found["id"].id(),
        left=read_text(found["left"]),
        right=read_text(found["right"]),
        why=read_text(found["why"]),
    )


def _read_decoy(item: Item) -> Decoy:
    found = item.block("id", "right", "why")
    return Decoy(id=found["id"].id(), right=read_text(found["right"]), why=read_text(found["why"]))


def read_ordering(found: Mapping[str, Item], common: Mapping[str, Any]) -> Ordering:
    entries = found["items"].items()
    items = tuple(_read_step(entry) for entry in entries)
    _refuse_repeated_ids([(entry, item.id) for entry, item in zip(entries, items, strict=True)])
    if len(items) < LEAST_STEPS:
        found["items"].refuse("too_few_items", f"There are at least {LEAST_STEPS} to be ordered.")
    _refuse_alike([(entry, item.text) for entry, item in zip(entries, items, strict=True)])
    return Ordering(**common, items=items)


def _read_step(item: Item) -> Step:
    found = item.block("id", "text", "why")
    return Step(id=found["id"].id(), text=read_text(found["text"]), why=read_text(found["why"]))


def _refuse_repeated_ids(named: Sequence[tuple[Item, str]]) -> None:
    refuse_repeats(named, "duplicate_id", "The id {} is written twice.")


def _refuse_alike(written: Sequence[tuple[Item, Text]]) -> None:
    """Refuse texts that differ in one language, or none, where a reader must tell them apart."""
    for language in LANGUAGES:
        refuse_repeats(
            ((entry, text.in_language(language)) for entry, text in written),
            "alike",
            f"{{}} stands here twice in {language}, and nobody could tell which is meant.",
        )
