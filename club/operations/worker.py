"""Computing a round in a process of its own, so that nobody's page waits.

The process is started anew for each round and speaks over its pipes. A pool of this language's
own would run the server's main script again in every child, and inside the server that is the
script of the screens.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from threading import Lock

from club.operations.computing import Computed, Task, compute
from club.settings import ROOT

LONGEST = 900
"""Seconds after which a computation is given up; its round is told as failing and tried later."""


class NotComputed(RuntimeError):
    """The other process failed; what it said is in the message."""


class Worker:
    """An engine; one round at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __call__(self, task: Task) -> Computed:
        with self._lock:
            process = self._process = _start()
            try:
                answer, _ = process.communicate(pickle.dumps(task), timeout=LONGEST)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                raise NotComputed(f"no answer within {LONGEST} seconds") from None
            finally:
                self._process = None
        if process.returncode != 0:
            raise NotComputed(f"the process ended with {process.returncode}")
        failure, computed = pickle.loads(answer)  # noqa: S301 - our own child wrote it
        if failure is not None:
            raise NotComputed(failure)
        assert isinstance(computed, Computed)  # noqa: S101 - the other side of this file
        return computed

    def close(self) -> None:
        """End a round that is being computed; it is computed again by whoever comes next."""
        process = self._process
        if process is not None:
            process.kill()


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "club.operations.worker"]
    return subprocess.Popen(  # noqa: S603 - this very file
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def answer() -> None:
    """Read a task, write what came out; a solver's chatter goes where errors go."""
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        task = pickle.load(sys.stdin.buffer)  # noqa: S301 - the server wrote it
        told: tuple[str | None, Computed | None]
        try:
            told = (None, compute(task))
        except Exception as failure:  # noqa: BLE001 - the server logs it and tries again later
            told = (f"{type(failure).__name__}: {failure}", None)
        pickle.dump(told, out)


if __name__ == "__main__":
    answer()
