"""What a round is cleared from, as one value, and the same with something changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from auctions.clearing import clear, runs
from auctions.limits import Terms
from auctions.merit import book
from auctions.offers import Claim, Lot, Offer
from auctions.results import Clearing, Yield
from auctions.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """What came of a round, without its members: kilograms, cost, and the rules that gave way."""

    by_offer: Mapping[str, int]
    """Kilograms of the offers that won."""
    effective_cost: Fraction
    """Minor units by effective price, exact."""
    seen: frozenset[str] = frozenset()
    """The offers bought of in any pass, though members may have left after it."""
    yielded: tuple[Yield, ...] = ()

    @property
    def kg(self) -> int:
        return sum(self.by_offer.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that `clearing.clear` takes."""

    claims: tuple[Claim, ...]
    lots: tuple[Lot, ...]
    offers: tuple[Offer, ...]
    ceiling_per_t: int
    seed: bytes
    rules: tuple[Rule, ...] = ()
    wanted_kg: int | None = None
    pricing: str = "pay_as_offered"
    sharing: str = "pro_rata"

    def cleared(self) -> Clearing:
        """Clear the round, with all its checks of the input."""
        return clear(
            self.claims,
            self.lots,
            self.offers,
            ceiling_per_t=self.ceiling_per_t,
            seed=self.seed,
            rules=self.rules,
            wanted_kg=self.wanted_kg,
            pricing=self.pricing,
            sharing=self.sharing,
        )

    def bought(self) -> Bought:
        """Clear the round as far as its purchase; the input is known to be sound.

        Raises Unproved as `clearing.clear` does.
        """
        terms = Terms(ceiling_per_t=self.ceiling_per_t, pricing=self.pricing, sharing=self.sharing)
        bought = Bought(by_offer={}, effective_cost=Fraction(0))
        seen: set[str] = set()
        for trial, run in runs(
            self.claims,
            book(self.lots, self.offers),
            terms,
            rules=self.rules,
            wanted_kg=self.wanted_kg or 0,
            seed=self.seed,
        ):
            rows = zip(trial.book.offers, trial.bought, strict=True) if trial else ()
            by_offer = {offer.id: kg for offer, kg in rows if kg}
            seen |= by_offer.keys()
            bought = Bought(
                by_offer=by_offer,
                effective_cost=run.effective_cost,
                seen=frozenset(seen),
                yielded=run.yielded,
            )
        return bought

    def without_rules(self, *names: str) -> "Inputs":
        """Leave some rules out."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.name not in names))

    def at_price(self, offer_id: str, price_per_t: int) -> "Inputs":
        """Change one offer's price."""
        return replace(
            self,
            offers=tuple(
                replace(offer, price_per_t=price_per_t) if offer.id == offer_id else offer
                for offer in self.offers
            ),
        )

    def without_minimums(
        self, offers: frozenset[str] | None = None, lots: frozenset[str] | None = None
    ) -> "Inputs":
        """Let some offers and lots be bought in any quantity; None is all of them."""
        return replace(
            self,
            offers=tuple(
                replace(offer, minimum_kg=0) if offers is None or offer.id in offers else offer
                for offer in self.offers
            ),
            lots=tuple(
                replace(lot, minimum_kg=0) if lots is None or lot.id in lots else lot
                for lot in self.lots
            ),
        )
