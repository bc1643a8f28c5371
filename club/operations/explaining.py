"""Why each offer of a cleared round won or lost: worked out once it is cleared, and kept.

Apart from the clearing, and after it, so that nothing here can hold a clearing up or change its
result: whoever has the full record can find all of it again.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import replace

from auctions.rereading import reread
from club.domain.errors import Refused
from club.domain.explaining import Explained
from club.domain.organisations import Actor, Role
from club.logs import log
from club.operations.closing import Waits
from club.operations.context import Context
from club.operations.deed import begin_system, looking
from club.operations.questions import Ask, Explain, Told, ask_here, untold
from club.operations.viewing.explaining import open_ends
from club.operations.viewing.rounds import DESK
from club.operations.worker import QUESTIONS
from club.store import clearings, explanations, rounds

LOOKED_AT = 1_000
"""Offers, times clearings, that are gone through unasked; the rest is for who asks."""
TOGETHER = 20
"""Offers that are asked about at once: what is found for some is kept before the next."""


def explain_due(context: Context, ask: Ask = ask_here, waits: Waits | None = None) -> list[str]:
    """Explain the rounds that were cleared since, one at a time; their ids.

    What goes wrong in one is logged and does not stop the others; it is tried again at the next
    call, or once its wait is over.
    """
    waits = waits or Waits()
    with context.database.read() as tx:
        at = context.clock(tx)
        due = [id for id in explanations.lacking(tx) if waits.is_over(id, at)]
    return [id for id in due if _attempt(context, id, ask, waits)]


def _attempt(context: Context, round_id: str, ask: Ask, waits: Waits) -> bool:
    try:
        _explain(context, round_id, ask)
    except Exception as error:  # noqa: BLE001 - one round's trouble must not stop the others
        log(__name__).error(
            "round_not_explained",
            round_id=round_id,
            error=type(error).__name__,
            frames="".join(traceback.format_tb(error.__traceback__)),
        )
        waits.lengthen(round_id, context.now())
        return False
    waits.forget(round_id)
    return True


def _explain(context: Context, round_id: str, ask: Ask) -> None:
    """What takes too long is left to who asks; what the merit order shows is told at once."""
    question = _question(context, round_id)
    most_clears = LOOKED_AT // len(question.inputs.offers)
    try:
        found = ask(replace(question, most_clears=most_clears), untold)
    except Refused:
        found = ask(replace(question, most_clears=0), untold)
    _keep(context, round_id, found)


def find_out(
    context: Context,
    actor: Actor,
    round_id: str,
    *,
    told: Told = untold,
    ask: Ask = QUESTIONS.ask,
) -> None:
    """Work out what is still open of a cleared round: which rule or minimum kept an offer out, and
    at what price it would have won.

    For facilitators and auditors of all offers, for a supplier of its own. What was found is
    kept, so that nobody waits for it twice. Raises Refused where it takes too long; what was
    found until then is kept.
    """
    with looking(context, actor, *DESK, Role.SELLER) as (tx, fresh):
        offer_ids = open_ends(tx, fresh, round_id)
    if not offer_ids:
        return
    question, of = _question(context, round_id), len(offer_ids)
    for done in range(0, of, TOGETHER):
        some = frozenset(offer_ids[done : done + TOGETHER])

        def tell(answered: int, _of: int, done: int = done) -> None:
            told(done + answered, of)

        _keep(context, round_id, ask(replace(question, offers=some), tell))


def _question(context: Context, round_id: str) -> Explain:
    with context.database.read() as tx:
        document = clearings.part(tx, round_id, "document")
    inputs, clearing = reread(document)
    return Explain(inputs=inputs, clearing=clearing)


def _keep(context: Context, round_id: str, found: Sequence[Explained]) -> None:
    """Keep what is new; what another has worked out further meanwhile stays."""
    with begin_system(context) as deed:
        rounds.lock(deed.tx, round_id)
        known = explanations.of_round(deed.tx, round_id)
        news = [each for each in found if each.offer not in known or known[each.offer].is_open]
        explanations.keep(deed.tx, round_id, news)
