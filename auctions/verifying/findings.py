"""What a check found: a thing that holds, or one that this record does not let anybody check."""

from collections.abc import Iterator
from dataclasses import dataclass

from auctions.recording.values import Record
from auctions.refuted import Refuted

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; what does not hold is no finding but a `Refuted`."""

    subject: str
    words: str
    is_checked: bool = True


Findings = Iterator[Finding]


def unchecked(subject: str, words: str) -> Finding:
    """Say what could not be checked, and why."""
    return Finding(subject, words, is_checked=False)


def same(told: object, expected: object, what: str, where: str) -> None:
    """Raise Refuted, with both values, unless the record tells what is expected."""
    if told != expected:
        raise Refuted(
            what, f"{where}: the record says {_short(told)}, it should be {_short(expected)}"
        )


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def is_full(record: Record) -> bool:
    return record.about.kind == "full"
