"""The work between a clearing's two transactions: opening envelopes, clearing, explaining.

Nothing here touches a database or a clock: a frozen task in, a result for canonical JSON out, so
that it can run in another process and, run again, gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol, TypeVar, runtime_checkable

from auctions import checks, sealing
from auctions.clearing import clear
from auctions.envelopes import OfferTerms, Sender, terms_inside, unpacked
from auctions.explaining import Result, Shares, result_of
from auctions.formats import ending
from auctions.offers import Claim, Lot, Offer
from auctions.opinion import Opinion, opinion
from auctions.refuted import Refuted
from auctions.results import Unproved
from auctions.rule_reading import read_rules
from auctions.scoring import read_criteria
from club.domain.offers import Void

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a round is cleared from: the frozen inputs, the envelopes, and what opens them."""

    inputs: Mapping[str, Any]
    ciphertexts: Mapping[str, bytes]
    private_key: bytes = field(repr=False)
    seed: bytes = field(repr=False)
    suspended: frozenset[str] = frozenset()
    """Suppliers suspended since the inputs were frozen: their envelopes are not opened either."""

    def run(self) -> Computed:
        return _computed(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What came out: the result, and apart from it, because it is by far the largest, who gets
    how many kilograms of which award; the result holds the hash of that."""

    result: Result
    shares: Shares
    opinion: Opinion
    """Of another solver; apart from the result, since it may run out of time."""


class Why(StrEnum):
    """Why a clearing waits for a person."""

    UNPROVED = "unproved"
    """There is no proof that the purchase is the best."""
    REFUTED = "refuted"
    """What was found breaks a rule."""
    DISPUTED = "disputed"
    """Another solver found a better purchase."""


class Stopped(Exception):
    """A clearing that a person has to look at: nothing is published before that."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@runtime_checkable
class Job(Protocol[R_co]):
    """Something to be computed without a database: a round's `Task`, or what is bought later."""

    def run(self) -> R_co: ...


class Engine(Protocol):
    """Something that computes a job: `compute` itself, or a `worker.Worker`."""

    def __call__(self, job: Job[R], /) -> R: ...


def compute(job: Job[R]) -> R:
    """Do a job in this very process; raises Stopped where a person has to look at it."""
    try:
        return job.run()
    except Unproved as error:
        raise Stopped(Why.UNPROVED) from error
    except Refuted as error:
        raise Stopped(Why.REFUTED) from error


def _computed(task: Task) -> Computed:
    """Open, clear, check and explain a round.

    An envelope that cannot be opened, or holds what it may not, is void, and the rest is
    cleared; what a live auction ended in is cleared alike. Raises what `clear` and its check
    raise, Stopped where another solver finds a better purchase, and ValueError where an envelope
    is not the one that was frozen.
    """
    opened, void = _open_all(task)
    live = ending.read(task.inputs, task.seed)
    void |= dict.fromkeys(live.suspended, Void.SUSPENDED)
    claims = [Claim(**row) for row in task.inputs["claims"]]
    lots = [*(each.lot for each in opened), *live.lots]
    offers = [*(offer for each in opened for offer in each.offers), *live.offers]
    ceiling_per_t = task.inputs["ceiling_per_t"]
    rules = read_rules(task.inputs["rules"], "rules")
    terms: dict[str, Any] = {"ceiling_per_t": ceiling_per_t, "seed": task.seed, "rules": rules}
    chosen = {key: task.inputs[key] for key in ("wanted_kg", "pricing", "sharing")}
    clearing = clear(claims, lots, offers, **chosen, **terms)
    checks.check(clearing, claims, lots, offers, **terms)
    second = opinion(clearing, lots, offers, rules)
    if second == "differs":
        raise Stopped(Why.DISPUTED)
    result, shares = result_of(
        claims,
        lots,
        offers,
        clearing,
        **terms,
        opened=[{"id": each.id, "facts": each.facts, "nonce": each.nonce} for each in opened],
        void={id: reason.value for id, reason in void.items()},
    )
    return Computed(result=result, shares=shares, opinion=second)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An envelope's lot and offers, and what proves that they were inside."""

    id: str
    lot: Lot
    offers: list[Offer]
    facts: dict[str, Any]
    nonce: str


def _open_all(task: Task) -> tuple[list[Opened], dict[str, Void]]:
    opened: list[Opened] = []
    void: dict[str, Void] = {}
    for row in task.inputs["envelopes"]:
        ciphertext = task.ciphertexts[row["id"]]
        if sha256(ciphertext).hexdigest() != row["ciphertext_hash"]:
            raise ValueError(f"envelope {row['id']} is not the one that was frozen")
        if not row["is_supplier_approved"] or row["supplier"] in task.suspended:
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
    sender = Sender(**{field.name: row[field.name] for field in fields(Sender)})
    lot, offers = unpacked(sender, terms, read_criteria(task.inputs["criteria"]))
    return Opened(id=row["id"], lot=lot, offers=offers, facts=facts, nonce=nonce.hex())


def _require_within(terms: OfferTerms, bound_kg: int, ceiling_per_t: int) -> None:
    fits = terms.minimum_kg <= terms.quantity_kg <= bound_kg
    if not fits or terms.dearest_per_t > ceiling_per_t:
        raise ValueError("outside the terms of the round or of the lot")
