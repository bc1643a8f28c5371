"""A hundred open round pages tick about as fast as a hundred pages that show nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import clubs
from benchmarks.findings import Finding, percentile
from benchmarks.processes import Server, clean_environment, free_port, serving
from benchmarks.sizes import LARGE
from club.domain.organisations import Kind
from club.settings import ROOT

AT_MOST = 3
EVERY, WATCH = "5.0", "10.0"
"""The intervals of the page's own live part, and of the one that watches who is there."""
Turns = Sequence[dict[str, list[float]]]


def measure() -> list[Finding]:
    """Both servers run at once and are loaded turn by turn."""
    with ExitStack() as stack:
        folder, other = (Path(stack.enter_context(TemporaryDirectory())) for _ in range(2))
        clubs.build(folder, LARGE)
        club = stack.enter_context(_club(folder))
        empty = stack.enter_context(_empty(other))
        ours, theirs = _load(club, empty)
        peak_mib = club.peak_mib()
        return [
            _finding("tick of the round page, p95", ours, theirs, EVERY, peak_mib, AT_MOST),
            _finding("tick that asks who is there, p95", ours, theirs, WATCH, peak_mib),
        ]


def _club(folder: Path):
    port = free_port()
    return serving([sys.executable, "-m", "club", "serve"], folder, port, "/healthz")


def _empty(folder: Path):
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "benchmarks/empty_app.py"]
    return serving([*command, "--server.port", str(port)], folder, port, "/_stcore/health")


def _load(club: Server, empty: Server) -> tuple[Turns, Turns]:
    sites = [
        {
            "url": club.url,
            "page": "round",
            "query": f"id={clubs.OPEN}",
            "emails": [clubs.address(kind) for kind in Kind],
            "password": clubs.PASSWORD,
        },
        {"url": empty.url},
    ]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        cwd=ROOT,
        env=clean_environment(),
        input=json.dumps(sites),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    ours, theirs = json.loads(done.stdout)
    return ours, theirs


def _finding(
    what: str, ours: Turns, theirs: Turns, every: str, peak_mib: int, at_most: float | None = None
) -> Finding:
    """The median over the turns of one p95 against the other."""
    ratios = [
        percentile(one[every], 95) / percentile(other[every], 95)
        for one, other in zip(ours, theirs, strict=True)
    ]
    return Finding(
        what=what,
        ratio=median(ratios),
        at_most=at_most,
        spread=(min(ratios), max(ratios)),
        peak_mib=peak_mib,
    )
