"""Content files read strictly: every value knows its line, and none changes type by accident."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

import yaml
from yaml.composer import ComposerError

from curriculum.errors import BadContent

DEEPEST = 12  # no content nests deeper; a hostile file might
STRING = "tag:yaml.org,2002:str"
LOOKS_LIKE = {
    "tag:yaml.org,2002:bool": "true or false",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:null": "nothing at all",
}
WHOLE = re.compile(r"-?[0-9]{1,15}")
RATIO = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12}|/0*[1-9][0-9]{0,11})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _Loader(yaml.SafeLoader):
    """Nodes only, without aliases: nothing is constructed, so nothing is converted."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call] # the stubs lack it
        if self.check_event(yaml.AliasEvent):
            raise ComposerError(None, None, "write the value out instead of an alias", mark)
        if self.depth == DEEPEST:
            raise ComposerError(None, None, f"nested deeper than {DEEPEST} levels", mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One value of a content file, not yet believed to be anything."""

    path: Path
    node: yaml.Node
    lines_above: int

    @property
    def line(self) -> int:
        return self.lines_above + self.node.start_mark.line + 1

    def refuse(self, code: str, sentence: str) -> NoReturn:
        raise BadContent(self.path, self.line, code, sentence)

    def text(self) -> str:
        """Read words, which must not be blank nor a bare `no`, `1.10` or `2026-09-01`."""
        written = self.written("a text")
        if not written.strip():
            self.refuse("blank", "This text is blank.")
        if self.node.tag != STRING:
            meaning = LOOKS_LIKE.get(self.node.tag, "something else")
            self.refuse("not_a_text", f"Put quotes around {written!r}: YAML reads it as {meaning}.")
        if any("\ud800" <= mark <= "\udfff" for mark in written):
            self.refuse("not_a_text", "This text holds half a character.")
        return written.strip()

    def id(self) -> str:
        return self._matching(ID, "bad_id", "lower-case letters, digits and single hyphens")

    def whole(self, *, least: int) -> int:
        number = int(self._matching(WHOLE, "not_whole", "a whole number"))
        if number < least:
            self.refuse("too_small", f"{number} is below {least}, the least allowed here.")
        return number

    def ratio(self) -> Fraction:
        """Read an exact number: `1`, `"0.5"` and `"1/3"` are all kept as they are written."""
        return Fraction(self._matching(RATIO, "not_a_ratio", 'a number such as 1, "0.5" or "1/3"'))

    def day(self) -> date:
        written = self._matching(DAY, "not_a_date", "a date such as 2026-09-01")
        try:
            return date.fromisoformat(written)
        except ValueError:
            self.refuse("not_a_date", f"{written} is not in the calendar.")

    def review_day(self, on: date | None) -> date:
        """Read the day by which the words must be read again, which `on` may not have passed."""
        review_by = self.day()
        if on is not None and on > review_by:
            self.refuse("stale", f"The review was due by {review_by}; read it again and date it.")
        return review_by

    def flag(self) -> bool:
        return self._matching(re.compile("true|false"), "not_a_flag", "true or false") == "true"

    def one_of(self, allowed: Collection[str]) -> str:
        written = self.text()
        if written not in allowed:
            listed = ", ".join(sorted(allowed))
            self.refuse("not_allowed", f"{written!r} is not one of: {listed}.")
        return written

    def items(self) -> tuple["Item", ...]:
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse("not_a_list", "Here a list is expected.")
        return tuple(self._inside(node) for node in self.node.value)

    def block(self, *keys: str, optional: Collection[str] = ()) -> dict[str, "Item"]:
        """Find the values by key: all of `keys`, any of `optional`, no other and none twice."""
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse("not_a_block", f"Here the keys {', '.join(keys)} are expected.")
        found: dict[str, Item] = {}
        for key_node, node in self.node.value:
            key = self._inside(key_node)
            name = key.written("a key")
            if name not in {*keys, *optional}:
                known = ", ".join([*keys, *optional])
                key.refuse("unknown_key", f"{name!r} is not a known key here; known: {known}.")
            if name in found:
                key.refuse("duplicate_key", f"{name!r} is written twice.")
            found[name] = self._inside(node)
        for name in keys:
            if name not in found:
                self.refuse("missing_key", f"The key {name!r} is missing.")
        return found

    def _inside(self, node: yaml.Node) -> "Item":
        return Item(path=self.path, node=node, lines_above=self.lines_above)

    def written(self, expected: str) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            self.refuse("not_a_text", f"Here {expected} is expected, not a list or a block.")
        return str(self.node.value)

    def _matching(self, pattern: re.Pattern[str], code: str, expected: str) -> str:
        written = self.written(expected)
        if pattern.fullmatch(written) is None:
            self.refuse(code, f"{written!r} should be {expected}.")
        return written


def refuse_repeats(written: Iterable[tuple[Item, str]], code: str, sentence: str) -> None:
    """Refuse the second of two alike; the blank of the sentence is filled with what they are."""
    seen: set[str] = set()
    for item, name in written:
        if name in seen:
            item.refuse(code, sentence.format(repr(name)))
        seen.add(name)


def read_file(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise BadContent(path, 1, "not_utf8", "This file is not UTF-8 text.") from None
    except OSError:
        raise BadContent(path, 1, "no_file", "This file is missing or cannot be read.") from None


def parse(path: Path, text: str, *, lines_above: int = 0) -> Item:
    """Read YAML that begins after `lines_above` lines of the file at `path`."""
    loader: _Loader | None = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        line = lines_above + 1 + (mark.line if mark is not None else 0)
        problem = getattr(error, "problem", None) or "a mark that may not stand here"
        raise BadContent(path, line, "not_yaml", f"This is not YAML: {problem}.") from None
    finally:
        if loader is not None:
            loader.dispose()
    if node is None:
        raise BadContent(path, lines_above + 1, "empty", "Nothing is written here.")
    return Item(path=path, node=node, lines_above=lines_above)
