"""Curves of time against size, both logarithmic, each beside the growth that is stated, as SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from math import floor, log2, log10
from typing import Protocol

COLUMNS = 3
WIDTH, HEIGHT, MARGIN, RIGHT = 320, 240, 60, 34
STATED: dict[str, Callable[[int], float]] = {"n": float, "cells": float}
STYLE = (
    "text{font:12px sans-serif;fill:#222}.small{font-size:10px;fill:#555}"
    ".grid{stroke:#ddd}.stated{stroke:#888;stroke-dasharray:5 4;fill:none}"
    ".seen{stroke:#0b5fa5;stroke-width:2;fill:none}.dot{fill:#0b5fa5}"
)


class Drawable(Protocol):
    """What a panel shows."""

    @property
    def what(self) -> str: ...
    @property
    def stated(self) -> str: ...
    @property
    def exponent(self) -> float: ...
    @property
    def points(self) -> Sequence[tuple[int, float]]: ...


def draw(curves: Sequence[Drawable]) -> str:
    """One panel a curve; the dashed line is the stated growth through the last point."""
    lines = -(-len(curves) // COLUMNS)
    corners = [(i % COLUMNS * WIDTH, i // COLUMNS * HEIGHT) for i in range(len(curves))]
    panels = [
        f'<g transform="translate({x},{y})">{_panel(each)}</g>'
        for (x, y), each in zip(corners, curves, strict=True)
    ]
    size = f'width="{COLUMNS * WIDTH}" height="{lines * HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{STYLE}</style>'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(panels)}</svg>\n'
    )


def _panel(curve: Drawable) -> str:
    sizes = [n for n, _ in curve.points]
    last, longest = curve.points[-1]
    growth = STATED.get(curve.stated, lambda n: n * log2(n))
    stated = [(n, longest * growth(n) / growth(last)) for n in sizes]
    times = [s for _, s in (*curve.points, *stated)]
    across = _axis(min(sizes), max(sizes), MARGIN, WIDTH - RIGHT)
    upward = _axis(min(times), max(times), HEIGHT - MARGIN + 12, 34)
    told = f"seen n^{curve.exponent:.2f}, dashed: {escape(curve.stated)}"
    return "".join(
        [
            f'<text x="{MARGIN}" y="16">{escape(curve.what)}</text>',
            f'<text x="{MARGIN}" y="29" class="small">{told}</text>',
            *(_across(across(n), f"{n:,}") for n in _powers(min(sizes), max(sizes))),
            *(_upward(upward(s), f"{s:g} s") for s in _powers(min(times), max(times))),
            _line("stated", [(across(n), upward(s)) for n, s in stated]),
            _line("seen", [(across(n), upward(s)) for n, s in curve.points]),
            *(
                f'<circle class="dot" r="3" cx="{across(n):.1f}" cy="{upward(s):.1f}"/>'
                for n, s in curve.points
            ),
        ]
    )


def _axis(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    reach = log10(high / low)
    return lambda value: start + (end - start) * log10(value / low) / reach


def _powers(low: float, high: float) -> list[float]:
    powers = [10.0**power for power in range(floor(log10(low)), floor(log10(high)) + 1)]
    return [int(each) if each >= 1 else each for each in powers if low <= each <= high]


def _across(x: float, label: str) -> str:
    return (
        f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="34" y2="{HEIGHT - MARGIN + 12}"/>'
        f'<text class="small" x="{x:.1f}" y="{HEIGHT - 20}" text-anchor="middle">{label}</text>'
    )


def _upward(y: float, label: str) -> str:
    return (
        f'<line class="grid" x1="{MARGIN}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text class="small" x="{MARGIN - 4}" y="{y + 3:.1f}" text-anchor="end">{label}</text>'
    )


def _line(kind: str, points: Sequence[tuple[float, float]]) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline class="{kind}" points="{path}"/>'
