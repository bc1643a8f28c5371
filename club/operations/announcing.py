"""Telling suppliers and members what a clearing gave them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from auctions.explaining import Result
from club.domain.notices import NoticeKind
from club.domain.offers import Award
from club.domain.organisations import Kind, Role
from club.domain.rounds import Round
from club.operations import telling
from club.operations.deed import Deed
from club.store import people


def announce_result(deed: Deed, round_: Round, awards: Sequence[Award], result: Result) -> None:
    """Tell each supplier that offered what it won, and each member that pledged what it gets."""
    offered = {row["supplier"] for row in result["document"]["offers"]}
    winners = tell_winners(deed, round_, awards)
    telling.tell_sellers(deed, round_, offered - winners, NoticeKind.NOT_AWARDED)
    shared = result["members"]
    for person in people.active_people(deed.tx, kind=Kind.MEMBER, role=Role.BUYER):
        facts = shared.get(person.organisation_id)
        if facts is not None:
            deed.tell(
                person,
                NoticeKind.ALLOCATED,
                **telling.round_facts(round_),
                quantity_kg=facts.get("result_kg", 0),
                value_jpy=int(facts.get("amount", 0)),
                outcome=facts["outcome"],
            )


def announce_failure(deed: Deed, round_: Round, reason: str) -> None:
    """Tell everybody that nothing is bought, and why."""
    telling.tell_everybody(deed, round_, NoticeKind.ROUND_FAILED, reason=reason)


def tell_winners(deed: Deed, round_: Round, awards: Sequence[Award]) -> frozenset[str]:
    """Tell each supplier what it won in all; the suppliers that were told."""
    won: dict[str, list[Award]] = defaultdict(list)
    for award in awards:
        won[award.supplier_id].append(award)
    for supplier_id, theirs in sorted(won.items()):
        telling.tell_sellers(
            deed,
            round_,
            [supplier_id],
            NoticeKind.AWARDED,
            quantity_kg=sum(award.quantity_kg for award in theirs),
            value_jpy=sum(award.value_jpy for award in theirs),
        )
    return frozenset(won)
