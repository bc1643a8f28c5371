"""A round's page costs the server no more for a large club than for the smallest one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import clubs
from benchmarks.findings import Finding
from benchmarks.processes import clean_environment
from benchmarks.sizes import LARGE, SMALL, Size
from club.domain.organisations import Kind
from club.settings import ROOT

AT_MOST = 2
WARM_UPS = 3
RUNS = 21
VIEWS = tuple(product((clubs.OPEN, clubs.SETTLED), (Kind.MEMBER, Kind.SUPPLIER, Kind.OPERATOR)))
NAMES = {Kind.OPERATOR: "facilitator"}


@dataclass
class Reader:
    """A process that shows pages of one club when told."""

    process: subprocess.Popen[str]
    seconds: dict[tuple[str, Kind], list[float]] = field(
        default_factory=lambda: {view: [] for view in VIEWS}
    )
    elements: dict[tuple[str, Kind], Any] = field(default_factory=dict)
    peak_mib: int = 0

    def look(self, round_id: str, kind: Kind) -> None:
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("no pipes")
        self.process.stdin.write(json.dumps({"kind": kind, "round_id": round_id}) + "\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        self.seconds[round_id, kind].append(told["seconds"])
        self.elements[round_id, kind] = told["elements"]
        self.peak_mib = told["peak_kib"] // 1024


@contextmanager
def reader_of(size: Size) -> Iterator[Reader]:
    with TemporaryDirectory() as folder:
        clubs.build(Path(folder), size)
        with subprocess.Popen(
            [sys.executable, "-m", "benchmarks.one_page"],
            cwd=ROOT,
            env=clean_environment(TOMOE_VAR=folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            yield Reader(process)
            if process.stdin is not None:
                process.stdin.close()


def measure() -> list[Finding]:
    """Turn by turn, so that whatever else the machine does meets both clubs alike."""
    with ExitStack() as stack:
        small, large = (stack.enter_context(reader_of(size)) for size in (SMALL, LARGE))
        for _ in range(WARM_UPS + RUNS):
            for view in VIEWS:
                small.look(*view)
                large.look(*view)
    if small.elements != large.elements:
        raise ValueError(f"not the same page: {small.elements} and {large.elements}")
    return [_finding(view, small, large) for view in VIEWS]


def _finding(view: tuple[str, Kind], small: Reader, large: Reader) -> Finding:
    round_id, kind = view
    pairs = zip(large.seconds[view][WARM_UPS:], small.seconds[view][WARM_UPS:], strict=True)
    what = f"round page, {round_id}, {NAMES.get(kind, kind.value)}"
    return Finding(what, [ours / theirs for ours, theirs in pairs], large.peak_mib, AT_MOST)
