"""What was bought and shared: allowed by the rules, added up rightly, at the right prices."""

from fractions import Fraction

from auctions.checks import check
from auctions.mix_checks import check_matrix
from auctions.offers import BadBook, Claim
from auctions.recording.values import DemandStep, PassRow, Record, demand_steps
from auctions.refuted import Refuted, require
from auctions.results import Clearing, Pass, Tried
from auctions.verifying.findings import Finding, Findings, is_full, same, unchecked
from auctions.verifying.together import (
    OWN_PRICE,
    as_awards,
    ceiling_of,
    check_together,
    effective_cost,
    paid_for,
    rules_of,
    supply_at_limit,
    wanted_of,
)


def claims_of(record: Record) -> list[Claim]:
    """The pledges, in the full record."""
    return [
        Claim(row.member, row.quantity_kg, row.minimum_kg, row.limit_per_t)
        for row in record.members
    ]


def clearing_of(full: Record) -> Clearing:
    """Put the clearing together again from the tables of a full record."""
    cleared, taking = full.cleared, [row for row in full.members if row.outcome == "takes_part"]
    nothing = {award.offer: 0 for award in full.awards}
    return Clearing(
        pricing=cleared.pricing,
        sharing=cleared.sharing,
        awards=full.awards,
        limit_per_t=cleared.limit_per_t,
        demand_kg=cleared.demand_kg or 0,
        bought_kg=cleared.bought_kg,
        wanted_kg=cleared.wanted_kg,
        effective_cost=cleared.effective_cost,
        member_price_per_t=cleared.member_price_per_t,
        value=cleared.value,
        participants=tuple(row.member for row in taking),
        totals_kg={row.member: row.total_kg for row in taking},
        shares={row.member: nothing | dict(row.kilograms) for row in taking},
        amounts={row.member: row.amount for row in taking},
        passes=tuple(_pass(full, row) for row in full.passes),
        flags=cleared.flags,
    )


def _pass(full: Record, row: PassRow) -> Pass:
    return Pass(
        tried=tuple(each.tried for each in full.tried if each.pass_number == row.number),
        limit_per_t=row.limit_per_t,
        bought_kg=row.bought_kg,
        effective_cost=row.effective_cost,
        yielded=row.yielded,
        left=row.left,
        left_minimum_kg=row.left_minimum_kg,
        left_quota=row.left_quota,
    )


def check_purchase(record: Record) -> Findings:
    """Check everything but that there is nothing better; Refuted at the first that is wrong."""
    seed, ceiling_per_t = bytes.fromhex(record.about.seed), ceiling_of(record)
    _check_passes(record)
    try:
        if is_full(record):
            claims = claims_of(record)
            clearing = clearing_of(record)
            check(
                clearing,
                claims,
                record.lots,
                record.offers,
                ceiling_per_t=ceiling_per_t,
                seed=seed,
                rules=rules_of(record),
            )
            yield from _full(record, claims)
        else:
            _check_sums(record)
            yield from _public(record)
    except BadBook as error:
        raise Refuted(error.code, error.where) from error
    except ImportError:
        yield unchecked("awards", "Vickrey's payments need a solver here, and there is none")
    _check_names(record)


def _check_passes(record: Record) -> None:
    """Somebody left after every pass but the last, and the last is the result."""
    numbers = [(row.number, row.has_left) for row in record.passes]
    count = len(record.passes)
    require(count > 0, "passes", "passes")
    same(numbers, [(n, n < count) for n in range(1, count + 1)], "passes", "passes")
    last, cleared = record.passes[-1], record.cleared
    told = (last.limit_per_t, last.bought_kg, last.effective_cost)
    expected = (cleared.limit_per_t, cleared.bought_kg, cleared.effective_cost)
    same(told, expected, "last_pass", "passes")
    if is_full(record):
        leaving = [row.left is not None for row in record.passes]
        same(leaving, [row.has_left for row in record.passes], "has_left", "passes")


def _check_sums(record: Record) -> None:
    """Kilograms, value, cost and price follow from the awards."""
    cleared, awards = record.cleared, record.awards
    bought_kg = sum(award.quantity_kg for award in awards)
    bought = {award.offer: award.quantity_kg for award in awards}
    for name, expected in (
        ("bought_kg", bought_kg),
        ("value", sum(award.value for award in awards)),
        ("effective_cost", effective_cost(record, bought)),
        ("member_price_per_t", paid_for(awards) * Fraction(1, bought_kg) if bought_kg else None),
    ):
        same(getattr(cleared, name), expected, "sum", name)


def _full(record: Record, claims: list[Claim]) -> Findings:
    left = {row.left for row in record.passes}
    standing = [claim for claim in claims if claim.id not in left]
    steps = tuple(demand_steps(standing, ceiling_of(record)))
    same(record.demand, steps, "demand", "demand")
    same(record.cleared.companies, len(clearing_of(record).participants), "companies", "cleared")
    yield Finding("awards", "within offers, lots, limits and demand; sums and prices are right")
    yield Finding("passes", f"{len(record.passes)} followed, each limit with its bound")
    yield Finding("shares", "rounded by largest remainder and draw; nobody gets above the pledge")
    _check_mix(record)
    yield Finding("mix", "the same for everybody, as nearly as whole kilograms allow")
    yield Finding("amounts", "add up to the value of the awards")


