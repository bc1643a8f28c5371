"""What every supplier's deed in a round asks first: who may sell, and of which lot how much."""

from __future__ import annotations

from club.domain import terms as participation
from club.domain.auction_terms import Format
from club.domain.errors import StandingRefused, TermsRefused
from club.domain.lots import Lot
from club.domain.organisations import Standing, conflicts
from club.domain.rounds import Round
from club.operations.deed import Deed
from club.operations.inviting import buyers_of
from club.store import catalogue, offers, people, rounds


def supplier_of(deed: Deed) -> str:
    """The organisation the actor belongs to now."""
    assert deed.actor is not None  # noqa: S101 - `begin` lets nobody else in
    return deed.actor.organisation_id


def require_seller(deed: Deed, supplier_id: str, round_id: str) -> None:
    """Invited, approved, bound by the terms in force, and no kin of a buyer in the round."""
    if supplier_id not in rounds.invited(deed.tx, round_id):
        raise StandingRefused("not_invited")
    supplier = people.organisation(deed.tx, supplier_id)
    if supplier.standing is not Standing.APPROVED:
        raise StandingRefused("organisation_not_approved")
    version = participation.in_force(deed.at.date()).version
    if not people.has_accepted(deed.tx, supplier_id, version):
        raise StandingRefused("terms_not_accepted")
    if conflicts(supplier, buyers_of(deed, round_id)):
        raise StandingRefused("buyer_and_seller")


def require_format(round_: Round, wanted: Format) -> None:
    """Refuse a deed of one format in a round of another."""
    if round_.auction.format is not wanted:
        raise TermsRefused("not_in_this_format", format=round_.auction.format)


def own_lot(deed: Deed, supplier_id: str, lot_id: str, round_id: str) -> tuple[Lot, int]:
    """The supplier's lot, locked, and the kilograms of it that other rounds have bound."""
    lot = catalogue.lot(deed.tx, lot_id, lock=True)
    if lot.supplier_id != supplier_id:
        raise TermsRefused("lot_of_another")
    return lot, offers.bound_kg(deed.tx, lot_id, but_round_id=round_id)
