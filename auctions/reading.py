"""Strict reading of JSON: whole numbers, known keys, nothing twice, and where it is wrong."""

import json
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, NoReturn

MOST_DIGITS = 40
MOST_ROWS = 2_000_000
_RATIO = re.compile(rf"([0-9]{{1,{MOST_DIGITS}}})/([0-9]{{1,{MOST_DIGITS}}})")


class Malformed(ValueError):
    """The input cannot be meant: a code for programs, a sentence for people, and the place."""

    def __init__(self, code: str, message: str, where: str) -> None:
        super().__init__(code, message, where)
        self.code = code
        self.message = message
        self.where = where


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object and its place in the document; what is null counts as absent."""

    cells: dict[str, object]
    where: str

    def __contains__(self, key: str) -> bool:
        return key in self.cells

    def whole(self, key: str, *, least: int = 0, most: int) -> int:
        value = self.cells.get(key)
        if type(value) is int and least <= value <= most:
            return value
        return whole(self._cell(key), self.at(key), least=least, most=most)

    def text(self, key: str) -> str:
        value = self.cells.get(key)
        if type(value) is str and value and value.isascii():
            return value
        return text(self._cell(key), self.at(key))

    def flag(self, key: str) -> bool:
        """Read true or false; absent is false."""
        value = self.cells.get(key, False)
        if not isinstance(value, bool):
            raise Malformed("not_a_flag", "This must be true or false.", self.at(key))
        return value

    def seed(self) -> bytes:
        value = self._cell("seed")
        if not isinstance(value, str) or re.fullmatch(r"[0-9A-Fa-f]{64}", value) is None:
            raise Malformed("not_a_seed", "The seed must be 64 hexadecimal digits.", "seed")
        return bytes.fromhex(value)

    def rows(
        self,
        key: str,
        needed: Collection[str],
        spare: Collection[str],
        *,
        id: str = "id",
        most: int = MOST_ROWS,
    ) -> list["Fields"]:
        """Read a list of objects, each with an id that no other in the list has."""
        value, where = self._cell(key), self.at(key)
        if not isinstance(value, list):
            raise Malformed("not_a_list", "This must be a list.", where)
        if len(value) > most:
            raise Malformed("too_many_rows", f"There may be {most} rows at most.", where)
        found = [fields(row, f"{where}[{place}]", needed, spare) for place, row in enumerate(value)]
        seen: set[str] = set()
        for row in found:
            if (name := row.text(id)) in seen:
                raise Malformed("duplicate_id", "Another row has the same id.", row.at(id))
            seen.add(name)
        return found

    def margin(self, key: str, *, most: int) -> dict[str, int]:
        """Read an object that gives each id a whole number."""
        value = self._cell(key)
        if not isinstance(value, dict):
            raise Malformed("not_an_object", "This must be an object.", self.at(key))
        named = Fields(value, self.at(key))
        for id in value:
            text(id, named.where)
            named.whole(id, most=most)
        return value

    def at(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def _cell(self, key: str) -> object:
        if key not in self.cells:
            raise Malformed("missing_key", "This key is needed.", self.at(key))
        return self.cells[key]


def parse(data: bytes) -> object:
    """Read UTF-8 JSON as RFC 8259 has it; a key that comes twice is refused."""
    try:
        return _loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise Malformed("not_utf8", "The input is not UTF-8.", "input") from None
    except (json.JSONDecodeError, RecursionError):
        raise Malformed("not_json", "The input is not JSON.", "input") from None


def _loads(text: str) -> object:
    """Read any number, too: one that Python finds too long is out of every range, and its first
    digits are, too.
    """
    strict = partial(json.loads, text, object_pairs_hook=_object, parse_constant=_no_constant)
    try:
        return strict()
    except (json.JSONDecodeError, Malformed):
        raise
    except ValueError:
        return strict(parse_int=lambda digits: int(digits[:MOST_DIGITS]))


def fields(
    value: object, where: str, needed: Collection[str], spare: Collection[str] = ()
) -> Fields:
    """Take an object that has all the needed keys and beyond them only spare ones."""
    if not isinstance(value, dict):
        raise Malformed("not_an_object", "This must be an object.", where or "input")
    has_null = None in value.values()
    found = Fields({k: v for k, v in value.items() if v is not None} if has_null else value, where)
    for key in value:
        if key not in needed and key not in spare:
            raise Malformed("unknown_key", "This key means nothing here.", found.at(key))
    for key in needed:
        if key not in found:
            raise Malformed("missing_key", "This key is needed.", found.at(key))
    return found


def whole(value: object, where: str, *, least: int, most: int) -> int:
    """Take a whole number in a range; true and 1.0 are none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed("not_whole", "This must be a whole number, written without a point.", where)
    if not least <= value <= most:
        raise Malformed("out_of_range", f"This must be from {least} to {most}.", where)
    return value


def ratio(value: object, where: str) -> Fraction:
    """Take a ratio written "n/d", digits on both sides of the stroke, or a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(whole(value, where, least=0, most=10**MOST_DIGITS))
    found = _RATIO.fullmatch(value) if isinstance(value, str) else None
    if found is None or not int(found[2]):
        raise Malformed("not_a_ratio", 'This must be a ratio, written "n/d".', where)
    return Fraction(int(found[1]), int(found[2]))


def text(value: object, where: str) -> str:
    """Take a text that is not empty and can be written in UTF-8."""
    if not isinstance(value, str) or not value:
        raise Malformed("not_text", "This must be a text that is not empty.", where)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Malformed("not_text", "This text holds half a character.", where) from None
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(key for key, _ in pairs)
        twice = next(key for key in times if times[key] > 1)
        raise Malformed("duplicate_key", "This key comes twice in one object.", twice)
    return found


def _no_constant(name: str) -> NoReturn:
    raise Malformed("not_json", "JSON has no such number.", name)
