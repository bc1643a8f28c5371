"""What is asked about a cleared round, or of a past one, and worked out in another process.

As a task of `computing`, a question holds all that its answer depends on, and nothing here
touches a database or a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from auctions.flags import effective_price
from auctions.inputs import Inputs
from auctions.reasons import Reason, reasons
from auctions.results import Clearing, Unproved
from auctions.tightness import Tightness, tightness
from auctions.winning_price import MOST_CLEARS, WinningPrice, would_have_won_at
from club.domain.explaining import (
    Explained,
    is_priced,
    public_side,
    shown_price,
    shown_reason,
)

Told = Callable[[int, int], None]
"""Is told how much is done, of how much."""
A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)

LEAST_PER_T = 1
"""No offer costs nothing."""


class Question(Protocol[A_co]):
    """Something that can be answered anywhere, and says on the way how far it has come."""

    def answer(self, told: Told) -> A_co: ...


class Ask(Protocol):
    """Something that has questions answered: here, or by another process."""

    def __call__(self, question: Question[A], told: Told) -> A: ...


def untold(_done: int, _of: int) -> None:
    """For whoever does not watch."""


def ask_here(question: Question[A], told: Told = untold) -> A:
    """Answer a question in this process."""
    return question.answer(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain:
    """Why offers won or lost, and at what price those that lost would have won.

    `most_clears` bounds how often the round is cleared again for the reasons, and as often for
    the prices; what would take more is left open.
    """

    inputs: Inputs
    clearing: Clearing
    offers: frozenset[str] | None = None
    """Ids of the offers asked about; None is all."""
    most_clears: int | None = None

    def answer(self, told: Told) -> tuple[Explained, ...]:
        found = reasons(self.inputs, self.clearing, most_clears=self.most_clears, only=self.offers)
        public = public_side(self.inputs, self.clearing)
        offers = {offer.id: offer for offer in self.inputs.offers}
        prices = _Prices(self.inputs, self.clearing, self.most_clears)
        explained = []
        for done, reason in enumerate(found):
            told(done, len(found))
            price = prices.of(reason)
            explained.append(
                Explained(
                    offer=reason.offer,
                    reason=reason,
                    shown_reason=shown_reason(reason, public),
                    effective_per_t=effective_price(offers[reason.offer]),
                    price=price,
                    shown_price=shown_price(self.inputs, public, offers[reason.offer], price)
                    if price
                    else None,
                    is_final=self.most_clears is None,
                )
            )
        told(len(found), len(found))
        return tuple(explained)


class _Prices:
    """Looks for one price after another until the clearings that it may take are used up."""

    def __init__(self, inputs: Inputs, clearing: Clearing, most_clears: int | None) -> None:
        self._inputs = inputs
        self._clearing = clearing
        self._left = most_clears

    def of(self, reason: Reason) -> WinningPrice | None:
        if self._left == 0 or not is_priced(reason):
            return None
        clears = [0]
        most = MOST_CLEARS if self._left is None else min(MOST_CLEARS, self._left)
        price = would_have_won_at(
            self._inputs,
            self._clearing,
            reason.offer,
            least_per_t=LEAST_PER_T,
            most_clears=most,
            told=clears.append,
        )
        if self._left is not None:
            self._left -= clears[-1]
        return None if self._left == 0 and price.certainty == "at_least" else price


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How tight rules are against a book; None where no purchase could be proved the best."""

    inputs: Inputs

    def answer(self, told: Told) -> Tightness | None:
        try:
            return tightness(self.inputs, told)
        except Unproved:
            return None
