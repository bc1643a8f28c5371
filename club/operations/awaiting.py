"""What the clock does with a round that waits for its openers, before bidding and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from club.domain import openers as rules
from club.domain.notices import NoticeKind
from club.domain.openers import Opener, Opening
from club.domain.rounds import Phase, Round
from club.operations import naming, telling
from club.operations.context import Context
from club.operations.deed import Deed, begin_system
from club.operations.ending import fail
from club.store import openers, people, rounds
from club.store.database import Connection

NOT_READY = "openers_not_ready"
NOT_OPENED = "not_opened"


def wait_for_passphrases(deed: Deed, round_: Round, lacking: Sequence[Opener]) -> bool:
    """Bidding cannot open while a passphrase is lacking: it waits for the days of an opening,
    then the round fails. Whether anything changed."""
    opening = openers.opening(deed.tx, round_.id)
    if opening.waits_until is None:
        until = rules.waits_until(round_, round_.pledging_closes_at, deed.at)
        openers.change_opening(deed.tx, Opening(round_id=round_.id, waits_until=until))
        facts: dict[str, object] = {
            "lacking": [opener.person_id for opener in lacking],
            "waits_until": until.isoformat(),
        }
        deed.done("bidding.delayed", round_.id, chain=round_.id, facts=facts)
        _tell_delay(deed, round_, lacking, until)
        return True
    if deed.at <= opening.waits_until:
        return False
    fail(deed, round_, NOT_READY, lacking=[opener.person_id for opener in lacking])
    return True


def begin_opening(deed: Deed, round_: Round) -> None:
    """Bidding has closed: ask the openers for their passphrases."""
    if rules.has_openers(round_):
        until = rules.waits_until(round_, round_.bidding_closes_at, deed.at)
        openers.change_opening(deed.tx, Opening(round_id=round_.id, waits_until=until))
        _ask(deed, round_, openers.of_round(deed.tx, round_.id))


def may_open(tx: Connection, round_: Round) -> bool:
    """Whether the envelopes of a round in clearing may be opened now."""
    return not rules.has_openers(round_) or openers.opening(tx, round_.id).opened_at is not None


def fail_unopened(context: Context, round_id: str) -> bool:
    """Let a round fail whose openers have not come in time; whether this call did."""
    with begin_system(context) as deed:
        round_ = rounds.lock(deed.tx, round_id)
        until = openers.opening(deed.tx, round_id).waits_until
        if round_.phase is not Phase.CLEARING or until is None or deed.at <= until:
            return False
        given = rules.given(openers.shares(deed.tx, round_id).values())
        fail(deed, round_, NOT_OPENED, given=given, needed=round_.auction.openers_needed)
        return True


def remind_openers(context: Context) -> int:
    """Tell those whom a round waits for once more, each once a day; how many were told."""
    with context.database.read() as tx:
        at = context.clock(tx)
        due = {
            opener.round_id
            for opener in openers.waited_for(tx)
            if rules.is_to_be_reminded(opener, rounds.get(tx, opener.round_id), at)
        }
        delayed = [rounds.get(tx, id) for id in openers.delayed(tx)]
        due |= {round_.id for round_ in delayed if not naming.lacking(tx, round_)}
    return sum(_remind(context, round_id) for round_id in sorted(due))


def _remind(context: Context, round_id: str) -> int:
    with begin_system(context) as deed:
        round_ = rounds.lock(deed.tx, round_id)
        naming.wake(deed.tx, round_)
        due = [
            opener
            for opener in openers.waited_for(deed.tx)
            if opener.round_id == round_id and rules.is_to_be_reminded(opener, round_, deed.at)
        ]
        _ask(deed, round_, due)
        return len(due)


def _ask(deed: Deed, round_: Round, asked: Sequence[Opener]) -> None:
    """Ask for what is lacking: a passphrase to be set, or one to be given."""
    until = openers.opening(deed.tx, round_.id).waits_until or round_.pledging_closes_at
    shares = openers.shares(deed.tx, round_.id).values()
    is_opening = bool(shares)
    for opener in asked:
        openers.change(deed.tx, replace(opener, told_at=deed.at))
        deed.tell(
            people.person(deed.tx, opener.person_id),
            NoticeKind.OPENING_ASKED if is_opening else NoticeKind.PASSPHRASE_LACKING,
            **telling.opener_facts(deed, round_),
            until_at=until.isoformat(),
            given=rules.given(shares),
        )


def _tell_delay(deed: Deed, round_: Round, lacking: Sequence[Opener], until: datetime) -> None:
    facts: dict[str, object] = {"count": len(lacking), "until_at": until.isoformat()}
    telling.tell_everybody(deed, round_, NoticeKind.BIDDING_DELAYED, **facts)
    telling.tell_office(deed, round_, NoticeKind.BIDDING_DELAYED, **facts)
    _ask(deed, round_, lacking)
