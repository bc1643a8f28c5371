"""What a claim comes to: ratios from one run, never times of a machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One ratio; with a limit it is a claim, without one it explains another."""

    what: str
    ratio: float
    at_most: float | None = None
    spread: tuple[float, float] | None = None
    """The lowest and the highest of the ratios that the median is of."""
    peak_mib: int
    """The most memory the measured process held."""

    @property
    def holds(self) -> bool:
        return self.at_most is None or self.ratio <= self.at_most

    def line(self) -> str:
        """A row of the table in the README."""
        spread = f"{self.spread[0]:.2f} to {self.spread[1]:.2f}" if self.spread else ""
        limit = "" if self.at_most is None else f"at most {self.at_most:g}"
        verdict = "" if self.at_most is None else ("holds" if self.holds else "DOES NOT HOLD")
        cells = (self.what, f"{self.ratio:.2f}", spread, limit, verdict, str(self.peak_mib))
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| what | ratio | spread | claim | | peak MiB |",
    "|---|--:|---|---|---|--:|",
)


def ratio_of_medians(ours: Sequence[float], theirs: Sequence[float]) -> float:
    return median(ours) / median(theirs)


def blockwise(
    ours: Sequence[float], theirs: Sequence[float], blocks: int = 3
) -> tuple[float, float]:
    """The lowest and highest ratio of medians among consecutive parts of a run."""
    size = len(ours) // blocks
    ratios = [
        ratio_of_medians(ours[i * size : (i + 1) * size], theirs[i * size : (i + 1) * size])
        for i in range(blocks)
    ]
    return min(ratios), max(ratios)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many per cent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
