"""Narrowing the catalogue down, and putting it in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from club.domain.lots import Category, Mechanism
from club.operations.viewing.market import CatalogueRow


class Order(StrEnum):
    """How the catalogue may be sorted."""

    QUANTITY = "quantity"
    NAME = "name"
    VINTAGE = "vintage"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is chosen in the filters; an empty choice takes everything."""

    programmes: frozenset[str] = frozenset()
    categories: frozenset[Category] = frozenset()
    mechanisms: frozenset[Mechanism] = frozenset()
    regions: frozenset[str] = frozenset()
    vintages: frozenset[int | None] = frozenset()
    """None stands for lots whose vintage is not stated."""
    only_with_lots: bool = False


def narrow(rows: Iterable[CatalogueRow], wanted: Wanted, language: str) -> list[CatalogueRow]:
    """The rows that answer every filter; with vintages chosen, by their lots of those years."""
    return [row for row in rows if _answers(row, wanted, language)]


def _answers(row: CatalogueRow, wanted: Wanted, language: str) -> bool:
    project = row.project
    chosen = (
        (project.programme, wanted.programmes),
        (project.category, wanted.categories),
        (project.mechanism, wanted.mechanisms),
        (region(row, language), wanted.regions),
    )
    if any(choice and value not in choice for value, choice in chosen):
        return False
    if wanted.only_with_lots and not row.lots:
        return False
    vintages = {each.lot.vintage for each in row.lots}
    return not wanted.vintages or not vintages.isdisjoint(wanted.vintages)


def region(row: CatalogueRow, language: str) -> str:
    """The region's name in a language; empty where the source names none."""
    return str(getattr(row.project, f"region_{language}"))


def put_in_order(rows: Sequence[CatalogueRow], order: Order, language: str) -> list[CatalogueRow]:
    """The largest quantity and the newest vintage first; else by name, then by id."""
    by_name = sorted(rows, key=lambda row: (_name(row, language), row.project.id))
    match order:
        case Order.NAME:
            return by_name
        case Order.QUANTITY:
            return sorted(by_name, key=lambda row: -row.quantity_kg)
        case Order.VINTAGE:
            return sorted(by_name, key=lambda row: -newest(row))
        case Order.PROGRAMME:
            return sorted(by_name, key=lambda row: row.project.programme)


def newest(row: CatalogueRow) -> int:
    """The newest vintage among the lots; 0 where none is stated."""
    return max((each.lot.vintage or 0 for each in row.lots), default=0)


def _name(row: CatalogueRow, language: str) -> str:
    return str(getattr(row.project, f"name_{language}"))
