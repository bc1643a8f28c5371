"""The same text in both languages, for papers that carry both on one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from club.i18n import Speech
from club.i18n.speech import Named

JA = Speech("ja")
EN = Speech("en")


@dataclass(frozen=True, slots=True)
class Bilingual:
    ja: str
    en: str

    @property
    def is_one(self) -> bool:
        """Whether there is one text to write: both are alike, or the other is missing."""
        return not self.ja or not self.en or self.ja == self.en


def say(id: str, **facts: object) -> Bilingual:
    """Write the sentence in both languages; a bilingual fact is written in its own language."""
    ja = {name: fact.ja if isinstance(fact, Bilingual) else fact for name, fact in facts.items()}
    en = {name: fact.en if isinstance(fact, Bilingual) else fact for name, fact in facts.items()}
    return Bilingual(JA.say(id, **ja), EN.say(id, **en))


def same(text: str) -> Bilingual:
    """Take what reads alike in both: a number, an address."""
    return Bilingual(text, text)


def name(thing: Named) -> Bilingual:
    """Both names; where one is missing, the other stands for it."""
    return Bilingual(thing.name_ja or thing.name_en, thing.name_en or thing.name_ja)


def day(on: date) -> Bilingual:
    return Bilingual(JA.on(on), EN.on(on))


def number(value: int) -> str:
    return JA.number(value)


def price(price_per_t: int | Fraction) -> str:
    return JA.price(price_per_t)


def kg(quantity_kg: int) -> str:
    return JA.kg(quantity_kg)


def jpy(amount_jpy: int) -> str:
    return JA.jpy(amount_jpy)
