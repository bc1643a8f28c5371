"""What a lesson's chart tells Vega."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from curriculum.charts import Chart, Row
from pages.learning.drawing import draw


def chart(values, y="制度の数", units="件", kind="bar"):
    rows = tuple(
        Row(x=f"第 {n} の制度", values=(Fraction(value),)) for n, value in enumerate(values)
    )
    return Chart(
        kind=kind, title="…", x="言葉", y=y, units=units, series=("数",), rows=rows,
        alt="…", note="…",
    )  # fmt: skip


def axis(shown, channel):
    return draw(shown).to_dict()["encoding"][channel]["axis"]


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_whole_counts_have_no_half_ticks_and_shares_may(kind):
    assert axis(chart([4, 3, 2], kind=kind), "y")["tickMinStep"] == 1
    assert "tickMinStep" not in axis(chart(["0.4", "0.2"], kind=kind), "y")


def test_a_unit_is_not_told_twice():
    told = [
        draw(shown).to_dict()["encoding"]["y"]["title"]
        for shown in (chart([1]), chart([1], y="Schemes", units="schemes"))
    ]

    assert told == ["制度の数 (件)", "Schemes"]


def test_every_label_is_drawn_whole_in_lines():
    labels = axis(chart([4, 3, 2]), "x")

    lines = json.loads(labels["labelExpr"].removesuffix("[datum.label]"))
    assert labels["labelLimit"] == 0
    assert {"".join(broken).replace(" ", "") for broken in lines.values()} == {
        "第0の制度", "第1の制度", "第2の制度",
    }  # fmt: skip


def test_bars_whose_labels_have_no_room_side_by_side_lie_below_each_other():
    kinds = ["Accommodation", "Transport", "Food", "Venue", "Waste", "Secretariat"]
    rows = tuple(Row(x=kind, values=(Fraction(1, 2),)) for kind in kinds)
    crowded = replace(chart([1]), rows=rows)

    lying, standing = (draw(shown).to_dict()["encoding"] for shown in (crowded, chart([1, 2])))
    assert (lying["y"]["field"], lying["x"]["field"]) == ("x", "value")
    assert (standing["x"]["field"], standing["y"]["field"]) == ("x", "value")
    assert lying["y"]["sort"] == kinds
    assert lying["x"]["title"] == standing["y"]["title"]
