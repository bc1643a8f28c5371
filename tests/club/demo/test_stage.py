"""The clock of a script."""

from datetime import timedelta

import pytest

from club.demo.stage import ScriptClock
from tests.builders import NOON


def test_each_look_is_a_second_later(database):
    clock = ScriptClock(NOON)
    with database.read() as tx:
        looks = [clock(tx), clock(tx)]

    assert looks == [NOON + timedelta(seconds=1), NOON + timedelta(seconds=2)]


def test_the_script_does_not_go_back():
    clock = ScriptClock(NOON)
    clock.put(NOON + timedelta(days=1))

    with pytest.raises(ValueError, match="goes back"):
        clock.put(NOON)
