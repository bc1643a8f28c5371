"""What of a live auction everybody may see: what winners did, and commitments to the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auctions.formats.history import Line, bound_together

SHOWN_KINDS = frozenset({"stepped", "resumed", "reopened"})
"""Events that are nobody's bid, and say nothing in anybody's own words."""


def shown_events(events: Sequence[Line], names: Mapping[str, str]) -> Iterator[Line]:
    """The history with pseudonyms for losing suppliers, and of what they did only that they did it.

    The start is without demand, and a commitment that binds what is shown with what is not stays
    unopened.
    """
    for group in bound_together(events):
        told = [line if _is_shown(line, names) else _withheld(line, names) for line in group]
        opens = told == list(group)
        yield told[0] if opens else replace(told[0], nonce=None)
        yield from told[1:]


def _is_shown(line: Line, names: Mapping[str, str]) -> bool:
    if line.supplier is None:
        return line.kind in SHOWN_KINDS
    return line.supplier not in names


def _withheld(line: Line, names: Mapping[str, str]) -> Line:
    return replace(
        line,
        lot=None if line.lot is None else names[line.lot],
        supplier=None if line.supplier is None else names[line.supplier],
        made_by=None,
        quantity_kg=None,
        minimum_kg=None,
        price_per_t=None,
        sealed_floor=None,
        facts=None,
    )