def _check_mix(record: Record) -> None:
    """The prices prove that no mix is fairer, and the draw picks this one among equals."""
    won = {award.offer: award.quantity_kg for award in record.awards}
    prices = {each.offer: each.price * record.cleared.bought_kg for each in record.mix_prices}
    same(list(prices), list(won), "mix_prices", "mix_prices")
    for offer, price in prices.items():
        require(price.denominator == 1, "mix_price", offer)
    if not won:
        return
    clearing = clearing_of(record)
    whole = {offer: price.numerator for offer, price in prices.items()}
    seed = bytes.fromhex(record.about.seed)
    check_matrix(clearing.totals_kg, won, clearing.shares, whole, seed=seed)


def _public(record: Record) -> Findings:
    cuts = tuple(cut.purpose for cut in record.cut_offs)
    same(cuts, ("share", "amount") if record.awards else (), "cut_offs", "cut_offs")
    wanted, cleared = wanted_of(record), record.cleared
    hidden = cleared.pricing == "vickrey" and cleared.demand_kg is None
    awards = as_awards(record, {a.offer: a.quantity_kg for a in record.awards} if hidden else {})
    require(bool(record.awards) or not cleared.flags, "flags", "cleared")
    if record.awards:
        yielded, pricing = record.passes[-1].yielded, OWN_PRICE if hidden else cleared.pricing
        check_together(
            record,
            wanted,
            awards or record.awards,
            pricing=pricing,
            yielded=yielded,
            flags=cleared.flags,
        )
    yield Finding("awards", "within offers, lots and rules; sums are right")
    if hidden:
        yield unchecked("prices", "Vickrey's payments depend on the demand, which is not told")
    else:
        yield Finding("prices", f"suppliers are paid as the price rule says ({cleared.pricing})")
    if cleared.demand_kg is None:
        yield unchecked("demand", "not told, because fewer than five companies take part")
    else:
        _check_steps(record)
        yield Finding("demand", "covers what was bought, and no limit that is told was better")
    yield unchecked("shares", "each member checks its own row; the full record holds all")


def _check_steps(record: Record) -> None:
    """Demand rises as the price falls; each limit that is told has its bound, and does not beat."""
    cleared = record.cleared
    rising = [(-step.limit_per_t, step.demand_kg, step.companies) for step in record.demand]
    for name, column in zip(
        ("limit_per_t", "demand_kg", "companies"), zip(*rising, strict=True), strict=False
    ):
        require(list(column) == sorted(set(column)), name, "demand")
    told = {step.limit_per_t: step for step in record.demand}
    chosen = told.get(cleared.limit_per_t or 0)
    require(chosen is not None, "chosen_limit", "demand")
    if chosen is not None:
        expected = (chosen.demand_kg, chosen.companies)
        same((cleared.demand_kg, cleared.companies), expected, "demand", "cleared")
    looked_at = {row.tried.limit_per_t for row in record.tried}
    require(cleared.limit_per_t in looked_at, "chosen_limit", "tried")
    for row in record.tried:
        same(row.pass_number, len(record.passes), "passes", "tried")
        where = f"limit {row.tried.limit_per_t}"
        step = told.get(row.tried.limit_per_t)
        require(step is not None, "limits", where)
        if step is not None:
            _check_tried(record, row.tried, step)


def _check_tried(record: Record, tried: Tried, step: DemandStep) -> None:
    """A limit has the demand and supply there, and its result or bound does not beat the chosen."""
    cleared, where = record.cleared, f"limit {tried.limit_per_t}"
    supply_kg = supply_at_limit(record, tried.limit_per_t)
    bounds = (step.demand_kg, supply_kg, min(step.demand_kg, supply_kg))
    same((tried.demand_kg, tried.supply_kg, tried.bound_kg), bounds, "bound", where)
    if tried.limit_per_t == cleared.limit_per_t:
        same((*_order(tried), tried.too_dear), (*_order_of(record), False), "chosen_limit", where)
    if tried.bought_kg is None:
        bound_kg = min(bounds if tried.rules_kg is None else (*bounds, tried.rules_kg))
        is_below = tried.covered_by is not None or bound_kg < max(cleared.bought_kg, 1)
        require(is_below, "better_limit", where)
        return
    if tried.too_dear:
        price = tried.member_price_per_t
        is_vickrey = cleared.pricing == "vickrey" and price is not None
        require(is_vickrey and (price or 0) > tried.limit_per_t, "too_dear", where)
        return
    same(tried.members, step.companies, "companies", where)
    require(_order(tried) >= _order_of(record), "better_limit", where)


def _order(tried: Tried) -> tuple[int, Fraction, Fraction]:
    cost, price = tried.effective_cost, tried.member_price_per_t
    return -(tried.bought_kg or 0), cost or Fraction(0), price or Fraction(0)


def _order_of(record: Record) -> tuple[int, Fraction, Fraction]:
    cleared = record.cleared
    return -cleared.bought_kg, cleared.effective_cost, cleared.member_price_per_t or Fraction(0)


def _check_names(record: Record) -> None:
    """Winners have a name, and nobody else."""
    won = {award.offer for award in record.awards}
    offers = [offer for offer in record.offers if offer.id in won]
    suppliers, projects = ({getattr(o, kind) for o in offers} for kind in ("supplier", "project"))
    same([each.id for each in record.suppliers], sorted(suppliers), "names", "suppliers")
    same([each.id for each in record.projects], sorted(projects), "names", "projects")
