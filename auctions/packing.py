"""Whether things that exclude nothing of each other weigh more together than is allowed."""

from collections.abc import Sequence
from fractions import Fraction

MOST_STEPS = 200


def too_heavy(
    weights: Sequence[Fraction], apart: Sequence[int], beyond: Fraction
) -> list[int] | None:
    """Find things, each apart from every other, that weigh more than `beyond` together.

    `apart[i]` holds bit j where i and j are apart. The heaviest are tried first, and of those
    that are not apart at most one can count, which bounds the search. It ends after MOST_STEPS:
    what is not found by then is left to those who solve the whole.
    """
    order = sorted(range(len(weights)), key=lambda i: (-weights[i], i))
    steps = MOST_STEPS

    def expand(chosen: list[int], weight: Fraction, rest: list[int]) -> list[int] | None:
        nonlocal steps
        if weight > beyond:
            return chosen
        steps -= 1
        while rest and steps > 0 and weight + _bound(weights, apart, rest) > beyond:
            head, *rest = rest
            among = [i for i in rest if apart[head] >> i & 1]
            found = expand([*chosen, head], weight + weights[head], among)
            if found is not None:
                return found
        return None

    found = expand([], Fraction(0), [i for i in order if weights[i] > 0])
    return None if found is None else sorted(found)


def _bound(weights: Sequence[Fraction], apart: Sequence[int], rest: Sequence[int]) -> Fraction:
    """Return what the rest can weigh at most: one of each group of which none are apart."""
    groups: list[int] = []
    total = Fraction(0)
    for i in rest:  # heaviest first, so the first of a group is its heaviest
        for place, group in enumerate(groups):
            if not group & apart[i]:
                groups[place] = group | 1 << i
                break
        else:
            groups.append(1 << i)
            total += weights[i]
    return total
