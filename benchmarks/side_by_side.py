"""Two computations in turn, in a process of their own, so that its memory tells of them."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

Work = Callable[[], object]
Pair = Callable[[], tuple[Work, Work]]
"""Makes ready what is measured and what it is compared with; a function of a module."""

STATUS = Path("/proc/self/status")
WARM_UPS = 2
TURNS = 15


def compare(pair: Pair, turns: int = TURNS, warm_ups: int = WARM_UPS) -> tuple[list[float], int]:
    """The ratios of processor time, turn by turn, and the peak memory in MiB, inputs included."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as process:
        return process.submit(_compare, pair, turns, warm_ups).result()


def _compare(pair: Pair, turns: int, warm_ups: int) -> tuple[list[float], int]:
    ours, theirs = pair()
    for _ in range(warm_ups):
        ours(), theirs()
    ratios = [seconds(ours) / seconds(theirs) for _ in range(turns)]
    return ratios, peak_mib()


def seconds(work: Work) -> float:
    """The processor time of one run."""
    began = time.process_time()
    work()
    return time.process_time() - began


def peak_mib() -> int:
    """The most memory that this process has held so far.

    Where Linux tells: `ru_maxrss` also counts what the parent held when it made this process.
    """
    if STATUS.exists():
        told = dict(line.split(":", 1) for line in STATUS.read_text("utf-8").splitlines())
        return int(told["VmHWM"].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
