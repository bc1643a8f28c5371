"""Portfolio rules as rows: which offers each picks, and what it bounds them to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm

from auctions.offers import Offer
from auctions.rules import CountRule, EachRule, Rule, ShareRule, Value, picks

NO_YIELDS: Mapping[str, Fraction] = {}


@dataclass(frozen=True, slots=True)
class Bound:
    """The share of all that is bought from some offers, by position, and what bounds it."""

    rule: str
    offers: tuple[int, ...]
    min_share: Fraction | None
    max_share: Fraction | None

    def excess(self, bought: Sequence[int]) -> Fraction:
        """Tell by what share a purchase breaks the bound; zero where it keeps it."""
        all_kg = sum(bought)
        if not all_kg:
            return Fraction(0)
        share = Fraction(sum(bought[i] for i in self.offers), all_kg)
        below = self.min_share - share if self.min_share is not None else Fraction(0)
        above = share - self.max_share if self.max_share is not None else Fraction(0)
        return max(below, above, Fraction(0))


@dataclass(frozen=True, slots=True)
class Count:
    """So many groups of offers, by position, with so many kilograms each at least."""

    rule: str
    groups: tuple[tuple[int, ...], ...]
    min_groups: int
    minimum_kg: int

    def excess(self, bought: Sequence[int]) -> Fraction:
        """Tell how many groups a purchase lacks."""
        if not sum(bought):
            return Fraction(0)
        enough = sum(sum(bought[i] for i in group) >= self.minimum_kg for group in self.groups)
        return Fraction(max(0, self.min_groups - enough))


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The rules in force, bound to the offers of a book; equal books give equal portfolios."""

    shares: tuple[Bound, ...] = ()
    counts: tuple[Count, ...] = ()
    step_kg: int = 1
    """Every purchase that soft rules yielded for comes to a multiple of this."""

    def __bool__(self) -> bool:
        return bool(self.shares or self.counts)

    def only(self, keep: Sequence[int]) -> "Portfolio":
        """Bind the same rules to the offers at some positions of the book alone."""
        place = {old: new for new, old in enumerate(keep)}

        def moved(offers: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(place[i] for i in offers if i in place)

        return Portfolio(
            tuple(replace(each, offers=moved(each.offers)) for each in self.shares),
            tuple(replace(each, groups=tuple(map(moved, each.groups))) for each in self.counts),
            self.step_kg,
        )

    @property
    def all(self) -> tuple["Bound | Count", ...]:
        return (*self.shares, *self.counts)

    def allows(self, bought: Sequence[int]) -> bool:
        """Check a purchase against every bound, exactly."""
        return not any(each.excess(bought) for each in self.all)

    def excess(self, bought: Sequence[int]) -> Fraction:
        """Tell by how much a purchase breaks the bound that it breaks most."""
        return max((each.excess(bought) for each in self.all), default=Fraction(0))


FREELY = Portfolio()
"""No rules at all."""


def portfolio(
    rules: Iterable[Rule], offers: Sequence[Offer], yields: Mapping[str, Fraction] = NO_YIELDS
) -> Portfolio:
    """Bind rules to offers, each loosened by what it yields.

    A rule that yields by the least that is enough is met exactly: a set then holds a share
    a/b of the total, so the total is a multiple of b.
    """
    rules = sorted(rules, key=lambda rule: rule.name)
    told = [attributes_of(offer) for offer in offers]
    shares: list[Bound] = []
    counts: list[Count] = []
    for rule in rules:
        by = yields.get(rule.name, Fraction(0))
        if isinstance(rule, CountRule):
            groups = tuple(grouped(offer.supplier for offer in offers).values())
            least = max(0, rule.min_suppliers - int(by))
            counts.append(Count(rule.name, groups, least, rule.minimum_award_kg))
        elif isinstance(rule, EachRule):
            most = min(Fraction(1), rule.max_share + by)
            names = [o.supplier if rule.each == "supplier" else o.project for o in offers]
            shares += [Bound(rule.name, group, None, most) for group in grouped(names).values()]
        else:
            shares.append(_bound(rule, told, by))
    steps = (_step(rule, yields.get(rule.name)) for rule in rules)
    return Portfolio(tuple(shares), tuple(counts), lcm(*steps))


def _step(rule: Rule, by: Fraction | None) -> int:
    """Tell what a total is a multiple of where a rule is met exactly at one of its ends."""
    if not by or isinstance(rule, CountRule):
        return 1
    least = None if isinstance(rule, EachRule) else rule.min_share
    ends = [] if least is None else [least - by]
    if rule.max_share is not None:
        ends.append(rule.max_share + by)
    return gcd(*(end.denominator for end in ends))


def _bound(rule: ShareRule, told: Sequence[Mapping[str, Value]], by: Fraction) -> Bound:
    least = None if rule.min_share is None else max(Fraction(0), rule.min_share - by)
    most = None if rule.max_share is None else min(Fraction(1), rule.max_share + by)
    picked = picks(rule, told)
    return Bound(rule.name, tuple(i for i, is_in in enumerate(picked) if is_in), least, most)


def attributes_of(offer: Offer) -> dict[str, Value]:
    """What a rule can pick an offer by: its attributes, and whose it is."""
    return {"supplier": offer.supplier, "project": offer.project, **offer.attributes}


def grouped(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """List the positions of each name, names in order."""
    places: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        places.setdefault(name, []).append(i)
    return {name: tuple(places[name]) for name in sorted(places)}
