"""A book under portfolio rules as an integer program, for a total that is given or sought."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from auctions.merit import Book, Vector
from auctions.portfolio import Bound, Count, Portfolio
from auctions.program import Draft, Places, Program, Whole, whole


@dataclass(frozen=True, slots=True)
class Formulation:
    """A program whose first columns are the offers, in the order of acknowledgement."""

    order: tuple[int, ...]
    program: Program

    def objective(self, by_offer: Sequence[int]) -> Whole:
        """Write one weight an offer, in the book's order, as weights of all columns."""
        others = len(self.program.least) - len(self.order)
        return whole([*(by_offer[i] for i in self.order), *([0] * others)])

    def vector(self, columns: Whole) -> Vector:
        """Read the columns as kilograms along the book."""
        bought = [0] * len(self.order)
        for column, i in enumerate(self.order):
            bought[i] = int(columns[column])
        return bought


class Writer:
    """Writes a book and its rules down for a total between two bounds.

    The total is so many steps of `step_kg`. Where only one lies between the bounds, a share
    is a row of ones with whole bounds; else it binds on the total that comes out.
    """

    def __init__(self, book: Book, least_kg: int, most_kg: int, step_kg: int = 1) -> None:
        self._book = book
        self.step_kg = step_kg
        least_kg, most_kg = -(-least_kg // step_kg) * step_kg, most_kg // step_kg * step_kg
        self._bounds_kg = (least_kg, most_kg)
        self._steps: int | None = None
        self._order = tuple(sorted(range(len(book.offers)), key=lambda i: book.rank[i]))
        self._place = np.zeros(len(self._order), dtype=np.intp)
        self._place[list(self._order)] = np.arange(len(self._order))
        self.draft = Draft()
        offers = [book.offers[i] for i in self._order]
        quantities = whole(offer.quantity_kg for offer in offers)
        is_fixed = np.array([offer.fixed_kg is not None for offer in offers], dtype=np.bool_)
        forced: Whole = np.where(is_fixed, quantities, 0)
        self.draft.columns(forced, quantities, whole(offer.minimum_kg for offer in offers))
        self.draft.row(self._place, 1, least=least_kg, most=most_kg)
        for lot, steps in enumerate(book.steps):
            if steps:
                self._lot(lot, self._place[list(steps)])
        if step_kg > 1:
            self.steps()

    @property
    def total_kg(self) -> int | None:
        """What is bought in all, where that is given."""
        least_kg, most_kg = self._bounds_kg
        return least_kg if least_kg == most_kg else None

    def steps(self) -> int | None:
        """Return the column that counts the steps of the total; None where the total is given."""
        if self._steps is None and self.total_kg is None:
            self._steps = self.draft.sum(*(kg // self.step_kg for kg in self._bounds_kg))
            weights = whole([*[1] * len(self._place), -self.step_kg])
            self.draft.row(np.append(self._place, self._steps), weights, least=0, most=0)
        return self._steps

    def _lot(self, lot: int, places: Places) -> None:
        """Bound what all steps of a lot sell together."""
        row = self._book.lots[lot]
        self.draft.row(places, 1, most=row.quantity_kg)
        if row.minimum_kg > max(1, self._book.offers[self._book.steps[lot][0]].minimum_kg) or (
            row.minimum_kg > 1 and len(places) > 1
        ):
            switch = self.draft.switch()
            both = np.append(places, switch)
            ones = [1] * len(places)
            self.draft.row(both, [*ones, -row.minimum_kg], least=0)
            self.draft.row(both, [*ones, -row.quantity_kg], most=0)

    def bind(self, rules: Portfolio) -> None:
        """Write all rules down."""
        for bound in rules.shares:
            self.share(bound)
        for count in rules.counts:
            self.count(count)

    def share(self, bound: Bound) -> None:
        places = self._place[list(bound.offers)]
        if self.total_kg is not None:
            least, most = bound.min_share, bound.max_share
            self.draft.row(
                places,
                1,
                least=None if least is None else _ceil(least * self.total_kg),
                most=None if most is None else _floor(most * self.total_kg),
            )
            return
        for share, sign in ((bound.min_share, 1), (bound.max_share, -1)):
            if share is not None:
                self._bind(share, places, sign)

    def _bind(self, share: Fraction, places: Places, sign: int) -> None:
        """Hold a set at or above a share of the total (sign 1), or at or below it (sign -1)."""
        if self._steps is None:
            self.draft.row(self._place, self._against(share, places, sign), least=0)
            return
        by_step = share * self.step_kg
        weights = whole([sign * by_step.denominator] * len(places) + [-sign * by_step.numerator])
        self.draft.row(np.append(places, self._steps), weights, least=0)

    def cap(self, bound: Bound, total_kg: int) -> None:
        """Hold a set, or all others, at or below what a share lets be bought of a total or less."""
        inside = np.zeros(len(self._place), dtype=np.bool_)
        inside[list(bound.offers)] = True
        if bound.max_share is not None:
            self.draft.row(self._place[inside], 1, most=_floor(bound.max_share * total_kg))
        if bound.min_share is not None:
            most_kg = total_kg - _ceil(bound.min_share * total_kg)
            self.draft.row(self._place[~inside], 1, most=most_kg)

    def _against(self, share: Fraction, places: Places, sign: int) -> Whole:
        """Weigh the offers of a set against a share of all offers; weights run along places."""
        by_place = whole([-sign * share.numerator] * len(self._place))
        by_place[places] += sign * share.denominator
        weights: Whole = by_place[self._place]
        return weights

    def count(self, count: Count, *, lacking: int | None = None) -> None:
        """Bound how many groups have enough, but for as many as a column says are lacking.

        A switch is on where its group has enough and nowhere else, so that equal
        purchases are not told apart by their switches.
        """
        switches = []
        for group in count.groups:
            switch = self.draft.switch()
            places = np.append(self._place[list(group)], switch)
            ones = [1] * len(group)
            spare_kg = sum(self._book.offers[i].quantity_kg for i in group) - count.minimum_kg
            self.draft.row(places, [*ones, -count.minimum_kg], least=0)
            if spare_kg >= 0:
                self.draft.row(places, [*ones, -(spare_kg + 1)], most=count.minimum_kg - 1)
            switches.append(switch)
        short = [] if lacking is None else [lacking]
        self.draft.row([*switches, *short], 1, least=count.min_groups)

    def largest(self, sets: Sequence[Sequence[int]], sign: int) -> int:
        """Add a column at or above what each set comes to (sign 1), or at or below it (sign -1)."""
        column = self.draft.sum(0, self._bounds_kg[1])
        for offers in sets:
            places = np.append(self._place[list(offers)], column)
            self.draft.row(places, [-sign] * len(offers) + [sign], least=0)
        return column

    def formulation(self) -> Formulation | None:
        """Return what was written; None where bounds contradict each other by themselves."""
        program = self.draft.program()
        return None if program is None else Formulation(self._order, program)


def formulate(book: Book, rules: Portfolio, *, least_kg: int, most_kg: int) -> Formulation | None:
    """Write the program of a book under rules for a total between two bounds."""
    writer = Writer(book, least_kg, most_kg, rules.step_kg)
    writer.bind(rules)
    return writer.formulation()


def capped(book: Book, rules: Portfolio, total_kg: int) -> Formulation | None:
    """Write a program that holds every purchase of a total or less, with whole caps for shares."""
    writer = Writer(book, 0, total_kg, rules.step_kg)
    for bound in rules.shares:
        writer.cap(bound, total_kg)
    for count in rules.counts:
        writer.count(count)
    return writer.formulation()


def _floor(ratio: Fraction) -> int:
    return ratio.numerator // ratio.denominator


def _ceil(ratio: Fraction) -> int:
    return -(-ratio.numerator // ratio.denominator)
