"""A hundred open round pages tick about as fast as a hundred pages that show nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import clubs
from benchmarks.findings import Finding, percentile
from benchmarks.processes import Server, clean_environment, free_port, serving
from benchmarks.sizes import LARGE
from club.domain.organisations import Kind
from club.settings import ROOT

AT_MOST = 3
EVERY, WATCH = "5.0", "10.0"
"""The intervals of the page's own live part, and of the one that watches who is there."""
Turns = Sequence[dict[str, Any]]


def measure() -> list[Finding]:
    """Both servers run at once and are loaded turn by turn."""
    with ExitStack() as stack:
        folder, other = (Path(stack.enter_context(TemporaryDirectory())) for _ in range(2))
        clubs.build(folder, LARGE)
        club = stack.enter_context(_club(folder))
        empty = stack.enter_context(_empty(other))
        ours, theirs = _load(club, empty)
        return [
            Finding(what, ratios, club.peak_mib(), at_most)
            for what, at_most, ratios in (
                ("tick of the round page, p95", AT_MOST, _p95(ours, theirs, EVERY)),
                ("tick that asks who is there, p95", None, _p95(ours, theirs, WATCH)),
                ("server's processor time, a tick", None, _processor(ours, theirs)),
            )
        ]


def _club(folder: Path) -> AbstractContextManager[Server]:
    port = free_port()
    return serving([sys.executable, "-m", "club", "serve"], folder, port, "/healthz")


def _empty(folder: Path) -> AbstractContextManager[Server]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "benchmarks/empty_app.py"]
    return serving([*command, "--server.port", str(port)], folder, port, "/_stcore/health")


def _load(club: Server, empty: Server) -> tuple[Turns, Turns]:
    sites = [
        {
            "url": club.url,
            "pid": club.pid,
            "page": "round",
            "query": f"id={clubs.OPEN}",
            "emails": [clubs.address(kind) for kind in Kind],
            "password": clubs.PASSWORD,
        },
        {"url": empty.url, "pid": empty.pid},
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


def _p95(ours: Turns, theirs: Turns, every: str) -> list[float]:
    """One p95 against the other, turn by turn."""
    return [
        percentile(one["took"][every], 95) / percentile(other["took"][every], 95)
        for one, other in zip(ours, theirs, strict=True)
    ]


def _processor(ours: Turns, theirs: Turns) -> list[float]:
    """What both live parts together cost the server, turn by turn; waiting is not counted."""

    def a_tick(turn: dict[str, Any]) -> float:
        cost: float = turn["processor"] / sum(len(took) for took in turn["took"].values())
        return cost

    return [a_tick(one) / a_tick(other) for one, other in zip(ours, theirs, strict=True)]
