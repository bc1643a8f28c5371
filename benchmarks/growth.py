"""How time grows with size, beside what the docstrings say, as a table and a picture.

Not a claim of its own: processor seconds of this machine, which are drawn, and the exponent
that fits them from three thousand up. n log n fits as n^1.1 over these sizes; what no longer
fits the processor's cache takes longer than either.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import log
from statistics import linear_regression, median

import numpy as np

from auctions import ordering
from auctions.clearing import clear
from auctions.offers import Claim, Lot, Offer
from auctions.rationing import RULES
from auctions.rounding import controlled_rounding
from auctions.sharing import share
from benchmarks.findings import Finding
from benchmarks.plots import draw
from benchmarks.side_by_side import Work, peak_mib, seconds
from club.settings import ROOT

PICTURE = ROOT / "data/var/bench/growth.svg"
RUNS = 3
TELLING_S = 0.02
FITTED_FROM = 3_000
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000)
AWARDS = 20
MEMBERS = 20
SEED = bytes(range(32))
Ready = Callable[[int], Work]
"""Makes ready what is measured at a size; a function of a module, which another process loads."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Processor seconds by size, of what should grow as `stated` does."""

    what: str
    stated: str
    sizes: Sequence[int]
    seconds: Sequence[float]
    peak_mib: int

    @property
    def exponent(self) -> float:
        """The slope of the logarithms, where time is more than what a call costs."""
        large = [(log(n), log(s)) for n, s in self.points if n >= FITTED_FROM]
        return linear_regression(*zip(*large, strict=True)).slope

    @property
    def points(self) -> list[tuple[int, float]]:
        return list(zip(self.sizes, self.seconds, strict=True))


def measure() -> list[Finding]:
    """Draw all curves; each line tells a fitted exponent in place of a ratio."""
    spawn = multiprocessing.get_context("spawn")
    curves = []
    for what, stated, ready, sizes in _measured():
        with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as process:
            times, mib = process.submit(_times, ready, sizes).result()
        curves.append(Curve(what, stated, sizes, times, mib))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(draw(curves), "utf-8")
    return [
        Finding(f"{each.what}: fitted exponent; stated {each.stated}", slopes(each), each.peak_mib)
        for each in curves
    ]


def slopes(curve: Curve) -> list[float]:
    """The whole fit, and the slopes between neighbours, of which a table tells the spread."""
    large = [point for point in curve.points if point[0] >= FITTED_FROM]
    pairs = zip(large[1:], large, strict=False)
    between = sorted(log(s / t) / log(n / m) for (n, s), (m, t) in pairs)
    return [between[0], curve.exponent, between[-1]]


def _measured() -> list[tuple[str, str, Ready, Sequence[int]]]:
    return [
        ("merit order", "n log n", _order, (*SIZES, 1_000_000)),
        ("demand filled", "n", _fill, (*SIZES, 1_000_000)),
        ("ids sorted by Python", "n log n", _sorting, SIZES[:5]),
        *((f"share by {rule}", "n log n", partial(_share, rule), SIZES[:5]) for rule in RULES),
        (f"matrix of {AWARDS} awards", "cells", _matrix, SIZES[:5]),
        ("clearing without minimums", "n log n", _clearing, SIZES[:4]),
    ]


def _times(ready: Ready, sizes: Sequence[int]) -> tuple[list[float], int]:
    ready(sizes[0])()
    times = []
    for size in sizes:
        work = ready(size)
        times.append(median(_each(work) for _ in range(RUNS)))
    return times, peak_mib()


def _each(work: Work) -> float:
    """Processor seconds of one run, from so many that the clock tells them apart."""
    often = 1
    while (took := seconds(partial(_again, work, often))) < TELLING_S:
        often *= 4
    return took / often


def _again(work: Work, often: int) -> None:
    for _ in range(often):
        work()


def _order(size: int) -> Work:
    price, _, rank = _offers(size)
    return lambda: ordering.order(price, rank)


def _fill(size: int) -> Work:
    price, quantity, rank = _offers(size)
    return lambda: ordering.fill(price, quantity, rank, int(quantity.sum()) * 2 // 5)


def _offers(size: int):
    chance = np.random.default_rng(1)
    price = chance.lognormal(np.log(2_500), 0.6, size).round().astype(np.int64)
    return price, _quantities(size), chance.permutation(size)


def _quantities(size: int):
    drawn = np.random.default_rng(2).lognormal(np.log(20_000), 1.2, size)
    return drawn.round().astype(np.int64) + 1


def _sorting(size: int) -> Work:
    """What sharing by id cannot do without, and what its growth is to be compared with."""
    ids = _ids(size)
    return lambda: sorted(ids)


def _ids(size: int) -> list[str]:
    names = [f"member {number}" for number in range(size)]
    return np.random.default_rng(3).permutation(names).tolist()


def _share(rule: str, size: int) -> Work:
    claims = dict(zip(_ids(size), _quantities(size).tolist(), strict=True))
    total_kg = sum(claims.values()) * 5 // 7
    return lambda: share(total_kg, claims, SEED, rule)


def _matrix(size: int) -> Work:
    rows = _quantities(size)
    columns = (np.random.default_rng(4).dirichlet(np.ones(AWARDS)) * rows.sum()).astype(np.int64)
    columns[0] += rows.sum() - columns.sum()
    members = [f"member {number}" for number in range(size)]
    awards = [f"award {number}" for number in range(AWARDS)]
    return lambda: controlled_rounding(rows, columns, members, awards, seed=SEED)


def _clearing(size: int) -> Work:
    price, quantity, rank = (column.tolist() for column in _offers(size))
    lots = [Lot(f"lot {number}", kg) for number, kg in enumerate(quantity)]
    offers = [
        Offer(
            id=f"offer {number}",
            supplier=f"supplier {number % 100}",
            project=f"project {number}",
            lot=f"lot {number}",
            quantity_kg=quantity[number],
            price_per_t=price[number],
            sequence=rank[number],
        )
        for number in range(size)
    ]
    claims = [Claim(f"member {n}", sum(quantity) // (3 * MEMBERS)) for n in range(MEMBERS)]
    return lambda: clear(claims, lots, offers, ceiling_per_t=max(price), seed=SEED)
