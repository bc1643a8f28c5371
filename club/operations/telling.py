"""Who is told what becomes of a round, and the facts they are told."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from club.domain.notices import NoticeKind
from club.domain.organisations import Kind, Role
from club.domain.rounds import Round
from club.operations.deed import Deed
from club.store import openers, people, rounds


def round_facts(round_: Round) -> dict[str, object]:
    """What every notice about a round names."""
    return {
        "round_id": round_.id,
        "round_ja": round_.name_ja,
        "round_en": round_.name_en,
        "pledging_closes_at": round_.pledging_closes_at.isoformat(),
        "bidding_closes_at": round_.bidding_closes_at.isoformat(),
    }


def opener_facts(deed: Deed, round_: Round) -> dict[str, object]:
    """What every notice to an opener names besides, with the way to where it is done."""
    return round_facts(round_) | {
        "needed": round_.auction.openers_needed,
        "openers": len(openers.of_round(deed.tx, round_.id)),
        "link": f"{deed.context.settings.base_url}/opening?id={round_.id}",
    }


def page_link(deed: Deed, path: str, **query: str) -> str:
    """The address of a page on which something is to be done."""
    asked = f"?{urlencode(query)}" if query else ""
    return f"{deed.context.settings.base_url}/{path}{asked}"


def tell_members(deed: Deed, round_: Round, kind: NoticeKind, **facts: object) -> None:
    """Tell all active people of the club's member organisations."""
    for person in people.active_people(deed.tx, kind=Kind.MEMBER):
        deed.tell(person, kind, **round_facts(round_) | facts)


def tell_invited(deed: Deed, round_: Round, kind: NoticeKind, **facts: object) -> None:
    """Tell the sellers of the suppliers invited to the round."""
    tell_sellers(deed, round_, rounds.invited(deed.tx, round_.id), kind, **facts)


def tell_sellers(
    deed: Deed, round_: Round, supplier_ids: Iterable[str], kind: NoticeKind, **facts: object
) -> None:
    wanted = frozenset(supplier_ids)
    for person in people.active_people(deed.tx, kind=Kind.SUPPLIER, role=Role.SELLER):
        if person.organisation_id in wanted:
            deed.tell(person, kind, **round_facts(round_) | facts)


def tell_everybody(deed: Deed, round_: Round, kind: NoticeKind, **facts: object) -> None:
    """Tell the members and the invited suppliers."""
    tell_members(deed, round_, kind, **facts)
    tell_invited(deed, round_, kind, **facts)


def tell_office(deed: Deed, round_: Round, kind: NoticeKind, **facts: object) -> None:
    """Tell the facilitators, and the openers that are of the club's own office."""
    named = {opener.person_id for opener in openers.of_round(deed.tx, round_.id)}
    for person in people.active_people(deed.tx, kind=Kind.OPERATOR):
        if Role.FACILITATOR in person.roles or person.id in named:
            deed.tell(person, kind, **round_facts(round_) | facts)
