"""Numbers and weights as question files write them, read and written exactly where they can be."""

import re
from fractions import Fraction

NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<digits>[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})"
    r"(?:[eE](?P<ten>[+-]?[0-9]{1,2}))?"
)
GRADES = tuple(
    Fraction(grade)
    for grade in (
        "1", "9/10", "5/6", "4/5", "3/4", "7/10", "2/3", "3/5", "1/2", "2/5", "1/3", "3/10",
        "1/4", "1/5", "1/6", "1/7", "1/8", "1/9", "1/10", "1/20", "0",
    )
)  # fmt: skip
"""The weights that Moodle offers, and takes from a file unless told to take the nearest."""
NEAR = Fraction(1, 100_000)
PERCENT_PLACES = 5
PLACES = 12


def read_number(written: str) -> Fraction | None:
    """Read `1822`, `-0.5`, `.5` or `1e3`; None where it is no number, or has too many digits."""
    found = NUMBER.fullmatch(written)
    if found is None:
        return None
    value = Fraction(found["digits"].rstrip(".") or "0") * Fraction(10) ** int(found["ten"] or 0)
    return -value if found["sign"] == "-" else value


def nearest_grade(weight: Fraction) -> Fraction:
    """Take a rounded weight for the one of Moodle's weights that it is a rounding of."""
    for grade in GRADES:
        if abs(abs(weight) - grade) < NEAR:
            return grade if weight >= 0 else -grade
    return weight


def is_listed(weight: Fraction) -> bool:
    return abs(weight) in GRADES


def decimal(value: Fraction, places: int = PLACES) -> str:
    """Write without superfluous zeros, rounded half away from 0 where it has more places."""
    ticks = (abs(value) * 10**places + Fraction(1, 2)) // 1
    whole, rest = divmod(ticks, 10**places)
    behind = f"{rest:0{places}d}".rstrip("0")
    return ("-" if value < 0 < ticks else "") + str(whole) + (f".{behind}" if behind else "")


def is_exact(value: Fraction) -> bool:
    """Whether the decimal says the same number, and can be read again."""
    return read_number(decimal(value)) == value


def percent(weight: Fraction) -> str:
    return decimal(100 * weight, PERCENT_PLACES)


def read_percent(written: str) -> Fraction | None:
    """Read a weight in percent; None where it is none, or beyond 100 either way."""
    value = read_number(written)
    if value is None or abs(value) > 100:  # noqa: PLR2004 - the whole mark, in percent
        return None
    return nearest_grade(Fraction(value, 100))
