"""Sealing an offer for a lot, its signed receipt, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from auctions import sealing
from auctions.envelopes import OfferTerms, sealed_facts
from club.domain import offers as rules
from club.domain.auction_terms import Format
from club.domain.errors import NotFound, TermsRefused
from club.domain.lots import Lot
from club.domain.notices import NoticeKind
from club.domain.offer_sheet import LotOffer
from club.domain.offers import Envelope, EnvelopeState
from club.domain.organisations import Actor, Role
from club.domain.rounds import Round, require_bidding, require_opened
from club.operations import telling
from club.operations.context import Context
from club.operations.deed import Deed, begin, looking
from club.operations.selling import own_lot, require_format, require_seller, supplier_of
from club.store import journal, offers, people, rounds

RECEIPTS_KEY = "receipts"
"""Under which name the keyring holds the key that signs receipts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The club's signed word that it holds an envelope; `verify_key` is the key's public half."""

    envelope_id: str
    round_id: str
    lot_id: str
    supplier_id: str
    sequence: int
    commitment: str
    received_at: datetime
    signature: str
    verify_key: str


def place_offer(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    round_id: str,
    lot_id: str,
    terms: OfferTerms,
) -> Receipt:
    """Seal the supplier's offer for a lot; a new one takes the place of the one before.

    What the terms say is in the envelope and nowhere else. The receipt leaves only once the
    envelope is stored. The same request twice is the same envelope. Raises what the round, the
    lot or the supplier's standing refuse.
    """
    with begin(context, actor, Role.SELLER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            envelope = offers.envelope(deed.tx, deed.outcome_id)
        else:
            envelope = _place(deed, round_id, lot_id, terms)
    return _receipt(context, envelope)


def place_offers(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    round_id: str,
    offered: Sequence[LotOffer],
) -> list[Receipt]:
    """Seal offers for several lots in one act: all of them, or none where one is refused.

    The lots are taken in the order of their ids; the same request twice is the same envelopes.
    """
    envelopes = []
    with begin(context, actor, Role.SELLER) as deed:
        for number, each in enumerate(sorted(offered, key=lambda each: each.lot_id)):
            deed.request_id = f"{request_id}.{number}"
            earlier = journal.outcome_of(deed.tx, deed.by, deed.request_id)
            if earlier is not None:
                envelopes.append(offers.envelope(deed.tx, earlier))
            else:
                envelopes.append(_place(deed, round_id, each.lot_id, each.terms))
    return [_receipt(context, envelope) for envelope in envelopes]


def withdraw_offer(
    context: Context, actor: Actor, *, request_id: str, envelope_id: str
) -> Envelope:
    """Take a standing envelope back, until bidding closes."""
    with begin(context, actor, Role.SELLER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return offers.envelope(deed.tx, deed.outcome_id)
        round_ = rounds.lock(deed.tx, _own(deed, envelope_id).round_id)
        require_bidding(round_, deed.at)
        envelope = _own(deed, envelope_id)
        if envelope.state is not EnvelopeState.STANDING:
            raise TermsRefused("no_offer")
        withdrawn = replace(envelope, state=EnvelopeState.WITHDRAWN)
        offers.change_envelope(deed.tx, withdrawn)
        facts: dict[str, object] = {"sequence": envelope.sequence, "lot": envelope.lot_id}
        deed.done("offer.withdrawn", envelope.id, chain=round_.id, facts=facts)
        return withdrawn


def receipt_of(context: Context, actor: Actor, envelope_id: str) -> Receipt:
    """The receipt of one of the supplier's own envelopes, also of those that no longer stand."""
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        envelope = offers.envelope(tx, envelope_id)
        if envelope.supplier_id != fresh.organisation_id:
            raise NotFound
    return _receipt(context, envelope)


