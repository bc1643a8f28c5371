"""Portfolio rules in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce

from auctions.rules import CountRule, EachRule, Rule, ShareRule, Value
from club.domain.attributes import WORDS, Attribute, parted
from pages.parts.countries import country, prefecture
from pages.parts.visit import Visit


def rule_words(visit: Visit, rule: Rule) -> str:
    """What the rule says, as one sentence of plain text."""
    say = visit.speech.say
    if isinstance(rule, CountRule):
        facts = {"count": rule.min_suppliers, "least_kg": rule.minimum_award_kg}
        return say("auction_terms.rule.count", **facts)
    bounds = bounds_words(visit, rule)
    if isinstance(rule, EachRule):
        what = say(f"auction_terms.each.{rule.each}")
    else:
        what = set_words(visit, rule)
    return say("auction_terms.rule.bounded", what=what, bounds=bounds)


def bounds_words(visit: Visit, rule: ShareRule | EachRule) -> str:
    """At least, at most, or between."""
    least = rule.min_share if isinstance(rule, ShareRule) else None
    most = rule.max_share
    say = visit.speech.say
    if least is None:
        return say("auction_terms.rule.at_most", most=most)
    if most is None:
        return say("auction_terms.rule.at_least", least=least)
    return say("auction_terms.rule.between", least=least, most=most)


def set_words(visit: Visit, rule: ShareRule) -> str:
    """The set that a rule picks, by what its lots have in common."""
    return _joined(visit, "and", [_condition(visit, name, values) for name, values in rule.where])


def _joined(visit: Visit, how: str, parts: Sequence[str]) -> str:
    def join(one: str, other: str) -> str:
        return visit.speech.say(f"auction_terms.set.{how}", one=one, other=other)

    return reduce(join, parts)


def _condition(visit: Visit, name: str, values: Sequence[Value]) -> str:
    attribute, of = parted(name)
    if of:
        words = value_words(visit, attribute, of)
        form = "" if True in values else "not_"
        return visit.speech.say(f"auction_terms.set.{form}{attribute}", values=words)
    words = _joined(visit, "or", [value_words(visit, attribute, value) for value in values])
    return visit.speech.say(f"auction_terms.set.{attribute}", values=words)


def value_words(visit: Visit, attribute: Attribute, value: Value) -> str:
    """One value of an attribute: a word, a country, a prefecture, a year, a day."""
    written: dict[Attribute, Callable[[str], str]] = {
        Attribute.COUNTRY: lambda code: country(visit, code),
        Attribute.PREFECTURE: lambda code: prefecture(visit, code),
        Attribute.LABEL: lambda label: visit.speech.say(f"words.label.{label}"),
        Attribute.DELIVERED_BY: lambda day: visit.speech.on(date.fromisoformat(day)),
    }
    if attribute in WORDS:
        return visit.speech.word(WORDS[attribute](str(value)))
    return written.get(attribute, str)(str(value))


def standing_words(visit: Visit, rule: Rule) -> str:
    """Whether the rule holds whatever happens, or at which place it yields."""
    if rule.hard:
        return visit.speech.say("auction_terms.rule.hard")
    return visit.speech.say("auction_terms.rule.soft", order=rule.order)
