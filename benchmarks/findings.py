"""What a claim comes to: ratios from one run, never times of a machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Finding:
    """What is measured against what it is compared with, turn by turn in one run."""

    what: str
    ratios: Sequence[float]
    peak_mib: int
    """The most memory the measured process held."""
    at_most: float | None = None
    """The claim about the median; without one the finding explains another."""

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def holds(self) -> bool:
        return self.at_most is None or self.ratio <= self.at_most

    def line(self) -> str:
        """A row of the table in the README."""
        low, _, high = quantiles(self.ratios, n=4)
        claim = ""
        if self.at_most is not None:
            claim = f"at most {self.at_most:g}: {'holds' if self.holds else 'DOES NOT HOLD'}"
        spread = f"{low:.2f} to {high:.2f}"
        cells = (self.what, f"{self.ratio:.2f}", spread, claim, str(self.peak_mib))
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| what | ratio | middle half | claim | peak MiB |",
    "|---|--:|---|---|--:|",
)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many per cent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
