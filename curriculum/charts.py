"""A chart as data: what is drawn, in words and exact numbers, for a screen to draw."""

from dataclasses import dataclass
from fractions import Fraction

from curriculum.blocks import Item

KINDS = ("bar", "line", "area")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place on the horizontal axis and the value of each series there."""

    x: str
    values: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`x` and `y` name the axes, `units` the unit of the values; `alt` says it all in words."""

    kind: str
    title: str
    x: str
    y: str
    units: str
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    alt: str
    note: str

    @property
    def shape(self) -> tuple[str, tuple[tuple[Fraction, ...], ...]]:
        """What must be the same in every language."""
        return self.kind, tuple(row.values for row in self.rows)


def read_chart(item: Item) -> Chart:
    found = item.block("kind", "title", "x", "y", "units", "series", "rows", "alt", "note")
    chart = Chart(
        kind=found["kind"].one_of(KINDS),
        title=found["title"].text(),
        x=found["x"].text(),
        y=found["y"].text(),
        units=found["units"].text(),
        series=tuple(name.text() for name in found["series"].items()),
        rows=tuple(_read_row(row) for row in found["rows"].items()),
        alt=found["alt"].text(),
        note=found["note"].text(),
    )
    if not chart.rows or any(len(row.values) != len(chart.series) for row in chart.rows):
        found["rows"].refuse("uneven_rows", "Each row gives its x, then a value for each series.")
    if len({row.x for row in chart.rows}) < len(chart.rows):
        found["rows"].refuse("duplicate_x", "Two rows stand at the same x.")
    if not chart.series or len(set(chart.series)) < len(chart.series):
        found["series"].refuse("bad_series", "A chart has series, each with a name of its own.")
    return chart


def _read_row(item: Item) -> Row:
    cells = item.items()
    if not cells:
        item.refuse("uneven_rows", "Each row gives its x, then a value for each series.")
    return Row(x=cells[0].text(), values=tuple(cell.ratio() for cell in cells[1:]))
