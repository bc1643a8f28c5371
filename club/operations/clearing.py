"""Clearing a round in two transactions: freeze the inputs, compute outside, write everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from auctions import sealing
from auctions.explaining import Result, Shares
from auctions.record import document_hash
from club.domain.offers import Allocation, Award, Envelope, Offer
from club.domain.rounds import Phase, Round, move
from club.operations.announcing import announce_failure, announce_result
from club.operations.asking_why import ask_for_explanations
from club.operations.awaiting import begin_opening, may_open
from club.operations.computing import Computed, Engine, Task, compute
from club.operations.context import Context
from club.operations.deed import Deed, begin_system
from club.operations.freezing import inputs_once_over
from club.operations.posting import post_awards
from club.operations.sealing import kept_secret, private_key, round_secret_name
from club.store import clearings, journal, offers, openers, rounds
from club.store.clearings import ClearingRow
from club.store.database import Connection

__all__ = ["Engine", "clear_round", "compute", "whole_document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A round's inputs as they were when bidding closed, with the sealed envelopes."""

    round_: Round
    inputs: Mapping[str, Any]
    inputs_hash: str
    envelopes: tuple[Envelope, ...]


def clear_round(context: Context, round_id: str, engine: Engine = compute) -> bool:
    """Clear a round whose bidding is over; whether this call is the one that did.

    Where openers open, bidding closes here, and the rest waits until enough of them have come.
    Killed anywhere, the round is as it was, frozen, or whole, and the next call goes on from
    there; called twice, at once or again, it happens once.
    """
    frozen = _freeze(context, round_id)
    task = _task(context, frozen) if frozen else None
    if frozen is None or task is None:
        return False
    return _write(context, frozen, engine(task))


def _freeze(context: Context, round_id: str) -> Frozen | None:
    """Transaction 1: the inputs and their hash, once; None where there is nothing to clear."""
    with begin_system(context) as deed:
        round_ = rounds.lock(deed.tx, round_id)
        envelopes = tuple(offers.standing(deed.tx, round_id))
        inputs = inputs_once_over(deed, round_, envelopes)
        if inputs is not None:
            inputs_hash = document_hash(inputs)
            clearings.freeze(
                deed.tx,
                ClearingRow(
                    round_id=round_id, inputs_hash=inputs_hash, inputs=inputs, frozen_at=deed.at
                ),
            )
            round_ = move(round_, Phase.CLEARING)
            rounds.change(deed.tx, round_)
            facts: dict[str, object] = {"inputs_hash": inputs_hash, "envelopes": len(envelopes)}
            deed.done("bidding.closed", round_id, chain=round_id, facts=facts)
            begin_opening(deed, round_)
        if round_.phase is not Phase.CLEARING or not may_open(deed.tx, round_):
            return None
        row = _row(deed, round_id)
        return Frozen(
            round_=round_,
            inputs=row.inputs,
            inputs_hash=row.inputs_hash,
            envelopes=envelopes,
        )


def _row(deed: Deed, round_id: str) -> ClearingRow:
    row = clearings.get(deed.tx, round_id)
    if row is None or document_hash(row.inputs) != row.inputs_hash:
        raise ValueError(f"the frozen inputs of round {round_id} are not what they were")
    return row


def _task(context: Context, frozen: Frozen) -> Task | None:
    """What the engine needs; None where another host was first and the openers' shares are gone.
    A host without the round's own secrets cannot clear it."""
    secret = kept_secret(context, round_secret_name(frozen.round_.id))
    with context.database.read() as tx:
        round_ = rounds.get(tx, frozen.round_.id)
        if round_.phase is not Phase.CLEARING:
            return None
        key = rounds.key(tx, round_.id)
        if key is None or key.secret_hash != sealing.secret_hash(secret).hex():
            raise LookupError(f"the keyring holds another secret than that of round {round_.id}")
        return Task(
            inputs=frozen.inputs,
            ciphertexts={e.id: e.ciphertext for e in frozen.envelopes},
            private_key=private_key(context, tx, round_),
            seed=sealing.draw_seed(secret, bytes.fromhex(frozen.inputs_hash)),
            suspended=openers.opening(tx, round_.id).excluded,
        )


