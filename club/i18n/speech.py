"""Saying things in one reader's language and time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from babel.dates import format_date, format_datetime, get_timezone
from babel.numbers import format_decimal

from club.i18n.catalogue import sentences

LANGUAGES = ("ja", "en")
KEPT = 4096
"""Pages name the same few days and figures again and again; so many stay written."""


class Named(Protocol):
    @property
    def name_ja(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def choose(*wishes: str | None) -> str:
    """The first wish that the club speaks: saved choice, then the browser's; else Japanese."""
    spoken = ((wish or "").partition("-")[0].lower() for wish in wishes)
    return next((language for language in spoken if language in LANGUAGES), LANGUAGES[0])


@dataclass(frozen=True, slots=True)
class Speech:
    """One reader's language and zone; cheap, immutable, one per visit or document.

    Facts in a sentence are written by the suffix of their name: `_kg` as a weight, `_jpy` as
    money, `_per_t` as a price, `_at` as an instant with its zone, `_instant` as one to the
    microsecond, `_on` as a date; a word of an enumeration by its own sentence; whole numbers with
    separators; an exact share in percent.
    """

    language: str = "ja"
    time_zone: str = "Asia/Tokyo"

    def say(self, id: str, **facts: object) -> str:
        """The sentence, with its facts written in; an unknown id is a bug and raises."""
        forms = sentences(self.language)[id]
        form = forms[-1] if facts.get("count") != 1 else forms[0]
        return form.format(**{name: self.write(name, fact) for name, fact in facts.items()})

    def write(self, name: str, fact: object) -> str:  # noqa: PLR0911 - one line a kind of fact
        """One fact as text."""
        match fact:
            case StrEnum():
                return self.word(fact)
            case datetime():
                return self.exactly(fact) if name.endswith("_instant") else self.at(fact)
            case date():
                return self.on(fact)
            case Fraction():
                return self.per_t(fact) if name.endswith("_per_t") else self.share(fact)
            case tuple():
                return ("、" if self.language == "ja" else ", ").join(map(str, fact))
            case int() | Decimal() if not isinstance(fact, bool):
                return self._figure(name, fact)
        return str(fact)

    def _figure(self, name: str, figure: int | Decimal) -> str:
        units = {"_kg": self.kg, "_jpy": self.jpy, "_per_t": self.per_t}
        for suffix, written in units.items():
            if name.endswith(suffix) and isinstance(figure, int):
                return written(figure)
        return self.number(figure)

    def word(self, member: StrEnum) -> str:
        """The word for a member of an enumeration: `words.phase.pledging`."""
        return self.say(f"words.{type(member).__name__.lower()}.{member.value}")

    def name(self, thing: Named) -> str:
        return thing.name_ja if self.language == "ja" else thing.name_en

    def text(self, thing: object, stem: str) -> str:
        """The thing's field of that stem in this language: `purpose` reads `purpose_ja`."""
        return str(getattr(thing, f"{stem}_{self.language}"))

    def number(self, value: int | Decimal) -> str:
        """With separators, and below zero with the sign that money has."""
        write = _kept if isinstance(value, int) else _figured
        return write(value, self.language)

    def share(self, share: Fraction) -> str:
        """A share in percent where that is exact to three places, else as a ratio."""
        thousandths = share * 100_000
        if thousandths.denominator > 1:
            return str(share)
        percent = Decimal(thousandths.numerator).scaleb(-3)
        return f"{format_decimal(percent, locale=self.language)}%"

    def percent(self, share: Fraction) -> str:
        """What share came about, in percent: to two places, and … if it goes on."""
        hundredths, rest = divmod(share * 10_000, 1)
        if not rest and int(hundredths) % 100 == 0:
            return f"{self.number(int(hundredths) // 100)}%"
        decimal = format_decimal(Decimal(int(hundredths)).scaleb(-2), "0.00", locale=self.language)
        return f"{decimal}{'…' if rest else ''}%"

    def kg(self, quantity_kg: int) -> str:
        """Kilograms below a tonne, else tonnes with three decimals."""
        if abs(quantity_kg) < 1_000:  # noqa: PLR2004 - a tonne
            return f"{quantity_kg} kg"
        tonnes = format_decimal(
            Decimal(quantity_kg).scaleb(-3), format="#,##0.000", locale=self.language
        )
        return f"{tonnes} t"

    def jpy(self, amount_jpy: int) -> str:
        sign = "−" if amount_jpy < 0 else ""
        return f"{sign}¥{format_decimal(abs(amount_jpy), locale=self.language)}"

    def per_t(self, price_per_t: int | Fraction) -> str:
        return f"¥{self.price(price_per_t)} / t"

    def price(self, price_per_t: int | Fraction) -> str:
        """A price without its units; of one that is not whole two places, and … if it goes on."""
        if price_per_t.denominator == 1:
            return self.number(price_per_t.numerator)
        hundredths, rest = divmod(price_per_t * 100, 1)
        decimal = Decimal(int(hundredths)).scaleb(-2)
        return format_decimal(decimal, "#,##0.00", locale=self.language) + ("…" if rest else "")

    def on(self, day: date) -> str:
        return _written(day, self.language)

    def day(self, instant: datetime) -> str:
        """The instant's day in the reader's zone, where the minute matters to nobody."""
        return self.on(instant.astimezone(get_timezone(self.time_zone)).date())

    def brief(self, instant: datetime) -> str:
        """Day and minute in the reader's zone, where the zone is told elsewhere on the page."""
        pattern = "M/d HH:mm" if self.language == "ja" else "d MMM HH:mm"
        zone = get_timezone(self.time_zone)
        return str(format_datetime(instant, pattern, tzinfo=zone, locale=self.language))

    def at(self, instant: datetime) -> str:
        """Date and minute in the reader's zone, the zone named."""
        return self._at(instant, "HH:mm")

    def exactly(self, instant: datetime) -> str:
        """The same to the microsecond, where that decides."""
        return self._at(instant, "HH:mm:ss.SSSSSS")

    def _at(self, instant: datetime, clock: str) -> str:
        zone = get_timezone(self.time_zone)
        written = format_datetime(
            instant,
            f"y/MM/dd {clock}" if self.language == "ja" else f"d MMM y, {clock}",
            tzinfo=zone,
            locale=self.language,
        )
        local = instant.astimezone(zone)
        if self.language == "en":
            return f"{written} {local.tzname()}"
        is_home = self.time_zone == "Asia/Tokyo"
        return f"{written}（{'日本時間' if is_home else local.tzname()}）"


def _figured(value: int | Decimal, language: str) -> str:
    return str(format_decimal(value, locale=language)).replace("-", "−")


_kept = lru_cache(maxsize=KEPT)(_figured)  # for whole numbers: 0 and a decimal −0 are equal


@lru_cache(maxsize=KEPT)
def _written(day: date, language: str) -> str:
    pattern = "y/MM/dd" if language == "ja" else "d MMM y"
    return str(format_date(day, pattern, locale=language))
