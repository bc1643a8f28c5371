"""Portfolio rules as stacked bars, and beside them as a table."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import altair as alt
import pandas as pd
import streamlit as st

from auctions.rules import CountRule, EachRule, Rule, ShareRule
from club.domain.portfolio import Standing
from pages.parts.rule_words import bounds_words, rule_words, set_words
from pages.parts.tables import table
from pages.parts.visit import Visit

ROW_HEIGHT = 38
FRAME_HEIGHT = 96
"""Legend, axis and its title."""
PARTS = ("least", "free", "closed")
COLOURS = ("#264E70", "#9DB7A0", "#D5CDBD")
"""What must be there, what may be there, what may not."""


def portfolio(
    visit: Visit, rules: Sequence[Rule], standings: Sequence[Standing] | None = None
) -> None:
    """The bounds of every rule; after clearing also what was bought, as a mark on each bar."""
    shares = [rule for rule in rules if not isinstance(rule, CountRule)]
    bought = {each.rule.name: each for each in standings or ()}
    if shares:
        _bars(visit, shares, bought)
    rows = [_row(visit, rule, bought.get(rule.name)) for rule in rules]
    exact = [_exact(rule, bought.get(rule.name)) for rule in rules]
    table(visit, rows, name="portfolio", csv_rows=exact)


def _bars(visit: Visit, rules: Sequence[ShareRule | EachRule], bought: dict[str, Standing]) -> None:
    say = visit.speech.say
    part, share, rule = (say(f"auction_terms.bar.{word}") for word in ("part", "share", "rule"))
    words = {name: say(f"auction_terms.bar.{name}") for name in PARTS}
    bars = pd.DataFrame(
        [
            {rule: _name(visit, each), part: words[name], "from": start, "to": end}
            for each in rules
            for name, start, end in _segments(each)
        ]
    )
    y = alt.Y(f"{rule}:N", title=None, sort=None, axis=alt.Axis(labelLimit=230, ticks=False))
    scale = alt.Scale(domain=[0, 100])
    chart = (
        alt.Chart(bars)
        .mark_bar(height=18)
        .encode(
            y=y,
            x=alt.X("from:Q", title=share, scale=scale, axis=alt.Axis(tickCount=5, format="d")),
            x2="to:Q",
            color=alt.Color(
                f"{part}:N",
                title=None,
                scale=alt.Scale(domain=list(words.values()), range=list(COLOURS)),
                legend=alt.Legend(orient="top", labelLimit=260),
            ),
        )
    )
    marks = [
        {rule: _name(visit, each), "bought": _percent(bought[each.name].share)}
        for each in rules
        if each.name in bought
    ]
    layers: alt.Chart | alt.LayerChart = chart
    if marks:
        layers = chart + alt.Chart(pd.DataFrame(marks)).mark_tick(
            thickness=4, size=30, color="#C8452E"
        ).encode(y=y, x=alt.X("bought:Q", scale=scale))
    told = "auction_terms.bar.alt_bought" if marks else "auction_terms.bar.alt"
    st.altair_chart(
        layers.properties(height=ROW_HEIGHT * len(rules) + FRAME_HEIGHT),
        width="stretch",
        alt=say(told),
    )
    if marks:
        st.caption(visit.say("auction_terms.bar.mark"))


def _segments(rule: ShareRule | EachRule) -> list[tuple[str, float, float]]:
    least = _percent(rule.min_share) if isinstance(rule, ShareRule) else 0
    most = 100 if rule.max_share is None else _percent(rule.max_share)
    ends = (("least", 0, least), ("free", least, most), ("closed", most, 100))
    return [(name, start, end) for name, start, end in ends if end > start]


def _percent(share: Fraction | None) -> float:
    """For drawing only: nothing is decided by it."""
    return float((share or Fraction(0)) * 100)


def _name(visit: Visit, rule: ShareRule | EachRule) -> str:
    if isinstance(rule, EachRule):
        return visit.speech.say(f"auction_terms.each.{rule.each}")
    return set_words(visit, rule)


def _row(visit: Visit, rule: Rule, standing: Standing | None) -> dict[str, object]:
    say = visit.speech.say
    row: dict[str, object] = {say("auction_terms.bar.rule"): rule.name}
    if isinstance(rule, CountRule):
        row[say("words.field.accepted")] = say("auction_terms.rule_kind.count")
        row[say("auction_terms.bar.bounds")] = rule_words(visit, rule)
    else:
        row[say("words.field.accepted")] = _name(visit, rule)
        row[say("auction_terms.bar.bounds")] = bounds_words(visit, rule)
    row[say("words.field.hard")] = (
        say("auction_terms.rule.hard")
        if rule.hard
        else say("auction_terms.bar.soft", order=rule.order)
    )
    if standing is not None:
        row[say("auction_terms.bar.bought")] = _bought(visit, standing)
        row[say("auction_terms.bar.outcome")] = _outcome(visit, standing)
    return row


def _bought(visit: Visit, standing: Standing) -> str:
    if standing.share is None:
        return visit.speech.say("auction_terms.bar.suppliers", count=standing.suppliers)
    return visit.speech.percent(standing.share)


def _outcome(visit: Visit, standing: Standing) -> str:
    if not standing.yielded_by:
        return visit.speech.say("auction_terms.bar.held")
    if standing.share is None:
        return visit.speech.say("auction_terms.bar.yielded_count", by=int(standing.yielded_by))
    return visit.speech.say("auction_terms.bar.yielded", by=standing.yielded_by)


def _exact(rule: Rule, standing: Standing | None) -> dict[str, object]:
    return {
        "rule": rule.name,
        "hard": rule.hard,
        "order": rule.order,
        "min_share": getattr(rule, "min_share", None),
        "max_share": getattr(rule, "max_share", None),
        "min_suppliers": getattr(rule, "min_suppliers", None),
        "bought_share": standing.share if standing else None,
        "suppliers": standing.suppliers if standing else None,
        "yielded_by": standing.yielded_by if standing else None,
    }
