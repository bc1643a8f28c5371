"""Every offer of a cleared round, why it won or lost, and at what price it would have won."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from club.domain.auction_terms import Format
from club.domain.rounds import Round
from club.operations.viewing.explaining import OffersTold, OfferTold, offers_told
from pages.parts import finding_out, forms
from pages.parts.reason_words import price_words, reason_words
from pages.parts.tables import table
from pages.parts.visit import Visit


def show(visit: Visit, round_: Round) -> None:
    found = forms.read(visit, lambda: offers_told(visit.context, visit.actor, round_.id))
    if found is None or not found.rows:
        return
    st.subheader(visit.say("why.title"))
    if round_.auction.format is Format.CLOCK:
        _clock(visit, round_, found)
        return
    if found.waiting:
        finding_out.wait_until(visit, lambda fresh: _is_there(fresh, round_.id))
    else:
        st.caption(visit.say("why.explained"))
        st.markdown(_counted(visit, found))
    table(
        visit,
        [_row(visit, row) for row in found.rows],
        name=f"offers-{round_.id}",
        csv_rows=[_exact(visit, row) for row in found.rows],
    )
    if found.open:
        finding_out.offer_to(visit, round_.id, found.open)


def _clock(visit: Visit, round_: Round, found: OffersTold) -> None:
    """What was confirmed at the last price: all of it has won, by its share."""
    st.markdown(visit.say("why.clock"))
    name = f"offers-{round_.id}"
    exact = [_facts(row) for row in found.rows]
    table(visit, [_offer(visit, row) for row in found.rows], name=name, csv_rows=exact)


def _is_there(visit: Visit, round_id: str) -> bool:
    return not offers_told(visit.context, visit.actor, round_id).waiting


def _counted(visit: Visit, found: OffersTold) -> str:
    outcomes = Counter(row.explained.reason.outcome for row in found.rows if row.explained)
    return visit.say(
        "why.counted",
        total=len(found.rows),
        whole=outcomes["won_whole"],
        part=outcomes["won_in_part"],
        lost=outcomes["lost"],
    )


def _row(visit: Visit, row: OfferTold) -> dict[str, object]:
    return _offer(visit, row) | {visit.speech.say("why.head.why"): _why(visit, row)}


def _offer(visit: Visit, row: OfferTold) -> dict[str, object]:
    say, speech = visit.speech.say, visit.speech
    won_kg = _won_kg(row)
    result = say("why.won_of", won_kg=won_kg, terms=_terms(visit, row))
    if won_kg != row.stands_kg:
        result = say("why.now", result=result, stands_kg=row.stands_kg)
    return {
        say("why.head.offer"): say(
            "why.offer",
            sequence=row.offer.sequence,
            supplier=speech.name(row.supplier),
            project=speech.name(row.project),
        ),
        say("why.head.won"): result,
    }


def _won_kg(row: OfferTold) -> int:
    """In the clearing that the reason is of; awards may fall away after it."""
    return row.explained.reason.won_kg if row.explained else row.stands_kg


def _terms(visit: Visit, row: OfferTold) -> str:
    offer, say = row.offer, visit.speech.say
    facts = {"quantity_kg": offer.quantity_kg, "price_per_t": offer.price_per_t}
    terms = (
        say("why.terms_minimum", minimum_kg=offer.minimum_kg, **facts)
        if offer.minimum_kg
        else say("why.terms", **facts)
    )
    if row.explained is None or row.explained.effective_per_t == offer.price_per_t:
        return terms
    return say("why.terms_quality", terms=terms, effective_per_t=row.explained.effective_per_t)


def _why(visit: Visit, row: OfferTold) -> str:
    told = row.explained
    if told is None:
        return visit.speech.say("why.not_yet")
    why = reason_words(
        visit,
        told.reason,
        price_per_t=row.offer.price_per_t,
        effective_per_t=told.effective_per_t,
        is_open=told.is_open,
    )
    if told.price is None:
        return why
    return visit.speech.say("why.with_price", why=why, price=price_words(visit, told.price))


def _exact(visit: Visit, row: OfferTold) -> dict[str, object]:
    told = row.explained
    reason, price = (told.reason, told.price) if told else (None, None)
    return _facts(row) | {
        "effective_price_per_t": told.effective_per_t if told else None,
        "outcome": reason.outcome if reason else None,
        "because": reason.because if reason else None,
        "rules": "; ".join(reason.rules) if reason else None,
        "limit_per_t": reason.limit_per_t if reason else None,
        "wanted_kg": reason.wanted_kg if reason else None,
        "dearest_per_t": reason.dearest_per_t if reason else None,
        "would_have_won_at_per_t": price.per_t if price else None,
        "certainty": price.certainty if price else None,
        "why": _why(visit, row),
    }


def _facts(row: OfferTold) -> dict[str, object]:
    return {
        "sequence": row.offer.sequence,
        "offer": row.offer.id,
        "supplier_ja": row.supplier.name_ja,
        "supplier_en": row.supplier.name_en,
        "project_ja": row.project.name_ja,
        "project_en": row.project.name_en,
        "lot": row.lot.id,
        "quantity_kg": row.offer.quantity_kg,
        "minimum_kg": row.offer.minimum_kg,
        "price_per_t": row.offer.price_per_t,
        "won_kg": _won_kg(row),
        "stands_kg": row.stands_kg,
    }
