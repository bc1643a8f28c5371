"""Means of groups, told only where they give nobody away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from curriculum.figures import Figure, told

FEWEST = 5
"""A mean of fewer people might say what one of them answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMean:
    """A group and the mean share of the points that its people earned; `group` None: the rest."""

    group: str | None
    people: int
    mean: Figure


def group_means(parts: Mapping[str, Sequence[int]], *, whole: int) -> tuple[GroupMean, ...]:
    """Give the mean of each group of five or more; smaller groups are put together as the rest.

    What each person of a group earned is told in parts of a whole.

    Whoever knows the mean of all could subtract: where the rest has people, but fewer than five,
    the smallest group that is shown joins it, of equals the higher name, until it has five. A rest
    that still has fewer is left out with its figure. The largest group comes first, of equals the
    lower name; the rest comes last.
    """
    shown = sorted(
        (group for group, own in parts.items() if len(own) >= FEWEST),
        key=lambda group: (-len(parts[group]), group),
    )
    rest = [part for group, own in parts.items() if group not in shown for part in own]
    while shown and 0 < len(rest) < FEWEST:
        rest += parts[shown.pop()]
    told_of: list[tuple[str | None, Sequence[int]]] = [(group, parts[group]) for group in shown]
    if len(rest) >= FEWEST:
        told_of.append((None, rest))
    return tuple(
        GroupMean(group=group, people=len(own), mean=told(Fraction(sum(own), whole * len(own))))
        for group, own in told_of
    )
