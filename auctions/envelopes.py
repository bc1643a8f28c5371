"""What is inside a sealed envelope: a lot's price steps, its minimum, its answers on quality."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from auctions.canonical import canonical_bytes
from auctions.offers import Lot, Offer
from auctions.rules import Value
from auctions.scoring import Criterion, coefficient

MOST_STEPS = 10
STEP_BYTES = len('{"price_per_t":,"quantity_kg":},') + 24
"""Room for one step with numbers of twelve digits each."""
MINIMUM_BYTES = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """So many more kilograms of the lot at a price."""

    quantity_kg: int
    price_per_t: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTerms:
    """A supplier's terms for a lot: steps at rising prices, and how much of all at least."""

    steps: tuple[Step, ...]
    minimum_kg: int = 0
    """At least so much of the lot or nothing; equal to the quantity it is all-or-nothing."""
    answers: tuple[tuple[str, str], ...] = ()
    """Criterion and answer, in the order of the criteria's ids."""

    @property
    def quantity_kg(self) -> int:
        return sum(step.quantity_kg for step in self.steps)

    @property
    def dearest_per_t(self) -> int:
        return max(step.price_per_t for step in self.steps)


def one_price(quantity_kg: int, price_per_t: int, minimum_kg: int = 0) -> OfferTerms:
    """Return terms without steps: all of the quantity at one price."""
    step = Step(quantity_kg=quantity_kg, price_per_t=price_per_t)
    return OfferTerms(steps=(step,), minimum_kg=minimum_kg)


def sealed_facts(
    terms: OfferTerms,
    criteria: Sequence[Criterion],
    *,
    round_id: str,
    lot_id: str,
    supplier_id: str,
) -> dict[str, Any]:
    """Return what goes into the envelope, filled up so that its length tells nothing.

    Every envelope made out to ids of the same length, under the same criteria, is as long as
    one with all steps, the longest numbers and the longest answers.
    """
    inside = {
        "steps": [
            {"quantity_kg": step.quantity_kg, "price_per_t": step.price_per_t}
            for step in terms.steps
        ],
        "minimum_kg": terms.minimum_kg,
        "answers": dict(terms.answers),
    }
    return {
        "round": round_id,
        "lot": lot_id,
        "supplier": supplier_id,
        **inside,
        "filling": "0" * (_room(criteria) - len(canonical_bytes(inside))),
    }


def _room(criteria: Sequence[Criterion]) -> int:
    empty = canonical_bytes({"steps": [], "minimum_kg": 0, "answers": {}})
    answered = canonical_bytes(
        {
            criterion.id: max((answer.id for answer in criterion.answers), key=len)
            for criterion in criteria
        }
    )
    return len(empty) + MOST_STEPS * STEP_BYTES + MINIMUM_BYTES + len(answered)


def terms_inside(facts: Mapping[str, object]) -> OfferTerms:
    """Read the terms of an opened envelope; ValueError where they are not what they should be."""
    steps = facts.get("steps")
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
        raise ValueError("steps")
    answers = facts.get("answers")
    if not isinstance(answers, dict) or not all(
        isinstance(cell, str) for pair in answers.items() for cell in pair
    ):
        raise ValueError("answers")
    terms = OfferTerms(
        steps=tuple(map(_step, steps)),
        minimum_kg=_whole(facts, "minimum_kg", least=0),
        answers=tuple(sorted(answers.items())),
    )
    if not rises(terms.steps):
        raise ValueError("prices")
    return terms


def rises(steps: Sequence[Step]) -> bool:
    """Whether every step is dearer than the one before."""
    return all(one.price_per_t < other.price_per_t for one, other in pairwise(steps))


def _step(cells: object) -> Step:
    if not isinstance(cells, dict):
        raise ValueError("step")  # noqa: TRY004 - whoever opens it asks for one kind of failure
    return Step(
        quantity_kg=_whole(cells, "quantity_kg", least=1),
        price_per_t=_whole(cells, "price_per_t", least=1),
    )


def _whole(facts: Mapping[str, object], name: str, *, least: int) -> int:
    number = facts.get(name)
    if type(number) is not int or number < least:
        raise ValueError(name)
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What stands outside an envelope: whose it is, for which lot, and when it came in order."""

    id: str
    supplier: str
    project: str
    lot: str
    sequence: int
    quantity_bound_kg: int
    """All that the lot can still give: no envelope on it offers more."""
    attributes: Mapping[str, Value] = field(default_factory=dict, hash=False)


def unpacked(
    sender: Sender, terms: OfferTerms, criteria: Sequence[Criterion] = ()
) -> tuple[Lot, list[Offer]]:
    """Return the lot and the offers on it that an opened envelope comes to, a step each.

    The first offer bears the envelope's id, the others that and their number. One step alone
    carries the minimum; of several the lot does, since they are sold under it together. Raises
    BadBook where the answers are not those the criteria ask for.
    """
    alone = len(terms.steps) == 1
    own = coefficient(criteria, dict(terms.answers))
    lot = Lot(
        id=sender.lot,
        quantity_kg=sender.quantity_bound_kg,
        minimum_kg=0 if alone else terms.minimum_kg,
    )
    offers = [
        Offer(
            id=step_id(sender.id, place),
            supplier=sender.supplier,
            project=sender.project,
            lot=sender.lot,
            quantity_kg=step.quantity_kg,
            minimum_kg=terms.minimum_kg if alone else 0,
            price_per_t=step.price_per_t,
            coefficient=own,
            attributes=sender.attributes,
            sequence=sender.sequence,
        )
        for place, step in enumerate(terms.steps)
    ]
    return lot, offers


def step_id(envelope_id: str, place: int) -> str:
    """Return the id of an envelope's offer by its place from 0 on."""
    return envelope_id if place == 0 else f"{envelope_id}-{place + 1:02}"