def _place(deed: Deed, round_id: str, lot_id: str, terms: OfferTerms) -> Envelope:
    supplier_id = supplier_of(deed)
    round_ = require_opened(rounds.lock(deed.tx, round_id))
    at = deed.at
    require_format(round_, Format.SEALED)
    require_seller(deed, supplier_id, round_id)
    lot, elsewhere_kg = own_lot(deed, supplier_id, lot_id, round_id)
    rules.require_terms(round_, lot, terms, elsewhere_kg=elsewhere_kg, at=at)
    earlier = offers.standing_of_lot(deed.tx, round_id, lot_id)
    if earlier is not None:
        offers.change_envelope(deed.tx, replace(earlier, state=EnvelopeState.REPLACED))
    envelope = _seal(deed, round_, lot, terms, quantity_bound_kg=lot.quantity_kg - elsewhere_kg)
    offers.add_envelope(deed.tx, envelope)
    _done(deed, round_, envelope, earlier)
    return envelope


def _seal(
    deed: Deed, round_: Round, lot: Lot, terms: OfferTerms, *, quantity_bound_kg: int
) -> Envelope:
    """The envelope as it is stored: it binds all that is left of the lot, whatever it offers."""
    key = rounds.key(deed.tx, round_.id)
    if key is None:
        raise LookupError(f"round {round_.id} has no key to seal to")
    facts = sealed_facts(
        terms,
        round_.auction.criteria,
        round_id=round_.id,
        lot_id=lot.id,
        supplier_id=lot.supplier_id,
    )
    chance = deed.context.random_bytes
    sealed = sealing.seal_offer(
        key.public_key, facts, chance(sealing.KEY_BYTES), chance(sealing.KEY_BYTES)
    )
    return Envelope(
        id=deed.context.new_id(),
        round_id=round_.id,
        lot_id=lot.id,
        supplier_id=lot.supplier_id,
        sequence=offers.next_sequence(deed.tx, round_.id),
        quantity_bound_kg=quantity_bound_kg,
        commitment=sealed.commitment.hex(),
        ciphertext=sealed.ciphertext,
        state=EnvelopeState.STANDING,
        received_at=deed.at,
        received_by=deed.by,
    )


def _done(deed: Deed, round_: Round, envelope: Envelope, earlier: Envelope | None) -> None:
    facts: dict[str, object] = {
        "sequence": envelope.sequence,
        "lot": envelope.lot_id,
        "supplier": envelope.supplier_id,
        "commitment": envelope.commitment,
        "replaces": earlier.id if earlier else None,
    }
    deed.done("offer.received", envelope.id, chain=round_.id, facts=facts)
    person = people.person(deed.tx, deed.by)
    deed.tell(
        person,
        NoticeKind.OFFER_RECEIVED,
        **telling.round_facts(round_),
        envelope_id=envelope.id,
        sequence=envelope.sequence,
        commitment=envelope.commitment,
        received_at=envelope.received_at.isoformat(),
    )


def _own(deed: Deed, envelope_id: str) -> Envelope:
    envelope = offers.envelope(deed.tx, envelope_id)
    if envelope.supplier_id != supplier_of(deed):
        raise NotFound
    return envelope


def _receipt(context: Context, envelope: Envelope) -> Receipt:
    facts = {
        "envelope": envelope.id,
        "round": envelope.round_id,
        "lot": envelope.lot_id,
        "supplier": envelope.supplier_id,
        "sequence": envelope.sequence,
        "commitment": envelope.commitment,
        "received_at": envelope.received_at.isoformat(timespec="microseconds"),
    }
    signed = sealing.sign(context.keys.secret(RECEIPTS_KEY), facts)
    return Receipt(
        envelope_id=envelope.id,
        round_id=envelope.round_id,
        lot_id=envelope.lot_id,
        supplier_id=envelope.supplier_id,
        sequence=envelope.sequence,
        commitment=envelope.commitment,
        received_at=envelope.received_at,
        signature=signed.signature.hex(),
        verify_key=signed.verify_key.hex(),
    )
