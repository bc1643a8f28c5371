"""Questions for another process that test how it is asked, not what."""

import time
from dataclasses import dataclass

from club.operations.computing import Stopped, Why


@dataclass(frozen=True, slots=True)
class Told:
    """Answers with what it told on the way."""

    of: int

    def answer(self, told):
        steps = tuple((done, self.of) for done in range(1, self.of + 1))
        for step in steps:
            told(*step)
        return steps


@dataclass(frozen=True, slots=True)
class Endless:
    """Says that it has begun, and has no answer."""

    def answer(self, told):
        told(0, 1)
        while True:
            time.sleep(1)


@dataclass(frozen=True, slots=True)
class Halting:
    """Finds what a person has to look at."""

    def answer(self, _told):
        raise Stopped(Why.DISPUTED)
