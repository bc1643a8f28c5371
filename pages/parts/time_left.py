"""How long is left of an auction, to the second."""

from __future__ import annotations

from datetime import datetime, timedelta

from pages.parts.visit import Visit


def time_left(visit: Visit, ends_at: datetime, now: datetime) -> str:
    """Hours, minutes and seconds, days before them where there are any; never below nothing."""
    left = max(ends_at - now, timedelta())
    minutes, seconds = divmod(left.seconds, 60)
    clock = f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    if left.days:
        return visit.speech.say("live.days_left", days=left.days, clock=clock)
    return clock
