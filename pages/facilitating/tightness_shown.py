"""What rules would have done to one past round: in a sentence, two figures, and rule by rule."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import streamlit as st

from auctions.inputs import Bought
from auctions.rules import CountRule, Rule
from auctions.tightness import RuleTightness, Tightness
from club.operations.measuring import PastBook
from pages.parts.figures import figure
from pages.parts.rule_words import rule_words
from pages.parts.tables import table
from pages.parts.visit import Visit

KG_PER_T = 1_000


def show(visit: Visit, book: PastBook, found: Tightness, rules: Sequence[Rule]) -> None:
    st.markdown(f"**{visit.name(book.round_)}**")
    facts = {"demand_kg": book.demand_kg, "offered_kg": book.offered_kg}
    st.caption(visit.say("auction_terms.tight.book", **facts))
    st.markdown(_verdict(visit, found))
    left, right = st.columns(2)
    for place, which, bought in (
        (left, "under_all", found.under_all),
        (right, "under_none", found.under_none),
    ):
        figure(
            place,
            visit.say(f"auction_terms.tight.{which}"),
            visit.speech.kg(bought.kg),
            _mean(visit, bought),
        )
    by_name = {rule.name: rule for rule in rules}
    table(
        visit,
        [_row(visit, by_name[row.rule], row, found.under_all) for row in found.rules],
        name=f"tightness-{book.round_.id}",
        csv_rows=[_exact(row) for row in found.rules],
    )


def _mean(visit: Visit, bought: Bought) -> str | None:
    if not bought.kg:
        return None
    return visit.say("auction_terms.tight.mean", mean_per_t=_mean_per_t(bought))


def _mean_per_t(bought: Bought) -> Fraction:
    return bought.effective_cost * KG_PER_T / bought.kg


def _verdict(visit: Visit, found: Tightness) -> str:
    under, free = found.under_all, found.under_none
    if not under.kg:
        return visit.say("auction_terms.tight.nothing")
    if found.bind_together:
        return visit.say("auction_terms.tight.together")
    if under.kg < free.kg:
        return visit.say("auction_terms.tight.less", less_kg=free.kg - under.kg)
    if under.kg == free.kg and under.effective_cost > free.effective_cost:
        more_per_t = _mean_per_t(under) - _mean_per_t(free)
        return visit.say("auction_terms.tight.dearer", more_per_t=more_per_t)
    same = (under.kg, under.effective_cost) == (free.kg, free.effective_cost)
    return visit.say("auction_terms.tight.no_change" if same else "auction_terms.tight.other")


def _row(visit: Visit, rule: Rule, row: RuleTightness, under: Bought) -> dict[str, object]:
    say = visit.speech.say
    return {
        say("auction_terms.bar.rule"): say(
            "auction_terms.rule.bounded", what=rule.name, bounds=rule_words(visit, rule)
        ),
        say("auction_terms.tight.reached"): _reached(visit, rule, row),
        say("auction_terms.tight.effect"): _effect(visit, rule, row, under),
    }


def _reached(visit: Visit, rule: Rule, row: RuleTightness) -> str:
    if row.reached is None:
        return ""
    if isinstance(rule, CountRule):
        return visit.speech.say("auction_terms.bar.suppliers", count=int(row.reached))
    return visit.speech.percent(row.reached)


def _effect(visit: Visit, rule: Rule, row: RuleTightness, under: Bought) -> str:
    say = visit.speech.say
    if row.without is None or row.binds is None:
        return say("auction_terms.tight.unknown")
    if row.yields_by:
        if isinstance(rule, CountRule):
            return say("auction_terms.bar.yielded_count", by=int(row.yields_by))
        return say("auction_terms.bar.yielded", by=row.yields_by)
    if not row.binds:
        return say("auction_terms.tight.slack" if under.kg else "auction_terms.tight.still_nothing")
    return _binding(visit, row.without, under)


def _binding(visit: Visit, without: Bought, under: Bought) -> str:
    say = visit.speech.say
    if without.kg > under.kg:
        return say("auction_terms.tight.binds_kg", more_kg=without.kg - under.kg)
    if without.kg == under.kg:
        less_per_t = _mean_per_t(under) - _mean_per_t(without)
        return say("auction_terms.tight.binds_price", less_per_t=less_per_t)
    return say("auction_terms.tight.binds")


def _exact(row: RuleTightness) -> dict[str, object]:
    return {
        "rule": row.rule,
        "reached": row.reached,
        "yields_by": row.yields_by,
        "binds": row.binds,
        "bought_without_kg": row.without.kg if row.without else None,
        "effective_cost_without": row.without.effective_cost if row.without else None,
    }
