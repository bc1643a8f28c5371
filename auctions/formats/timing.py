"""When an auction ends: the soft close, and what a pause, an extension or an outage does to it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from auctions.formats.events import Control, EventRefused, Extended, Paused, Reopened, Resumed
from auctions.offers import BadBook

LAST = timedelta(minutes=10)
"""The last minutes of an auction, in which an outage takes time from the bidders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The end as it stands; at its very instant a bid is in."""

    ends_at: datetime
    hard_end_at: datetime | None = None
    """What no bid and no facilitator moves the end beyond; None where nothing bounds it."""
    window: timedelta = timedelta()
    """A bid in so much of the last time moves the end to so much after itself."""
    pause: Paused | None = None
    moved: int = 0
    """How often a late bid has moved the end."""


def check_timing(timing: Timing) -> None:
    """Refuse with BadBook a window below zero and an end beyond the hard end."""
    if timing.window < timedelta():
        raise BadBook("window_out_of_range", "window", window=timing.window)
    if timing.hard_end_at is not None and timing.hard_end_at < timing.ends_at:
        raise BadBook("hard_end_before_end", "hard_end_at", ends_at=timing.ends_at)


def is_over(timing: Timing, at: datetime) -> bool:
    """Whether the end has passed; while the auction is paused it does not."""
    return timing.pause is None and at > timing.ends_at


def require_running(timing: Timing, at: datetime) -> None:
    """Refuse what comes during a pause (`paused`) or after the end (`over`)."""
    if timing.pause is not None:
        raise EventRefused("paused", paused_at=timing.pause.at, reason=timing.pause.reason)
    if at > timing.ends_at:
        raise EventRefused("over", closed_at=timing.ends_at, now_at=at)


def softened(timing: Timing, at: datetime) -> Timing:
    """The timing after a bid was accepted: the end is a window off at least, up to the hard end."""
    later = at + timing.window
    if timing.hard_end_at is not None:
        later = min(later, timing.hard_end_at)
    if later <= timing.ends_at:
        return timing
    return replace(timing, ends_at=later, moved=timing.moved + 1)


def controlled(timing: Timing, event: Control) -> Timing:
    """The timing after a pause, a resumption, an extension or an outage.

    Refused: `paused` and `over` as for a bid, `not_paused`, `not_later` where an extension would
    not move the end, and `beyond_hard_end`.
    """
    match event:
        case Paused():
            require_running(timing, event.at)
            return replace(timing, pause=event)
        case Resumed():
            return _resumed(timing, event)
        case Extended():
            return _extended(timing, event)
        case Reopened():
            return _reopened(timing, event)


def has_to_reopen(timing: Timing, outage: Reopened, grace: timedelta) -> bool:
    """Whether an outage has taken more than the grace from the last minutes, and the time left is
    shorter than it was.

    Not where the auction went down after its end, or stood still anyhow.
    """
    if timing.pause is not None or outage.down_from > timing.ends_at:
        return False
    missed = outage.at - max(outage.down_from, timing.ends_at - LAST)
    return missed > grace and _reopened(timing, outage) != timing


def _resumed(timing: Timing, event: Resumed) -> Timing:
    if timing.pause is None:
        raise EventRefused("not_paused")
    stood_still = max(event.at - timing.pause.at, timedelta())
    return replace(_moved(timing, stood_still), pause=None)


def _extended(timing: Timing, event: Extended) -> Timing:
    require_running(timing, event.at)
    if event.until <= timing.ends_at:
        raise EventRefused("not_later", ends_at=timing.ends_at)
    if timing.hard_end_at is not None and event.until > timing.hard_end_at:
        raise EventRefused("beyond_hard_end", hard_end_at=timing.hard_end_at)
    return replace(timing, ends_at=event.until)


def _reopened(timing: Timing, event: Reopened) -> Timing:
    """Bidders get as long again as the auction was down, counted from now; the hard end gives way
    by as much as the end."""
    if timing.pause is not None:
        raise EventRefused("paused", paused_at=timing.pause.at, reason=timing.pause.reason)
    down = event.at - event.down_from
    return _moved(timing, max(event.at + down - timing.ends_at, timedelta()))


def _moved(timing: Timing, by: timedelta) -> Timing:
    hard_end_at = timing.hard_end_at and timing.hard_end_at + by
    return replace(timing, ends_at=timing.ends_at + by, hard_end_at=hard_end_at)
