"""Reading what people type into exact numbers: kilograms, yen, yen per tonne, shares.

Full-width digits, thousands separators and unit words are read as meant (NFKC), so that
"１，５００" is 1,500 and "1.5 t" is 1,500 kg; anything else is refused with the field's name.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from club.domain.errors import InputRefused

KG_PER_T = 1_000
MAXIMUM_KG = 10**12
"""A billion tonnes: beyond any market, and far inside 64-bit integers."""
MAXIMUM_PER_T = 10**9
MAXIMUM_JPY = 10**13
"""Ten trillion yen: what one payment may be."""

_NUMBER = re.compile(r"(-?)(\d{1,30})(?:\.(\d{1,9}))?")
_MASS = {"": 1, "kg": 1, "キログラム": 1, "t": KG_PER_T, "トン": KG_PER_T, "tonne": KG_PER_T}
_MASS |= {"tonnes": KG_PER_T, "t-co2": KG_PER_T, "t-co2e": KG_PER_T}
_SHARE = re.compile(
    r"(?P<part>[0-9]{1,12})/(?P<of>[0-9]{1,12})"
    r"|(?P<whole>[0-9]{1,12})(?:\.(?P<decimals>[0-9]{1,9}))?(?P<unit>%|割|percent|パーセント)"
)
_YEN = frozenset({"", "円", "yen", "jpy"})


def read_kg(text: str, *, field: str, optional: bool = False) -> int:
    """Kilograms, whole and above zero; with `optional`, nothing typed and 0 are both 0."""
    number, unit = _split(text, field, optional=optional)
    if unit not in _MASS:
        raise InputRefused("not_a_number", field=field, typed=text.strip()[:40])
    return _whole(number, _MASS[unit], field, maximum=MAXIMUM_KG, optional=optional)


def read_per_t(text: str, *, field: str, optional: bool = False) -> int | None:
    """Yen per tonne, whole and above zero; with `optional`, nothing typed is None."""
    if optional and not text.strip():
        return None
    number, unit = _split(text, field, optional=False)
    if unit not in _YEN | {"円/t", "円/トン", "yen/t", "jpy/t"}:
        raise InputRefused("not_a_number", field=field, typed=text.strip()[:40])
    return _whole(number, 1, field, maximum=MAXIMUM_PER_T, optional=False)


def read_jpy(text: str, *, field: str) -> int:
    """An amount of yen, whole and above zero."""
    number, unit = _split(text, field, optional=False)
    if unit not in _YEN:
        raise InputRefused("not_a_number", field=field, typed=text.strip()[:40])
    return _whole(number, 1, field, maximum=MAXIMUM_JPY, optional=False)


def _split(text: str, field: str, *, optional: bool) -> tuple[tuple[str, str, str], str]:
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    plain = plain.replace("−", "-").replace(",", "").replace("、", "").replace("¥", "")
    if not plain:
        if optional:
            return ("", "0", ""), ""
        raise InputRefused("missing", field=field)
    match = _NUMBER.match(plain)
    if match is None:
        raise InputRefused("not_a_number", field=field, typed=text.strip()[:40])
    sign, whole, part = match.groups()
    return (sign, whole, part or ""), plain[match.end() :].replace(" ", "")


def _whole(
    number: tuple[str, str, str], scale: int, field: str, *, maximum: int, optional: bool
) -> int:
    sign, whole, part = number
    scaled = int(whole + part) * scale
    value, rest = divmod(scaled, int("1" + "0" * len(part)))
    if sign or (value == 0 and not rest and not optional):
        raise InputRefused("not_positive", field=field)
    if rest:
        raise InputRefused("not_whole_kg", field=field)
    if value > maximum:
        raise InputRefused("too_large", field=field)
    return value


def read_share(text: str, *, field: str) -> Fraction:
    """A share, exactly: "40%", "12.5 %", "2/5", "4割".

    A bare number is refused, for 1 may mean one per cent or all.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("−", "-")
    if not plain:
        raise InputRefused("missing", field=field)
    found = _SHARE.fullmatch(plain)
    if found is None or (found["of"] and not int(found["of"])):
        raise InputRefused("not_a_share", field=field, typed=text.strip()[:40])
    if found["of"]:
        return Fraction(int(found["part"]), int(found["of"]))
    part = found["decimals"] or ""
    hundred = 10 if found["unit"] == "割" else 100
    return Fraction(int(found["whole"] + part), hundred * int("1" + "0" * len(part)))


def read_text(text: str, *, field: str, longest: int = 200, optional: bool = False) -> str:
    """A line of text without the spaces around it; refused when empty or over-long."""
    line = storable(text).strip()
    if not line and not optional:
        raise InputRefused("missing", field=field)
    if len(line) > longest:
        raise InputRefused("too_long", field=field, longest=longest)
    return line


def storable(text: str) -> str:
    """The text without what a database or UTF-8 does not hold: NUL and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def read_email(text: str, *, field: str = "email") -> str:
    """An address, lower-cased; only its form is looked at, the link that is sent proves it."""
    address = unicodedata.normalize("NFKC", text).strip().lower()
    if not re.fullmatch(r"[^@\s\"<>]{1,64}@[a-z0-9.-]{1,255}", address):
        raise InputRefused("not_an_email", field=field)
    return address
