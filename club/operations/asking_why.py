"""Asking suppliers to explain prices that lie far below what others asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from auctions.flags import compared
from auctions.offers import Offer
from auctions.reviving import revive
from club.domain.flags import PriceFlag, ask
from club.domain.notices import NoticeKind
from club.domain.offers import Award, by_lot
from club.domain.rounds import Round
from club.operations import telling
from club.operations.deed import Deed
from club.operations.telling import page_link
from club.store import flags


def ask_for_explanations(
    deed: Deed, round_: Round, awards: Iterable[Award], book: Iterable[Mapping[str, Any]]
) -> list[PriceFlag]:
    """Ask about every lot with an award whose price has to be explained; what was asked.

    The book is of plain offers, all that were opened in the round. A lot is asked about once a
    round: what was accepted holds for more of the same lot, too.
    """
    awards = tuple(awards)
    offers = revive(tuple[Offer, ...], list(book), "offers")
    found = compared({award.offer_id for award in awards}, offers)
    low = {id: figures for id, figures in found.items() if figures.reasons}
    known = {flag.lot_id for flag in flags.of_round(deed.tx, round_.id)}
    asked = [
        ask(bought, low, at=deed.at, days=round_.auction.explain_days)
        for bought in by_lot(awards)
        if bought.lot_id not in known and any(a.offer_id in low for a in bought.awards)
    ]
    flags.add(deed.tx, asked)
    for flag in asked:
        _tell(deed, round_, flag)
    return asked


def _tell(deed: Deed, round_: Round, flag: PriceFlag) -> None:
    facts: dict[str, object] = {
        "lot": flag.lot_id,
        "supplier": flag.supplier_id,
        "reasons": sorted(flag.reasons),
        "explain_by_at": flag.explain_by_at.isoformat(),
    }
    deed.done("price.asked", flag.award_id, chain=round_.id, facts=facts)
    telling.tell_sellers(
        deed,
        round_,
        [flag.supplier_id],
        NoticeKind.PRICE_ASKED,
        price_per_t=flag.price_per_t,
        explain_by_at=flag.explain_by_at.isoformat(),
        link=page_link(deed, "explain", id=flag.award_id),
    )
