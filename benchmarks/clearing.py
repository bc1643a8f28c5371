"""Clearing under rules, proved and checked, against one bare run of the same solver.

The bare run minimises the cost of the whole demand at one limit, kilograms as real numbers, to
a gap of zero: no whole kilograms, no ties settled, nothing checked. Clearing does all that, for
every limit. A bare run is stopped after half a minute, which then counts as if it had ended.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import cycle

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

from auctions.checks import check
from auctions.clearing import clear
from auctions.rules import picks
from benchmarks.findings import Finding
from benchmarks.ruled_books import RuledBook, ruled_book
from benchmarks.side_by_side import Work, compare

SEED = bytes(32)
LONGEST_S = 30
OPTIMAL, STOPPED = 0, 1
CLAIMS = (
    # offers, limits, books, at most
    (1_000, 1, 9, 3),
    (10_000, 1, 5, 3),
    (1_000, 50, 5, 8),
    (10_000, 50, 3, 8),
)


def measure() -> list[Finding]:
    return [
        Finding(
            _named(offers, limits),
            *compare(partial(_pair, offers, limits, books), books, warm_ups=0),
            at_most,
        )
        for offers, limits, books, at_most in CLAIMS
    ]


def _named(offers: int, limits: int) -> str:
    told = "one limit" if limits == 1 else f"{limits} limits"
    return f"clearing of {offers:,} offers, 20 rules, {told}"


def _pair(offers: int, limits: int, books: int) -> tuple[Work, Work]:
    """Each turn meets another book, the same for both sides; a small one loads what is needed."""
    small = ruled_book(100, 0, limits)
    _cleared(small)
    drawn = [ruled_book(offers, number, limits) for number in range(books)]

    def in_turn(work: Callable[[RuledBook], object]) -> Work:
        book = cycle(drawn)
        return lambda: work(next(book))

    return in_turn(_cleared), in_turn(_bare)


def _cleared(book: RuledBook) -> None:
    terms = {"ceiling_per_t": book.ceiling_per_t, "seed": SEED, "rules": book.rules}
    clearing = clear(book.claims, book.lots, book.offers, **terms)
    check(clearing, book.claims, book.lots, book.offers, **terms)
    if clearing.bought_kg == 0:
        raise ValueError("nothing was bought")


def _bare(book: RuledBook) -> None:
    """Columns: tonnes of each offer, then a switch for each minimum."""
    size = len(book.offers)
    tonnes = np.array([offer.quantity_kg for offer in book.offers]) * 1e-3
    least = np.array([offer.minimum_kg for offer in book.offers]) * 1e-3
    switched = np.flatnonzero(least > 0)
    switches = np.arange(switched.size)
    demand = book.demand_kg * 1e-3
    told = [offer.attributes | {"supplier": offer.supplier} for offer in book.offers]
    sets = csr_array(np.array([picks(rule, told) for rule in book.rules], dtype=float))
    pick = csr_array((np.ones(switched.size), (switches, switched)), shape=(switched.size, size))

    def switch_times(factor: np.ndarray) -> csr_array:
        return csr_array((-factor[switched], (switches, switches)))

    rows = vstack(
        [
            hstack([csr_array(np.ones((1, size))), csr_array((1, switched.size))]),
            hstack([sets, csr_array((len(book.rules), switched.size))]),
            hstack([pick, switch_times(tonnes)]),
            hstack([pick, switch_times(least)]),
        ]
    )
    some, none = np.full(switched.size, np.inf), np.zeros(switched.size)
    low = [demand * float(rule.min_share) if rule.min_share else -np.inf for rule in book.rules]
    high = [demand * float(rule.max_share) if rule.max_share else np.inf for rule in book.rules]
    found = milp(
        np.concatenate([[offer.price_per_t for offer in book.offers], none]),
        integrality=np.concatenate([np.zeros(size), np.ones(switched.size)]),
        bounds=Bounds(0, np.concatenate([tonnes, np.ones(switched.size)])),
        constraints=LinearConstraint(
            rows,
            np.concatenate([[demand], low, -some, none]),
            np.concatenate([[demand], high, none, some]),
        ),
        options={"mip_rel_gap": 0, "time_limit": LONGEST_S},
    )
    if found.status not in {OPTIMAL, STOPPED}:
        raise ValueError(found.message)
