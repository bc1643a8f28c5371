"""Openers: the people who together, and only together, can open a round's envelopes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from club.domain.auction_terms import MOST_OPENERS, Sealing
from club.domain.errors import InputRefused
from club.domain.organisations import Kind, Organisation, Person, Standing, are_affiliated
from club.domain.rounds import GRACE, Phase, Round

NAMING = frozenset({Phase.DRAFT, Phase.PLEDGING})
"""Phases in which openers may be named or replaced: until the key is dealt to them."""
REMINDED_EVERY = timedelta(days=1)
REMINDED_BEFORE = timedelta(days=3)
"""How long before pledging closes the reminders of a missing passphrase begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """A person named for a round; `place` counts the openers from 1."""

    round_id: str
    person_id: str
    place: int
    named_at: datetime
    named_by: str
    told_at: datetime
    """When this person was last told what is waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenerKey:
    """An opener's own key pair for one round, its private half locked by a passphrase."""

    round_id: str
    person_id: str
    public_key: bytes
    locked: bytes
    salt: bytes
    nonce: bytes
    passes: int
    memory_kib: int
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DealtShare:
    """An opener's share of the round's private key: sealed to them when bidding opened, sealed to
    the club once given, and gone when the round has been opened or has ended otherwise."""

    round_id: str
    person_id: str
    place: int
    commitment: str
    ciphertext: bytes | None
    dealt_at: datetime
    given: bytes | None = None
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How far a round sealed by openers has come."""

    round_id: str
    waits_until: datetime | None = None
    """Until when the round waits for its openers, and then fails; None: it waits for nobody."""
    opened_at: datetime | None = None
    """When the last share that was needed came."""
    excluded: frozenset[str] = frozenset()
    """Suppliers suspended after bidding closed and before the opening: theirs stays unopened."""


def has_openers(round_: Round) -> bool:
    return round_.auction.sealing is Sealing.OPENERS


def check_named(person_ids: Sequence[str], needed: int) -> list[str]:
    """The people named, each once and in order: enough to open, and not too many to gather."""
    named = list(dict.fromkeys(person_ids))
    if not needed <= len(named) <= MOST_OPENERS:
        raise InputRefused("openers_miscounted", field="openers", least=needed, most=MOST_OPENERS)
    return named


def is_eligible(
    person: Person, organisation: Organisation, suppliers: Iterable[Organisation]
) -> bool:
    """Active, of an approved member or the club's office, and no kin of who offers in the round."""
    return (
        person.is_active
        and organisation.standing is Standing.APPROVED
        and organisation.kind is not Kind.SUPPLIER
        and not any(are_affiliated(organisation, supplier) for supplier in suppliers)
    )


def waits_until(round_: Round, since: datetime, at: datetime) -> datetime:
    """Until when a round waits that has waited since an instant; a clock that comes late takes
    none of the days."""
    begun = at if at - since > GRACE else since
    return begun + timedelta(days=round_.auction.opening_days)


def is_to_be_reminded(opener: Opener, round_: Round, at: datetime) -> bool:
    """Whether to tell somebody who is waited for once more: once a day, for a passphrase from
    three days before pledging closes."""
    is_time = round_.phase is not Phase.PLEDGING or at >= (
        round_.pledging_closes_at - REMINDED_BEFORE
    )
    return is_time and at - opener.told_at >= REMINDED_EVERY


def given(shares: Iterable[DealtShare]) -> int:
    """How many openers have given their shares."""
    return sum(share.given_at is not None for share in shares)
