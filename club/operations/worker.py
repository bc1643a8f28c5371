"""Computing a round, or answering a question about one, in a process of its own, so that nobody's
page waits.

The process is started anew each time and speaks over its pipes. A pool of this language's own
would run the server's main script again in every child, and inside the server that is the
script of the screens.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Timer
from typing import Any, TypeVar

from club.domain.errors import Refused
from club.operations.computing import Job, R, Stopped, compute
from club.operations.questions import Question, Told, untold
from club.settings import ROOT

A = TypeVar("A")

LONGEST = 900
"""Seconds after which a computation is given up; its round is told as failing and tried later."""
LONGEST_QUESTION = 300
"""The same for what a person asks."""
NICE = 10
"""Questions give way to clearings and to pages."""


class NotComputed(RuntimeError):
    """The other process failed; what it said is in the message."""


class TookTooLong(NotComputed):
    """It had no answer in time."""


class Worker:
    """An engine, and an answerer of questions; one of them at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __call__(self, job: Job[R], /) -> R:
        computed: R = self._answered(job, untold, LONGEST)
        return computed

    def ask(self, question: Question[A], told: Told = untold) -> A:
        """Have a question answered; raises Refused where that takes too long."""
        try:
            answer: A = self._answered(question, told, LONGEST_QUESTION)
        except TookTooLong:
            raise Refused("takes_too_long") from None
        return answer

    def close(self) -> None:
        """End what is being computed; it is computed again by whoever comes next."""
        process = self._process
        if process is not None:
            process.kill()

    def _answered(self, asked: Job[Any] | Question[Any], told: Told, longest: int) -> Any:
        with self._lock, _process() as process:
            self._process = process
            try:
                return _converse(process, asked, told, longest)
            finally:
                self._process = None


@contextmanager
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """A new process, which ends at the latest when nobody listens any more."""
    command = [sys.executable, "-m", "club.operations.worker"]
    with subprocess.Popen(  # noqa: S603 - this very file
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _converse(
    process: subprocess.Popen[bytes], asked: Job[Any] | Question[Any], told: Told, longest: int
) -> Any:
    """Ask, pass on how far it has come, and take the answer."""
    given_up = Event()

    def give_up() -> None:
        given_up.set()
        process.kill()

    over = Timer(longest, give_up)
    over.start()
    try:
        return _answer_of(process, asked, told)
    except (EOFError, BrokenPipeError):
        if given_up.is_set():
            raise TookTooLong(f"no answer within {longest} seconds") from None
        raise NotComputed(f"the process ended with {process.wait()}") from None
    finally:
        over.cancel()


def _answer_of(
    process: subprocess.Popen[bytes], asked: Job[Any] | Question[Any], told: Told
) -> Any:
    assert process.stdin is not None  # noqa: S101 - both are pipes
    assert process.stdout is not None  # noqa: S101 - as above
    with process.stdin as stdin:
        pickle.dump(asked, stdin)
    while True:
        kind, said = pickle.load(process.stdout)  # noqa: S301 - our own child wrote it
        if kind == "done":
            return said
        if kind == "stopped":
            raise Stopped(said)
        if kind == "failed":
            raise NotComputed(said)
        told(*said)


def answer() -> None:
    """Read what is asked, write what comes of it; a solver's chatter goes where errors go."""
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        asked = pickle.load(sys.stdin.buffer)  # noqa: S301 - the server wrote it

        def tell(kind: str, said: object) -> None:
            pickle.dump((kind, said), out)
            out.flush()

        try:
            if isinstance(asked, Job):
                tell("done", compute(asked))
            else:
                os.nice(NICE)
                tell("done", asked.answer(lambda done, of: tell("told", (done, of))))
        except Stopped as stopped:
            tell("stopped", stopped.why)
        except Exception as failure:  # noqa: BLE001 - the server logs it and tries again later
            tell("failed", f"{type(failure).__name__}: {failure}")


QUESTIONS = Worker()
"""Answers what people of this host ask, one after the other."""


if __name__ == "__main__":
    answer()
