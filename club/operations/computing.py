"""The work between a clearing's two transactions: opening envelopes, clearing, explaining.

Nothing here touches a database or a clock: a frozen task in, a result for canonical JSON out, so
that it can run in another process and, run again, gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from typing import Any

from auctions import checks, sealing
from auctions.clearing import clear
from auctions.curves import demand_curve, supply_curve
from auctions.offers import Claim, Lot, Offer
from auctions.record import document_hash, plain, result_document
from auctions.results import Clearing
from auctions.sharing import Explanation
from auctions.ties import draw
from club.domain.offers import OfferTerms, Void, terms_inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a round is cleared from: the frozen inputs, the envelopes, and what opens them."""

    inputs: Mapping[str, Any]
    ciphertexts: Mapping[str, bytes]
    private_key: bytes = field(repr=False)
    seed: bytes = field(repr=False)


Result = dict[str, Any]
Shares = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What came out: the result, and apart from it, because it is by far the largest, who gets
    how many kilograms of which award; the result holds the hash of that."""

    result: Result
    shares: Shares


Engine = Callable[[Task], Computed]
"""Something that computes a task: `compute` itself, or a `worker.Worker`."""


def compute(task: Task) -> Computed:
    """Open, clear, check and explain a round.

    An envelope that cannot be opened, or holds what it may not, is void, and the rest is
    cleared. Raises Refuted where the outcome breaks a rule, and ValueError where an envelope is
    not the one that was frozen.
    """
    opened, void = _open_all(task)
    claims = [Claim(**row) for row in task.inputs["claims"]]
    offers = [row for row, _ in opened]
    lots = [
        Lot(id=row["lot"], quantity_kg=row["quantity_bound_kg"])
        for row in task.inputs["envelopes"]
        if row["id"] not in void
    ]
    ceiling_per_t = task.inputs["ceiling_per_t"]
    terms = {"ceiling_per_t": ceiling_per_t, "seed": task.seed}
    clearing = clear(claims, lots, offers, wanted_kg=task.inputs["wanted_kg"], **terms)
    checks.check(clearing, claims, lots, offers, **terms)
    document = result_document(claims, lots, offers, clearing, **terms)
    shares = document["clearing"].pop("shares")
    result = {
        "document": document,
        "shares_hash": document_hash(shares),
        "opened": [
            {"id": offer.id, "facts": envelope["offer"], "nonce": envelope["nonce"]}
            for offer, envelope in opened
        ],
        "void": {id: reason.value for id, reason in sorted(void.items())},
        "members": _members(claims, clearing, task.seed),
        "summary": _summary(clearing)
        | {
            "offered_kg": sum(offer.quantity_kg for offer in offers),
            "demand": [list(point) for point in demand_curve(claims, ceiling_per_t).items()],
            "supply": [list(point) for point in supply_curve(lots, offers).items()],
        },
    }
    return Computed(result=result, shares=shares)


Opened = tuple[Offer, dict[str, Any]]


def _open_all(task: Task) -> tuple[list[Opened], dict[str, Void]]:
    opened: list[Opened] = []
    void: dict[str, Void] = {}
    for row in task.inputs["envelopes"]:
        ciphertext = task.ciphertexts[row["id"]]
        if sha256(ciphertext).hexdigest() != row["ciphertext_hash"]:
            raise ValueError(f"envelope {row['id']} is not the one that was frozen")
        if not row["is_supplier_approved"]:
            void[row["id"]] = Void.SUSPENDED
            continue
        try:
            opened.append(_open(task, row, ciphertext))
        except sealing.CommitmentMismatch:
            void[row["id"]] = Void.MISMATCH
        except sealing.SealingError:
            void[row["id"]] = Void.UNREADABLE
        except ValueError:
            void[row["id"]] = Void.OUTSIDE
    return opened, void


def _open(task: Task, row: Mapping[str, Any], ciphertext: bytes) -> Opened:
    envelope = sealing.Envelope(ciphertext, bytes.fromhex(row["commitment"]))
    facts, nonce = sealing.open_offer(task.private_key, envelope)
    terms = terms_inside(facts)
    made_out_to = {"round": task.inputs["round"]} | {key: row[key] for key in ("lot", "supplier")}
    if any(facts.get(key) != value for key, value in made_out_to.items()):
        raise ValueError("made out to another lot, round or supplier")
    _require_within(terms, row["quantity_bound_kg"], task.inputs["ceiling_per_t"])
    offer = Offer(
        id=row["id"],
        supplier=row["supplier"],
        project=row["project"],
        lot=row["lot"],
        quantity_kg=terms.quantity_kg,
        minimum_kg=terms.minimum_kg,
        price_per_t=terms.price_per_t,
        sequence=row["sequence"],
    )
    return offer, {"offer": facts, "nonce": nonce.hex()}


def _require_within(terms: OfferTerms, bound_kg: int, ceiling_per_t: int) -> None:
    fits = terms.minimum_kg <= terms.quantity_kg <= bound_kg
    if not fits or terms.price_per_t > ceiling_per_t:
        raise ValueError("outside the terms of the round or of the lot")


def _members(claims: Sequence[Claim], clearing: Clearing, seed: bytes) -> dict[str, Any]:
    """Why each member gets what it gets: taking part, priced out, or left for its minimum."""
    explained: dict[str, Any] = {}
    left = {run.left: run for run in clearing.passes if run.left is not None}
    for claim in claims:
        if claim.id in clearing.totals_kg:
            facts = plain(explain(claim, clearing, seed))
            facts |= {"outcome": "takes_part", "amount": plain(clearing.amounts[claim.id])}
        elif claim.id in left:
            facts = {"outcome": "left", "quota": plain(left[claim.id].left_quota)}
        else:
            facts = {"outcome": "limit_below" if clearing.limit_per_t else "nothing_bought"}
        explained[claim.id] = facts
    return explained


def explain(claim: Claim, clearing: Clearing, seed: bytes) -> Explanation:
    """What `auctions.sharing.explain` says, without sharing the whole again for each member."""
    quota = Fraction(clearing.bought_kg * claim.quantity_kg, clearing.demand_kg)
    floor_kg = quota.numerator // quota.denominator
    result_kg = clearing.totals_kg[claim.id]
    return Explanation(
        id=claim.id,
        pledge_kg=claim.quantity_kg,
        pool_kg=clearing.demand_kg,
        total_kg=clearing.bought_kg,
        limit_per_t=clearing.limit_per_t,
        quota=quota,
        floor_kg=floor_kg,
        remainder=quota - floor_kg,
        draw=draw(seed, "share", claim.id).hex(),
        rounded_up=result_kg > floor_kg,
        result_kg=result_kg,
    )


def _summary(clearing: Clearing) -> dict[str, Any]:
    """What a round's page shows, kept apart so that no page reads the whole result."""
    return {
        "bought_kg": clearing.bought_kg,
        "demand_kg": clearing.demand_kg,
        "limit_per_t": clearing.limit_per_t,
        "value": plain(clearing.value),
        "price": plain(clearing.member_price_per_t),
        "participants": len(clearing.participants),
    }
