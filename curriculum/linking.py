"""Terms found in a lesson's Markdown: each is linked where it first stands in a step.

Of names that begin at the same place the longest wins. Nothing is linked inside a link, code, a
heading, the head of a table, an address or an icon. A name ends where its word does: in Japanese,
where the script changes, so that 相対 is found in 相対で and not in 相対的; in English, at the
end of the word or of its plural.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from curriculum.glossary import Term
from curriculum.lessons import Part, Prose, Step
from curriculum.texts import LANGUAGES

Names = Mapping[str, tuple[tuple[str, Term], ...]]
"""By first letter: each way to write a name, with its term, the longest first."""

_SKIPPED = re.compile(
    r"""
    `+[^`]*`+                                 # code
    | !?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?   # a link or a picture
    | <[^<>\s][^<>]*>                         # an address or a tag
    | https?://\S+
    | :[a-z_]+(?:/[a-z_0-9]+)?:               # an icon
    """,
    re.VERBOSE,
)
_SCRIPTS = tuple(
    re.compile(f"[{script}]")
    for script in ("一-鿿々〆", "ァ-ヺーｦ-ﾟ", "A-Za-zＡ-Ｚａ-ｚ", "0-9０-９")
)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_RULE = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\s*")
_HISSES = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedStep:
    """A step with its links, and the terms linked, in the order in which they stand."""

    step: Step
    terms: tuple[Term, ...]


Link = Callable[[Step], LinkedStep]
STEPS_KEPT = 512
"""A process keeps so many linked steps of a language: more than all lessons have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """All terms by id, and how a step is linked in each language: the same step only once."""

    terms: Mapping[str, Term]
    links: Mapping[str, Link]


def glossary_of(terms: Iterable[Term]) -> Glossary:
    by_id = {term.id: term for term in terms}
    names = {language: names_of(by_id.values(), language) for language in LANGUAGES}
    links = {
        language: lru_cache(maxsize=STEPS_KEPT)(partial(link_step, names=names[language]))
        for language in LANGUAGES
    }
    return Glossary(terms=by_id, links=links)


def anchor(term: Term) -> str:
    """What a term is called within a page and in an address."""
    return f"term-{term.id}"


def names_of(terms: Iterable[Term], language: str) -> Names:
    """Every name that may be linked: all but those told to be everyday words."""
    term_by_spelling = {
        spelling: term
        for term in terms
        for name in term.names(language)
        if name not in term.unlinked.in_language(language)
        for spelling in spellings(name, language)
    }
    by_first: dict[str, list[tuple[str, Term]]] = defaultdict(list)
    for spelling in sorted(term_by_spelling, key=lambda s: (-len(s), s)):
        by_first[spelling[0]].append((spelling, term_by_spelling[spelling]))
    return {first: tuple(names) for first, names in by_first.items()}


def spellings(name: str, language: str) -> set[str]:
    """Write a name with and without middle dots; in English, in the plural and at a beginning."""
    written = {name, name.replace("・", "")}
    if language == "en":
        written.add(_plural(name))
        if name == name.lower():
            written |= {word[0].upper() + word[1:] for word in written}
    return written


def _plural(name: str) -> str:
    if name.endswith("y") and name[-2:-1] not in tuple("aeiou"):
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith(_HISSES) else f"{name}s"


def link_step(step: Step, names: Names) -> LinkedStep:
    """Link each term where it first stands in the step, to `#term-<id>`."""
    found: dict[str, Term] = {}
    parts = tuple(_linked(part, names, found) for part in step.parts)
    return LinkedStep(step=replace(step, parts=parts), terms=tuple(found.values()))


def _linked(part: Part, names: Names, found: dict[str, Term]) -> Part:
    if not isinstance(part, Prose):
        return part
    return Prose(markdown=link_terms(part.markdown, names, found))


def link_terms(markdown: str, names: Names, found: dict[str, Term]) -> str:
    """Link the terms that are not yet in `found`, and put them there by id."""
    lines = markdown.split("\n")
    return "\n".join(
        line if _is_head(line, below) else _link_line(line, names, found)
        for line, below in zip(lines, [*lines[1:], ""], strict=True)
    )


def _is_head(line: str, below: str) -> bool:
    """Whether the line is a heading, or the head of a table, which stands above its rule."""
    return bool(_HEADING.match(line)) or ("|" in line and bool(_RULE.fullmatch(below)))


def _link_line(line: str, names: Names, found: dict[str, Term]) -> str:
    written, done = "", 0
    for name_start, name_end, term in _named(line, names):
        start, end = _around(line, name_start, name_end)
        if term.id in found or start < done or not _may_link(line, start, end):
            continue
        found[term.id] = term
        written += f"{line[done:start]}[{line[start:end]}](#{anchor(term)})"
        done = end
    return written + line[done:]


def _named(line: str, names: Names) -> Iterator[tuple[int, int, Term]]:
    """Yield where names stand, from left to right, none within another."""
    skipped = {match.start(): match.end() for match in _SKIPPED.finditer(line)}
    place = 0
    while place < len(line):
        if place in skipped:
            place = skipped[place]
            continue
        named = _name_at(line, place, names)
        if named is not None:
            yield place, *named
        place = named[0] if named is not None else place + 1


def _name_at(line: str, place: int, names: Names) -> tuple[int, Term] | None:
    """Find where the longest name that begins here ends, and its term."""
    beginning = names.get(line[place], ())
    if not beginning or (place and _are_of_one_script(line[place - 1], line[place])):
        return None
    for spelling, term in beginning:
        end = place + len(spelling)
        if line.startswith(spelling, place) and not _are_of_one_script(
            line[end - 1], line[end : end + 1]
        ):
            return end, term
    return None


def _are_of_one_script(one: str, other: str) -> bool:
    return any(script.fullmatch(one) and script.fullmatch(other) for script in _SCRIPTS)


def _around(line: str, start: int, end: int) -> tuple[int, int]:
    """Take in the emphasis around a name, for Markdown reads no emphasis beside a bracket."""
    for emphasis in ("***", "**", "*"):
        size = len(emphasis)
        if line[max(start - size, 0) : start] == emphasis == line[end : end + size]:
            return start - size, end + size
    return start, end


def _may_link(line: str, start: int, end: int) -> bool:
    """Whether a link here leaves the Markdown around it as it is."""
    before, after = line[start - 1 : start] if start else "", line[end : end + 1]
    return before not in tuple("*_[!\\~") and after not in tuple("*_]([~")
