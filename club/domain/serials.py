"""Registry serials: reading a range as people paste it, and comparing ranges."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from club.domain.errors import InputRefused, TermsRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Serials:
    """A range of registry serials: everything before the last number, first and last."""

    prefix: str
    first: int
    last: int
    width: int = 1
    """How many digits the registry writes at least: 4 where it writes 0001."""

    @property
    def units(self) -> int:
        return self.last - self.first + 1

    @property
    def first_text(self) -> str:
        return f"{self.prefix}{self.first:0{self.width}d}"

    @property
    def last_text(self) -> str:
        return f"{self.prefix}{self.last:0{self.width}d}"

    def overlaps(self, other: Serials) -> bool:
        """Whether a unit is in both; registries do not tell units apart by capitals."""
        return (
            self.prefix.casefold() == other.prefix.casefold()
            and self.first <= other.last
            and other.first <= self.last
        )

    def covers(self, other: Serials) -> bool:
        return (
            self.prefix.casefold() == other.prefix.casefold()
            and self.first <= other.first
            and other.last <= self.last
        )


def read_serials(text: str) -> Serials:
    """Read "PREFIX-1001 to PREFIX-1233", "PREFIX-1001-1233" or "PREFIX-1001 ~ 1233"."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"\s*(?:\bto\b|~|〜|から)\s*", " to ", plain, count=1)
    match = re.fullmatch(r"(.{0,200}?)(\d{1,18}) to (?:\1)?(\d{1,18})", plain)
    match = match or re.fullmatch(r"(.{0,199}?[^\d])(\d{1,18})-(\d{1,18})", plain)
    if match is None or not plain.isprintable() or int(match[2]) > int(match[3]):
        raise InputRefused("serials_unreadable", field="serials")
    padded = [len(digits) for digits in (match[2], match[3]) if re.match("0.", digits)]
    return Serials(
        prefix=match[1],
        first=int(match[2]),
        last=int(match[3]),
        width=max(padded, default=1),
    )


def require_apart(serials: Serials, others: Iterable[Serials]) -> None:
    """No unit is delivered twice, and none retired twice."""
    for other in others:
        if serials.overlaps(other):
            raise TermsRefused("serials_overlap", first=other.first_text, last=other.last_text)
