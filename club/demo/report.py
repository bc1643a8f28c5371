"""What the played round says on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from club.demo.columns import Cell, table
from club.demo.files import GamesFile
from club.demo.outcome import Outcome, Proof

Row = tuple[Cell, ...]
TOTAL = "合計 / total"


def told(script: GamesFile, outcome: Outcome) -> Iterator[str]:
    """The round from its pledges to its retirement."""
    yield "巴 Tomoe: 共同購入の1回分 / one joint purchase from start to end"
    yield f"出典 / Source: {script.source.title}"
    yield "数量は実例、企業・価格・日付・シリアルは架空。"
    yield "The tonnes are real; companies, prices, dates and serials are invented."
    yield from _section("申込 / Pledges", ("game", "buyer", "kg"), _pledges(script))
    yield from _section("落札 / Awards", ("project", "kg", "JPY/t", "JPY"), _awards(outcome))
    heads = ("buyer", *(f"{supply.key} kg" for supply in script.supplies), "total kg")
    yield from _section("配分 / Allocations", heads, _allocations(script, outcome))
    heads = ("invoice", "buyer", "value", "fee", "tax", "total")
    yield from _section("請求（円） / Invoices (JPY)", heads, _invoices(outcome))
    heads = ("project", "units", "kg", "custody kg", "serials")
    yield from _section("引渡し・無効化 / Delivered and retired", heads, _deliveries(outcome))


def papers(folder: Path, written: Sequence[Path]) -> Iterator[str]:
    """How many papers lie where."""
    yield ""
    yield "書類 / Papers"
    for name, count in Counter(path.parent.relative_to(folder) for path in written).items():
        yield f"  {name}/  {count} PDF"


def proven(proofs: Sequence[Proof]) -> Iterator[str]:
    yield ""
    yield "検算 / Nothing was lost" if all(p.holds for p in proofs) else "検算 / SOMETHING DIFFERS"
    for proof in proofs:
        mark = "ok     " if proof.holds else "DIFFERS"
        sign = "=" if proof.holds else "≠"
        yield f"  {mark} {proof.text}: {proof.found:,} {sign} {proof.expected:,}"


def _section(title: str, heads: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    yield ""
    yield title
    yield from table(heads, rows)


def _pledges(script: GamesFile) -> list[Row]:
    rows: list[Row] = [(g.game, g.name_en, g.quantity_kg) for g in script.games]
    return [*rows, ("", TOTAL, sum(game.quantity_kg for game in script.games))]


def _awards(outcome: Outcome) -> list[Row]:
    won = [(row.project.name_en, award) for row in outcome.shipped for award in row.bought.awards]
    return [(name, a.quantity_kg, int(a.price_per_t), a.value_jpy) for name, a in won]


def _allocations(script: GamesFile, outcome: Outcome) -> list[Row]:
    rows: list[Row] = []
    projects = [supply.project_en for supply in script.supplies]
    place = {game.name_en: number for number, game in enumerate(script.games)}
    for paper in sorted(outcome.invoices, key=lambda paper: place[paper.recipient.name_en]):
        kg_by_project = {line.project_en: line.quantity_kg for line in paper.lines}
        shares = [kg_by_project.get(project, 0) for project in projects]
        rows.append((paper.recipient.name_en, *shares, paper.quantity_kg))
    return [*rows, _sums(rows, TOTAL)]


def _invoices(outcome: Outcome) -> list[Row]:
    rows: list[Row] = [
        (p.number, p.recipient.name_en, p.value_jpy, p.fee_jpy, p.tax_jpy, p.total_jpy)
        for p in outcome.invoices
    ]
    return [*rows, _sums(rows, "", TOTAL)]


def _deliveries(outcome: Outcome) -> list[Row]:
    rows: list[Row] = []
    for row in outcome.shipped:
        for batch in row.batches:
            held = row.delivery.custody_kg if row.delivery else 0
            serials = f"{batch.serials.first_text} – {batch.serials.last_text}"
            rows.append(
                (row.project.name_en, batch.units, batch.units * batch.unit_kg, held, serials)
            )
    return rows


def _sums(rows: Sequence[Row], *labels: str) -> Row:
    """The sum of each column of numbers, after the labels."""
    columns = list(zip(*rows, strict=True))[len(labels) :]
    return (*labels, *(sum(cell for cell in column if isinstance(cell, int)) for column in columns))
