from fractions import Fraction
from pathlib import Path

import pytest

from curriculum.blocks import parse
from curriculum.charts import Chart, Row, read_chart
from curriculum.errors import BadContent

WRITTEN = """\
kind: line
title: Height
x: hour
y: height
units: m
series: [sea, river]
rows:
  - ["06", 2, "0.1"]
  - ["12", "1/3", 0]
alt: Two lines.
note: invented
"""


def test_a_chart_is_read_into_exact_numbers():
    assert read_chart(parse(Path("a.md"), WRITTEN)) == Chart(
        kind="line", title="Height", x="hour", y="height", units="m", series=("sea", "river"),
        rows=(
            Row(x="06", values=(Fraction(2), Fraction(1, 10))),
            Row(x="12", values=(Fraction(1, 3), Fraction(0))),
        ),
        alt="Two lines.", note="invented",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("kind: line", "kind: pie", 1, "not_allowed"),
        ('["06", 2, "0.1"]', "[06, 2, 1]", 8, "not_a_text"),
        ('["06", 2, "0.1"]', '["06", 2]', 8, "uneven_rows"),
        ('["06", 2, "0.1"]', "[]", 8, "uneven_rows"),
        ('"12"', '"06"', 8, "duplicate_x"),
        ("[sea, river]", "[sea, sea]", 6, "bad_series"),
        ("alt: Two lines.\n", "", 1, "missing_key"),
    ],
)
def test_a_broken_chart_is_refused(old, new, line, code):
    with pytest.raises(BadContent) as caught:
        read_chart(parse(Path("a.md"), WRITTEN.replace(old, new)))

    assert (caught.value.line, caught.value.code) == (line, code)
