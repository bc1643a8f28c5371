"""How tight portfolio rules are: what a book buys under them, without them, without each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auctions.inputs import Bought, Inputs
from auctions.offers import Offer
from auctions.portfolio import Bound, portfolio
from auctions.results import Unproved
from auctions.rules import CountRule, Rule

Told = Callable[[int, int], None]
"""Is told how many clearings are done, of how many."""
Score = tuple[int, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTightness:
    """One rule against a book.

    `reached` is what came of what it bounds: the share of its set, the largest share of a
    supplier or project, or how many suppliers have enough; None where nothing is bought.
    """

    rule: str
    reached: Fraction | None
    yields_by: Fraction
    without: Bought | None
    """What is bought without this rule alone; None where no proof was found."""
    binds: bool | None
    """Whether more is bought without it, or as much for less; None where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tightness:
    """What a book buys under all rules, without any, and rule by rule in the order given."""

    under_all: Bought
    under_none: Bought
    rules: tuple[RuleTightness, ...]

    @property
    def bind_together(self) -> bool:
        """Whether leaving all rules out changes what is bought, though no single one does."""
        alone = any(rule.binds is not False for rule in self.rules)
        return not alone and _score(self.under_all) != _score(self.under_none)


def tightness(inputs: Inputs, told: Told = lambda _done, _of: None) -> Tightness:
    """Clear a book under its rules, without them, and without each of them alone.

    A rule binds where more is bought without it, or as much for less. One that could not be
    dropped with proof is told as unknown; raises Unproved where all rules together cannot.
    """
    of = len(inputs.rules) + 2
    under_all = inputs.bought()
    told(1, of)
    under_none = inputs.without_rules(*(rule.name for rule in inputs.rules)).bought()
    told(2, of)
    yields = {each.rule: each.by for each in under_all.yielded}
    rows = []
    for done, rule in enumerate(inputs.rules, 3):
        without = _bought(inputs.without_rules(rule.name))
        binds = None if without is None else _score(without) != _score(under_all)
        rows.append(
            RuleTightness(
                rule=rule.name,
                reached=_reached(rule, inputs.offers, under_all),
                yields_by=yields.get(rule.name, Fraction(0)),
                without=without,
                binds=binds,
            )
        )
        told(done, of)
    return Tightness(under_all=under_all, under_none=under_none, rules=tuple(rows))


def _bought(inputs: Inputs) -> Bought | None:
    try:
        return inputs.bought()
    except Unproved:
        return None


def _score(bought: Bought) -> Score:
    return bought.kg, bought.effective_cost


def _reached(rule: Rule, offers: Sequence[Offer], bought: Bought) -> Fraction | None:
    if not bought.kg:
        return None
    kilograms = [bought.by_offer.get(offer.id, 0) for offer in offers]
    bound = portfolio([rule], offers)
    if isinstance(rule, CountRule):
        count = bound.counts[0]
        sold = (sum(kilograms[i] for i in group) for group in count.groups)
        return Fraction(sum(kg >= count.minimum_kg for kg in sold))
    return max(_share(each, kilograms) for each in bound.shares)


def _share(bound: Bound, kilograms: Sequence[int]) -> Fraction:
    return Fraction(sum(kilograms[i] for i in bound.offers), sum(kilograms))