def _write(context: Context, frozen: Frozen, computed: Computed) -> bool:
    """Transaction 2: everything at once, unless somebody else was first or called it off."""
    result = computed.result
    result_hash = document_hash(result)
    with begin_system(context) as deed:
        round_ = rounds.lock(deed.tx, frozen.round_.id)
        if round_.phase is not Phase.CLEARING:
            return False
        if _row(deed, round_.id).inputs_hash != frozen.inputs_hash:
            raise ValueError(f"round {round_.id} was frozen with other inputs")
        opened = _offers(round_, result)
        offers.mark_opened(deed.tx, round_.id)
        offers.add_offers(deed.tx, opened)
        secret = kept_secret(context, round_secret_name(round_.id))
        rounds.reveal_secret(deed.tx, round_.id, secret.hex())
        clearings.finish(deed.tx, round_.id, result=result, result_hash=result_hash, at=deed.at)
        openers.close(deed.tx, round_.id)
        facts: dict[str, object] = {
            "inputs_hash": frozen.inputs_hash,
            "result_hash": result_hash,
            "void": sorted(result["void"]),
            "second_opinion": computed.opinion,
            "club_head": _club_head(deed),
        }
        if result["document"]["clearing"]["awards"]:
            _settle(deed, round_, computed, facts)
        else:
            _fail(deed, round_, result, facts)
        return True


def _club_head(deed: Deed) -> dict[str, object]:
    """Where the club's own chain stands, so that the round's, once published, holds it in place."""
    head = journal.head(deed.tx, journal.CLUB)
    return {"number": head.number, "hash": head.hash}


def _settle(deed: Deed, round_: Round, computed: Computed, facts: dict[str, object]) -> None:
    result = computed.result
    awards = _awards(round_, result)
    allocations = _allocations(round_, computed.shares)
    amounts_jpy = {
        id: int(amount) for id, amount in result["document"]["clearing"]["amounts"].items()
    }
    clearings.add_awards(deed.tx, awards)
    clearings.add_allocations(deed.tx, allocations)
    settled = move(round_, Phase.SETTLING)
    rounds.change(deed.tx, settled)
    bought = {"bought_kg": result["summary"]["bought_kg"], "awards": [a.id for a in awards]}
    deed.done("round.cleared", round_.id, chain=round_.id, facts=facts | bought)
    if not ask_for_explanations(deed, settled, awards, result["document"]["offers"]):
        post_awards(deed, settled, awards, allocations, amounts_jpy)
    announce_result(deed, settled, awards, result)


def _fail(deed: Deed, round_: Round, result: Result, facts: dict[str, object]) -> None:
    reason = "nothing_bought" if result["document"]["offers"] else "no_offers"
    failed = move(round_, Phase.FAILED)
    rounds.change(deed.tx, failed)
    deed.done("round.failed", round_.id, chain=round_.id, facts=facts | {"reason": reason})
    announce_failure(deed, failed, reason)


def _offers(round_: Round, result: Result) -> list[Offer]:
    """The opened offers; of several steps each tells the minimum of their lot."""
    minimums = {row["id"]: row["minimum_kg"] for row in result["document"]["lots"]}
    return [
        Offer(
            id=row["id"],
            round_id=round_.id,
            lot_id=row["lot"],
            supplier_id=row["supplier"],
            sequence=row["sequence"],
            quantity_kg=row["quantity_kg"],
            price_per_t=row["price_per_t"],
            minimum_kg=row["minimum_kg"] or minimums[row["lot"]],
        )
        for row in result["document"]["offers"]
    ]


def _awards(round_: Round, result: Result) -> list[Award]:
    """An award bears the id of the offer that won it, so that every run writes the same rows."""
    by_id = {offer.id: offer for offer in _offers(round_, result)}
    return [
        Award(
            id=row["offer"],
            round_id=round_.id,
            offer_id=row["offer"],
            lot_id=by_id[row["offer"]].lot_id,
            supplier_id=by_id[row["offer"]].supplier_id,
            quantity_kg=row["quantity_kg"],
            price_per_t=Fraction(row["price_per_t"]),
            value_jpy=int(row["value"]),
        )
        for row in result["document"]["clearing"]["awards"]
    ]


def _allocations(round_: Round, shares: Shares) -> list[Allocation]:
    return [
        Allocation(
            round_id=round_.id, organisation_id=member, award_id=award, quantity_kg=quantity_kg
        )
        for member, row in sorted(shares.items())
        for award, quantity_kg in sorted(row.items())
        if quantity_kg
    ]


def whole_document(tx: Connection, round_id: str) -> dict[str, Any] | None:
    """The engine's own document of a cleared round, with everybody's kilograms of each award,
    as `auctions.record.result_document` wrote it; None before clearing."""
    row = clearings.get(tx, round_id)
    if row is None or row.result is None:
        return None
    document: dict[str, Any] = row.result["document"]
    nothing = {award["offer"]: 0 for award in document["clearing"]["awards"]}
    shares = {member: dict(nothing) for member in document["clearing"]["participants"]}
    for allocation in clearings.allocations_of_round(tx, round_id):
        if allocation.award_id in nothing:  # and not of what was bought later
            shares[allocation.organisation_id][allocation.award_id] = allocation.quantity_kg
    if document_hash(shares) != row.result["shares_hash"]:
        raise ValueError(f"the allocations of round {round_id} are not what was computed")
    return document | {"clearing": document["clearing"] | {"shares": shares}}
