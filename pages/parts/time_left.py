"""When an auction ends, and how long that is, to the second."""

from __future__ import annotations

from datetime import datetime, timedelta

from club.domain.rounds import Round
from pages.parts.visit import Visit


def time_left(visit: Visit, ends_at: datetime, now: datetime) -> str:
    """Hours, minutes and seconds, days before them where there are any; never below nothing."""
    left = max(ends_at - now, timedelta())
    minutes, seconds = divmod(left.seconds, 60)
    clock = f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    if left.days:
        return visit.speech.say("live.days_left", days=left.days, clock=clock)
    return clock


def ends(visit: Visit, round_: Round, ends_at: datetime) -> str:
    """Until when the auction runs and how far that may move, or until when the price stands."""
    hard_end_at = round_.auction.hard_end_at
    if hard_end_at is None:
        return visit.say("live.step_ends", ends_at=ends_at)
    return visit.say("live.ends", ends_at=ends_at, hard_end_at=hard_end_at)
