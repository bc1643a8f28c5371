"""What a question of each kind needs at least; every reader asks before it hands one on."""

import re

from curriculum.exchange.entries import (
    ChoiceEntry,
    Entry,
    MatchEntry,
    NumberEntry,
    OrderEntry,
    ShortEntry,
    texts_of,
)
from curriculum.exchange.reporting import Dropped

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML forbids, and no text needs."""


def require_whole(entry: Entry) -> Entry:
    """Give the question back. Raises Dropped where answers are too few, or a mark cannot be."""
    if any(CONTROL.search(text) for text in texts_of(entry)):
        raise Dropped("control_mark")
    match entry:
        case ChoiceEntry() | ShortEntry():
            weights = [answer.weight for answer in entry.answers]
            for weight in weights:
                if abs(weight) > 1:
                    raise Dropped("bad_weight", text=str(weight))
            _require(len(weights), 2 if isinstance(entry, ChoiceEntry) else 1)
        case NumberEntry():
            known = [each for each in entry.answers if each.value is not None or each.weight]
            _require(len(known), 1)
        case MatchEntry():
            _require(len(entry.pairs), 2)
        case OrderEntry():
            _require(len(entry.items), 2)
    return entry


def _require(count: int, least: int) -> None:
    if count < least:
        raise Dropped("too_few_answers", count=count, least=least)
