"""What is bought instead of fallen awards, told to those it is for and written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from club.domain.falling import Question, leaving
from club.domain.notices import NoticeKind
from club.domain.offers import Allocation, Award
from club.domain.organisations import Role
from club.domain.rounds import Phase, Round, move
from club.domain.tranches import owed_jpy, totals_kg
from club.operations import telling
from club.operations.announcing import announce_failure, tell_winners
from club.operations.asking_why import ask_for_explanations
from club.operations.deed import Deed
from club.operations.posting import settle_up
from club.operations.questioning import standing_tranches
from club.operations.remaining import capacity, standing
from club.operations.searching import Found
from club.store import clearings, falling, holdings, journal, people, rounds
from club.store.falling import NextBestRow

ALL_FELL = "all_fell"
"""Why a round fails of which nothing stands any more."""


def ask_members(deed: Deed, round_: Round, row: NextBestRow, asked: Sequence[Question]) -> None:
    """Ask everybody for whom something would be bought whether they stay."""
    falling.ask(deed.tx, asked)
    facts: dict[str, object] = {
        "number": row.number,
        "inputs_hash": row.inputs_hash,
        "result_hash": row.result_hash,
        "asked": [question.organisation_id for question in asked],
        "answer_by_at": asked[0].answer_by_at.isoformat(),
    }
    deed.done("members.asked", round_.id, chain=round_.id, facts=facts)
    for question in asked:
        kg = sum(row.result["shares"][question.organisation_id].values())
        _tell_buyers(
            deed,
            round_,
            question.organisation_id,
            NoticeKind.STAY_ASKED,
            quantity_kg=kg,
            answer_by_at=question.answer_by_at.isoformat(),
            link=telling.page_link(deed, "stay", id=round_.id),
        )


def still_possible(deed: Deed, row: NextBestRow, found: Found) -> bool:
    """Whether every lot can still give what was found; the lots are held from here on."""
    lot_of = {offer["id"]: offer["lot"] for offer in row.inputs["offers"]}
    new_kg: dict[str, int] = defaultdict(int)
    for award in found["awards"]:
        new_kg[lot_of[award["offer"]]] += award["quantity_kg"]
    fallen = falling.falls_of_round(deed.tx, row.round_id)
    stands = standing(clearings.awards_of_round(deed.tx, row.round_id), fallen)
    fixed_kg: dict[str, int] = defaultdict(int)
    for award in stands:
        fixed_kg[award.lot_id] += award.quantity_kg
    able = capacity(deed, row.round_id, sorted(new_kg), stands)
    return all(fixed_kg[lot] + kg <= able[lot] for lot, kg in new_kg.items())


def settle(deed: Deed, round_: Round, row: NextBestRow) -> None:
    """Write what is bought instead, all in the deed: awards, shares, the books, and who is told.

    Where nothing of the round stands any more, it has failed.
    """
    before = _outcomes(deed, round_)
    fallen = [f for f in falling.falls_of_round(deed.tx, round_.id) if f.number == row.number]
    lots = [fall.lot_id for fall in fallen]
    clearings.let_fall(deed.tx, round_.id, lots, at=deed.at)
    for lot_id in lots:
        holdings.forget_delivery(deed.tx, round_.id, lot_id)
    awards = awards_of(row)
    clearings.add_awards(deed.tx, awards)
    clearings.add_allocations(deed.tx, _allocations(row))
    after = round_
    if not clearings.awards_of_round(deed.tx, round_.id):
        after = move(round_, Phase.FAILED)
        rounds.change(deed.tx, after)
    _record(deed, round_, row, fallen=lots, awards=awards)
    if after.phase is Phase.FAILED:
        deed.done("round.failed", round_.id, chain=round_.id, facts={"reason": ALL_FELL})
    ask_for_explanations(deed, after, awards, row.inputs["offers"])
    settle_up(deed, after)
    _tell(deed, after, awards, before)


def awards_of(row: NextBestRow) -> list[Award]:
    """An award bears the id of its offer and the number of the clearing."""
    offers = {offer["id"]: offer for offer in row.inputs["offers"]}
    return [
        Award(
            id=award_id(won["offer"], row.number),
            round_id=row.round_id,
            offer_id=won["offer"],
            lot_id=offers[won["offer"]]["lot"],
            supplier_id=offers[won["offer"]]["supplier"],
            quantity_kg=won["quantity_kg"],
            price_per_t=won["price_per_t"],
            value_jpy=int(won["value"]),
            clearing_number=row.number,
        )
        for won in row.result["awards"]
    ]


def award_id(offer_id: str, number: int) -> str:
    return f"{offer_id}@{number}"


def _allocations(row: NextBestRow) -> list[Allocation]:
    return [
        Allocation(
            round_id=row.round_id,
            organisation_id=member,
            award_id=award_id(offer, row.number),
            quantity_kg=quantity_kg,
        )
        for member, cells in sorted(row.result["shares"].items())
        for offer, quantity_kg in sorted(cells.items())
        if quantity_kg
    ]


def _record(
    deed: Deed, round_: Round, row: NextBestRow, *, fallen: Sequence[str], awards: Sequence[Award]
) -> None:
    head = journal.head(deed.tx, journal.CLUB)
    facts: dict[str, object] = {
        "number": row.number,
        "inputs_hash": row.inputs_hash,
        "result_hash": row.result_hash,
        "fallen": list(fallen),
        "left": leaving(falling.questions_of(deed.tx, round_.id, row.number)),
        "bought_kg": sum(award.quantity_kg for award in awards),
        "awards": [award.id for award in awards],
        "club_head": {"number": head.number, "hash": head.hash},
    }
    deed.done("round.cleared_again", round_.id, chain=round_.id, facts=facts)


Outcome = tuple[int, int]
"""Kilograms, and yen before fee and tax."""


def _outcomes(deed: Deed, round_: Round) -> dict[str, Outcome]:
    """What each member gets and owes of the awards that stand."""
    parts = standing_tranches(deed.tx, round_.id)
    kg = totals_kg(share for part in parts for share in part.allocations)
    owed = owed_jpy(parts)
    return {member: (kg[member], owed.get(member, 0)) for member in kg}


def _tell(
    deed: Deed, round_: Round, awards: Sequence[Award], before: Mapping[str, Outcome]
) -> None:
    """Suppliers what they won, and members whose part has changed what it is now."""
    tell_winners(deed, round_, awards)
    after = _outcomes(deed, round_)
    for member in sorted(before.keys() | after.keys()):
        now = after.get(member, (0, 0))
        if now != before.get(member):
            _tell_buyers(
                deed,
                round_,
                member,
                NoticeKind.SHARE_CHANGED,
                before_kg=before.get(member, (0, 0))[0],
                quantity_kg=now[0],
                value_jpy=now[1],
            )
    if round_.phase is Phase.FAILED:
        announce_failure(deed, round_, ALL_FELL)


def _tell_buyers(
    deed: Deed, round_: Round, organisation_id: str, kind: NoticeKind, **facts: object
) -> None:
    for person in people.people_of(deed.tx, organisation_id):
        if person.is_active and Role.BUYER in person.roles:
            deed.tell(person, kind, **telling.round_facts(round_) | facts)
