"""The form between the formats as JSON: everything it holds, for a program to read."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from curriculum.exchange.entries import KINDS, Entry
from curriculum.exchange.reporting import Passage, write_each
from curriculum.exchange.wholeness import require_whole

FORMAT = "questions"
VERSION = 1
BY_KIND = {entry.kind: entry for entry in KINDS}


class Unreadable(ValueError):
    """The JSON is not in our form; `place` says where."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(f"{place}: {sentence}")


def write_json(passages: list[Passage]) -> str:
    entries = write_each(passages, lambda entry, _: _object(require_whole(entry)))
    whole = {"format": FORMAT, "version": VERSION, "questions": entries}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _object(part: object) -> Any:
    """Exact numbers become text; what is as usual is written all the same."""
    if isinstance(part, Fraction):
        return str(part)
    if isinstance(part, tuple):
        return [_object(each) for each in part]
    if is_dataclass(part) and not isinstance(part, type):
        own = {field.name: _object(getattr(part, field.name)) for field in fields(part)}
        return {"kind": part.kind, **own} if isinstance(part, Entry) else own
    return part


def read_json(text: str) -> list[Passage]:
    """Read what `write_json` wrote. Raises Unreadable at the first thing that is not so."""
    try:
        whole = json.loads(text, object_pairs_hook=_once)
    except Unreadable:
        raise
    except (ValueError, RecursionError):
        raise Unreadable("file", "this is not JSON") from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise Unreadable("file", f'"format": "{FORMAT}" is missing')
    if whole.get("version") != VERSION or not isinstance(whole.get("questions"), list):
        raise Unreadable("file", f'"version": {VERSION} and a list of "questions" are missing')
    found = enumerate(whole["questions"], start=1)
    return [_passage(number, each) for number, each in found]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Take each key once: of two, one would be lost in silence."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable("file", f"{name} is written twice in one object")
        found[name] = value
    return found


def _passage(number: int, written: Any) -> Passage:
    place = f"questions[{number}]"
    if not isinstance(written, dict) or written.get("kind") not in BY_KIND:
        raise Unreadable(place, "a known kind is missing")
    own = {name: part for name, part in written.items() if name != "kind"}
    entry: Entry = _read(BY_KIND[written["kind"]], own, place)
    passage = Passage(number=number, name=entry.name or entry.id, kind=entry.kind)
    passage.entry = passage.attempt(lambda: require_whole(entry))
    return passage


def _read(type_: Any, written: Any, place: str) -> Any:
    """Read a value of the type, by its annotations; nothing becomes another type by accident."""
    if is_dataclass(type_):
        return _read_dataclass(type_, written, place)
    if get_origin(type_) is tuple:
        if not isinstance(written, list):
            raise Unreadable(place, "a list is expected")
        inside = get_args(type_)[0]
        return tuple(_read(inside, each, f"{place}[{i}]") for i, each in enumerate(written))
    if get_origin(type_) is UnionType:
        inside = next(each for each in get_args(type_) if each is not NoneType)
        return None if written is None else _read(inside, written, place)
    if type_ is Fraction:
        return _read_fraction(written, place)
    if type(written) is not type_:
        raise Unreadable(place, f"{type_.__name__} is expected")
    return written


def _read_dataclass(type_: Any, written: Any, place: str) -> Any:
    if not isinstance(written, Mapping):
        raise Unreadable(place, "an object is expected")
    hints = get_type_hints(type_)
    known = {field.name: field for field in fields(type_)}
    unknown = sorted(written.keys() - known.keys())
    missing = [
        name for name, field in known.items() if field.default is MISSING and name not in written
    ]
    if unknown or missing:
        raise Unreadable(place, f"{'unknown' if unknown else 'missing'}: {(unknown or missing)[0]}")
    return type_(
        **{name: _read(hints[name], part, f"{place}.{name}") for name, part in written.items()}
    )


def _read_fraction(written: Any, place: str) -> Fraction:
    try:
        if isinstance(written, str) and len(written) <= 40:  # noqa: PLR2004 - any weight is shorter
            return Fraction(written)
    except (ValueError, ZeroDivisionError):
        pass
    raise Unreadable(place, 'an exact number such as "1", "0.5" or "1/3" is expected')
