"""A supplier's envelopes as they stand, for tests of offering."""

from __future__ import annotations

from club.operations.offering import withdraw_offer
from club.store import offers


def envelopes(context, seller, round_):
    with context.database.read() as tx:
        return offers.envelopes_of_supplier(tx, seller.organisation_id, round_.id)


def states(context, seller, round_):
    return [(e.sequence, e.state) for e in reversed(envelopes(context, seller, round_))]


def withdraw(context, seller, receipt, request_id="w1"):
    return withdraw_offer(context, seller, request_id=request_id, envelope_id=receipt.envelope_id)
