"""What people are told by mail and on Home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """Each has a subject and a text in `data/locale/*/notices.po`."""

    INVITED = "invited"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a kind of notice, no secret
    JOIN_REQUESTED = "join_requested"
    JOIN_APPROVED = "join_approved"
    ROUND_OPENED = "round_opened"
    SUPPLIER_INVITED = "supplier_invited"
    PLEDGE_PLACED = "pledge_placed"
    PLEDGE_PROPOSED = "pledge_proposed"
    PLEDGE_FELL_OUT = "pledge_fell_out"
    ROUND_PROLONGED = "round_prolonged"
    ROUND_FAILED = "round_failed"
    ROUND_CANCELLED = "round_cancelled"
    OPENER_NAMED = "opener_named"
    OPENER_RELEASED = "opener_released"
    PASSPHRASE_LACKING = "passphrase_lacking"  # noqa: S105 - a kind of notice, no secret
    BIDDING_DELAYED = "bidding_delayed"
    BIDDING_OPENED = "bidding_opened"
    OPENING_ASKED = "opening_asked"
    OFFER_RECEIVED = "offer_received"
    AUCTION_PAUSED = "auction_paused"
    AUCTION_GOES_ON = "auction_goes_on"
    CLEARING_STOPPED = "clearing_stopped"
    AWARDED = "awarded"
    NOT_AWARDED = "not_awarded"
    ALLOCATED = "allocated"
    INVOICED = "invoiced"
    DELIVERED = "delivered"
    CERTIFIED = "certified"
    PRICE_ASKED = "price_asked"
    PRICE_EXPLAINED = "price_explained"
    PRICE_ACCEPTED = "price_accepted"
    AWARD_FELL = "award_fell"
    STAY_ASKED = "stay_asked"
    SHARE_CHANGED = "share_changed"
    INVOICE_CORRECTED = "invoice_corrected"
    PASS_WITHDRAWN = "pass_withdrawn"  # noqa: S105 - a kind of notice, no secret
    PASS_REINSTATED = "pass_reinstated"  # noqa: S105 - a kind of notice, no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message to one address, written in the transaction that causes it, sent once."""

    id: str
    kind: NoticeKind
    address: str
    person_id: str | None
    language: str
    facts: dict[str, object]
    """Figures and names for the text; ISO dates; never a password."""
    queued_at: datetime
    sent_at: datetime | None = None
