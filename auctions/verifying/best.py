"""That nothing better could be bought: by the merit order where it decides, and by challenge.

The merit order, minimums and rules left aside, buys the most at the least cost; so what equals it
is the best, and what it cannot beat at another limit nothing else can. A challenge is any purchase
that somebody holds against the result.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from auctions.flags import effective_price
from auctions.offers import MOST_KG, Offer
from auctions.portfolio import portfolio
from auctions.reading import fields, parse
from auctions.recording.values import DemandStep, Record, demand_steps
from auctions.refuted import Refuted, require
from auctions.results import Yield
from auctions.verifying.findings import Finding, Findings, is_full, unchecked
from auctions.verifying.purchase import claims_of
from auctions.verifying.together import (
    Wanted,
    as_awards,
    ceiling_of,
    check_together,
    effective_cost,
    rules_of,
    wanted_of,
)

Score = tuple[int, Fraction]
"""Kilograms (negative) and effective cost: the least is best."""


@dataclass(frozen=True, slots=True)
class Run:
    """One pass as far as it is told: demand at each limit, and what was chosen."""

    steps: tuple[DemandStep, ...]
    chosen: Wanted
    score: Score
    companies: int
    bought: Mapping[str, int] | None
    """Kilograms of offers, of the last pass only."""
    yielded: tuple[Yield, ...]


def check_best(record: Record) -> Findings:
    """Follow the merit order at each limit that is told; Refuted where it finds a better one."""
    ranked = sorted(record.offers, key=_merit)
    decided = [each for run in _runs(record) for each in _decided(record, ranked, run)]
    if all(decided):
        hidden = record.cleared.demand_kg is None
        what = "as much could not be had for less" if hidden else "nothing better was on offer"
        yield Finding("best", f"{what}: the merit order shows it")
    else:
        found = f"the merit order decides it at {sum(decided)} of {len(decided)} limits"
        yield unchecked("best", f"{found}; --optimal solves the others again")
    if any(row.yielded for row in record.passes):
        yield unchecked("rules", "that they yielded by the least is seen by solving again")
    if len(record.passes) > 1 and not is_full(record):
        yield unchecked("passes", "only the full record says who left, and what was wanted before")


def _merit(offer: Offer) -> tuple[Fraction | int, int, str]:
    """Effective price, then the order of acknowledgement, then id."""
    price = offer.price_per_t if offer.coefficient == 1 else effective_price(offer)
    return price, offer.sequence, offer.id


def _runs(record: Record) -> Iterator[Run]:
    standing = {claim.id: claim for claim in claims_of(record)}
    for row in record.passes[:-1] if is_full(record) else ():
        steps = tuple(demand_steps(standing.values(), ceiling_of(record)))
        told = {step.limit_per_t: step for step in steps}[row.limit_per_t or 0]
        chosen = Wanted(told.limit_per_t, told.demand_kg)
        score = (-row.bought_kg, row.effective_cost)
        yield Run(steps, chosen, score, told.companies, None, row.yielded)
        standing.pop(row.left or "")
    cleared = record.cleared
    yield Run(
        record.demand,
        wanted_of(record),
        (-cleared.bought_kg, cleared.effective_cost),
        cleared.companies or 0,
        {award.offer: award.quantity_kg for award in record.awards},
        record.passes[-1].yielded,
    )


def _decided(record: Record, ranked: list[Offer], run: Run) -> Iterator[bool]:
    """Say of the chosen limit and of each other whether the merit order decides it."""
    yield _is_decided(record, ranked, run)
    for step in run.steps:
        if step.limit_per_t != run.chosen.limit_per_t:
            wanted = Wanted(step.limit_per_t, step.demand_kg)
            bound = _score(record, _merit_order(record, ranked, wanted))
            # Of limits that buy as much for as much, the one with more members is chosen.
            yield bound > run.score or (bound == run.score and step.companies <= run.companies)


def _is_decided(record: Record, ranked: list[Offer], run: Run) -> bool:
    """Hold the merit order against the result: where the rules allow it, it must be the result."""
    bought = _merit_order(record, ranked, run.chosen)
    best = _score(record, bought)
    if bought == run.bought or (run.bought is None and best == run.score):
        return True
    if _is_allowed(record, bought, run.yielded):
        told = f"{-best[0]} kg for {best[1]} against {-run.score[0]} kg for {run.score[1]}"
        raise Refuted("not_the_best", told)
    return False


def _merit_order(record: Record, ranked: list[Offer], wanted: Wanted) -> dict[str, int]:
    """Fill the demand by price, then by order of acknowledgement; minimums and rules left aside."""
    room = {lot.id: lot.quantity_kg for lot in record.lots}
    bought = {o.id: o.fixed_kg for o in ranked if o.fixed_kg is not None}
    for offer in ranked:
        room[offer.lot] -= bought.get(offer.id, 0)
    left_kg = wanted.demand_kg - sum(bought.values())
    for offer in ranked:
        if offer.price_per_t <= wanted.limit_per_t and offer.id not in bought:
            kg = max(0, min(offer.quantity_kg, room[offer.lot], left_kg))
            room[offer.lot] -= kg
            left_kg -= kg
            bought |= {offer.id: kg} if kg else {}
    return bought


def _is_allowed(record: Record, bought: Mapping[str, int], yielded: tuple[Yield, ...]) -> bool:
    """Whether what the merit order buys keeps minimums and rules; it never passes a lot."""
    lots = dict.fromkeys((lot.id for lot in record.lots), 0)
    for offer in record.offers:
        kg = bought.get(offer.id, 0)
        lots[offer.lot] += kg
        if 0 < kg < offer.minimum_kg:
            return False
    if any(0 < lots[lot.id] < lot.minimum_kg for lot in record.lots):
        return False
    in_force = portfolio(rules_of(record), record.offers, {y.rule: y.by for y in yielded})
    return in_force.allows([bought.get(offer.id, 0) for offer in record.offers])


def _score(record: Record, bought: Mapping[str, int]) -> Score:
    return -sum(bought.values()), effective_cost(record, bought)


def _breaks(
    record: Record, wanted: Wanted, bought: Mapping[str, int], yielded: tuple[Yield, ...]
) -> Refuted | None:
    """Say which rule a purchase breaks, if any."""
    if not bought:
        return None
    try:
        check_together(record, wanted, as_awards(record, bought), yielded=yielded)
    except Refuted as refuted:
        return refuted
    return None


@dataclass(frozen=True, slots=True)
class Challenge:
    """A purchase that somebody holds against the result: kilograms of offers."""

    bought: Mapping[str, int]

    @classmethod
    def read(cls, file: bytes) -> "Challenge":
        """Read `{"awards": [{"offer", "quantity_kg"}, …]}`; price and value may stand beside.

        Raises Malformed.
        """
        told = fields(parse(file), "", ("awards",))
        rows = told.rows("awards", ("offer", "quantity_kg"), ("price_per_t", "value"), id="offer")
        return cls({row.text("offer"): row.whole("quantity_kg", most=MOST_KG) for row in rows})


def hold_against(record: Record, challenge: Challenge) -> str:
    """Say why a challenge does not refute the result; Refuted where it does.

    It refutes by buying more, or as much for less, within all rules, at any limit that is told.
    """
    bought = {id: kg for id, kg in challenge.bought.items() if kg}
    known = {offer.id: offer for offer in record.offers}
    if unknown := sorted(bought.keys() - known.keys()):
        return f"it names the offer {unknown[0]}, which was not made"
    dearest = max((known[id].price_per_t for id in bought), default=0)
    wanted, (kg, cost) = _wanted_at(record, dearest), _score(record, bought)
    if -kg > wanted.demand_kg:
        return f"it buys {-kg} kg, of which {wanted.demand_kg} kg are known to be wanted"
    yielded = record.passes[-1].yielded
    if (broken := _breaks(record, wanted, bought, yielded)) is not None:
        return f"it breaks a rule ({broken.what}, at {broken.where})"
    best = (-record.cleared.bought_kg, record.cleared.effective_cost)
    told = f"it buys {-kg} kg for {cost}, the result {-best[0]} kg for {best[1]}"
    require((kg, cost) >= best, "challenged", told)
    return told


def _wanted_at(record: Record, dearest: int) -> Wanted:
    """The most that is wanted at a limit that covers the dearest offer."""
    covering = [step for step in record.demand if step.limit_per_t >= dearest]
    chosen = wanted_of(record)
    # Vickrey's payments may be too dear at another limit, whatever is bought there.
    if covering and record.cleared.pricing != "vickrey":
        return Wanted(covering[-1].limit_per_t, covering[-1].demand_kg)
    return chosen if chosen.limit_per_t >= dearest else Wanted(chosen.limit_per_t, 0)
