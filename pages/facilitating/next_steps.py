"""What a round needs next, and where that is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from club.domain.flags import FlagState
from club.domain.openers import has_openers
from club.domain.rounds import Phase, Round
from club.operations.viewing.holdings import Consignment, consignments
from pages.parts import forms
from pages.parts.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a round needs next: its word, where it is done, whether somebody is waited for."""

    word: str
    path: str = "round_desk"
    waits: bool = False


def next_step(visit: Visit, round_: Round) -> Step:
    if round_.phase is Phase.DRAFT:
        return Step(word="open", path="round_form")
    if round_.phase is Phase.SETTLING:
        found = forms.read(visit, lambda: consignments(visit.context, visit.actor, round_.id))
        return _settling(found or [])
    if round_.phase is Phase.CLEARING and has_openers(round_):
        return Step(word="opening", path="opening", waits=True)
    words = {Phase.PLEDGING: "pledging", Phase.BIDDING: "bidding"}
    return Step(word=words.get(round_.phase, "clearing"), waits=True)


def _settling(found: Sequence[Consignment]) -> Step:
    """Explanations to decide on come first, then deliveries to accept, then units to retire,
    then the certificates."""
    if any(one.flag and one.flag.state is FlagState.EXPLAINED for one in found):
        return Step(word="decide", path="low_prices")
    arrived = [one for one in found if one.delivery is not None]
    if any(one.delivery and one.delivery.accepted_at is None for one in arrived):
        return Step(word="accept")
    if any(one.units_left for one in arrived):
        return Step(word="retire")
    if any(one.waits_for for one in found):
        return Step(word="in_question", waits=True)
    if len(arrived) < len(found):
        return Step(word="awaiting", waits=True)
    return Step(word="certify")
