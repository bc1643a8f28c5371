"""A cleared round's purchase, put back into the order of merit at the limit that was chosen."""

from dataclasses import dataclass

from auctions.inputs import Inputs
from auctions.merit import Book, Vector, book, fill
from auctions.portfolio import Portfolio, portfolio
from auctions.results import Clearing


@dataclass(frozen=True, slots=True)
class Purchased:
    """The offers admitted, in merit order, and the kilograms bought of each."""

    book: Book
    rules: Portfolio
    """As far as they did not yield."""
    limit_per_t: int
    demand_kg: int
    bought: Vector
    is_by_merit: bool
    """Whether the merit order alone buys the same."""
    place: dict[str, int]

    @property
    def is_filled(self) -> bool:
        return sum(self.bought) == self.demand_kg

    def last(self) -> int | None:
        """The last place in the merit order at which something not fixed was bought."""
        fixed = self.book.fixed.offers_in
        return max((i for i, kg in enumerate(self.bought) if kg and i not in fixed), default=None)

    def is_sold_out(self, i: int) -> bool:
        """Whether the lot of an offer was sold by what does not come after it."""
        fixed, lot = self.book.fixed.offers_in, self.book.lot_of[i]
        sold_kg = sum(self.bought[j] for j in self.book.steps[lot] if j <= i or j in fixed)
        return sold_kg == self.book.lots[lot].quantity_kg

    def broken_by_more(self, i: int) -> tuple[str, ...]:
        """The rules that one kilogram more of an offer would break."""
        more = [kg + (j == i) for j, kg in enumerate(self.bought)]
        return tuple(sorted({each.rule for each in self.rules.all if each.excess(more)}))


def purchased(inputs: Inputs, clearing: Clearing) -> Purchased | None:
    """Put what a clearing bought beside what it could have bought; None where that is nothing."""
    if clearing.limit_per_t is None:
        return None
    market = book(inputs.lots, inputs.offers).within(clearing.limit_per_t)
    won = {award.offer: award.quantity_kg for award in clearing.awards}
    bought = [won.get(offer.id, 0) for offer in market.offers]
    yields = {each.rule: each.by for each in clearing.yielded}
    return Purchased(
        book=market,
        rules=portfolio(inputs.rules, market.offers, yields),
        limit_per_t=clearing.limit_per_t,
        demand_kg=clearing.demand_kg,
        bought=bought,
        is_by_merit=bought == fill(market, clearing.demand_kg),
        place={offer.id: i for i, offer in enumerate(market.offers)},
    )
