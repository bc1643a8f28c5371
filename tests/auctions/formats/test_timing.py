from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.formats.events import EventRefused, Extended, Paused, Reopened, Resumed
from auctions.formats.timing import (
    LAST,
    Timing,
    check_timing,
    controlled,
    has_to_reopen,
    is_over,
    require_running,
    softened,
)
from auctions.offers import BadBook
from tests.auctions.formats.auctions import after, refusal, seconds

TIMING = Timing(ends_at=after(600), hard_end_at=after(900), window=timedelta(seconds=60))
MICROSECOND = timedelta(microseconds=1)


def test_at_the_very_end_a_bid_is_in_and_a_microsecond_later_it_is_not():
    late = after(600) + MICROSECOND

    require_running(TIMING, after(600))
    with pytest.raises(EventRefused) as refused:
        require_running(TIMING, late)

    assert not is_over(TIMING, after(600))
    assert is_over(TIMING, late)
    assert (refused.value.code, refused.value.facts) == (
        "over",
        {"closed_at": after(600), "now_at": late},
    )


@pytest.mark.parametrize(
    ("at", "ends"), [(539, 600), (540, 600), (541, 601), (600, 660), (870, 900), (900, 900)]
)
def test_a_bid_in_the_window_moves_the_end_up_to_the_hard_end(at, ends):
    timing = Timing(
        ends_at=after(max(600, at)), hard_end_at=after(900), window=timedelta(seconds=60)
    )

    assert seconds(softened(timing, after(at)).ends_at) == ends


def test_the_time_of_a_pause_is_given_back():
    paused = controlled(TIMING, Paused(at=after(590), reason="fire drill"))

    assert not is_over(paused, after(10_000))
    assert refusal(controlled, paused, Paused(at=after(591), reason="again")) == (
        "paused",
        {"paused_at": after(590), "reason": "fire drill"},
    )
    resumed = controlled(paused, Resumed(at=after(1_590)))
    assert resumed == Timing(
        ends_at=after(1_600), hard_end_at=after(1_900), window=timedelta(seconds=60)
    )
    assert refusal(controlled, resumed, Resumed(at=after(1_591))) == ("not_paused", {})


def test_an_extension_lies_between_the_end_and_the_hard_end():
    def extended(at, until):
        return Extended(at=after(at), until=after(until), reason="a lorry hit the line")

    assert controlled(TIMING, extended(10, 700)).ends_at == after(700)
    assert refusal(controlled, TIMING, extended(10, 600)) == ("not_later", {"ends_at": after(600)})
    assert refusal(controlled, TIMING, extended(10, 901)) == (
        "beyond_hard_end",
        {"hard_end_at": after(900)},
    )
    assert refusal(controlled, TIMING, extended(601, 700))[0] == "over"


def test_after_an_outage_there_is_as_much_time_again_as_it_was_down():
    across = controlled(TIMING, Reopened(at=after(900), down_from=after(580)))
    within = controlled(TIMING, Reopened(at=after(570), down_from=after(500)))
    early = controlled(TIMING, Reopened(at=after(200), down_from=after(100)))

    assert (across.ends_at, across.hard_end_at) == (after(1_220), after(1_520))
    assert (within.ends_at, within.hard_end_at) == (after(640), after(940))
    assert early == TIMING


END = 2 * int(LAST.total_seconds())


@pytest.mark.parametrize(
    ("down_from", "up", "reopens"),
    [
        (0, END // 2 + 60, False),  # a minute of the last minutes, no more than the grace
        (0, END // 2 + 61, True),
        (END - 400, END - 300, False),  # more time is left than was lost
        (END - 61, END, True),
        (END - 100, END - 39, True),
        (END - 30, END + 30, False),
        (END - 30, END + 31, True),
        (END, END + 61, True),
        (END + 1, END + 3_600, False),  # it was up at its end
    ],
)
def test_an_outage_counts_from_the_last_minutes_on_until_it_is_over(down_from, up, reopens):
    timing = Timing(ends_at=after(END))
    outage = Reopened(at=after(up), down_from=after(down_from))

    assert has_to_reopen(timing, outage, timedelta(seconds=60)) is reopens
    paused = controlled(timing, Paused(at=after(0), reason="rest"))
    assert not has_to_reopen(paused, outage, timedelta(seconds=60))


@pytest.mark.parametrize(
    ("timing", "code"),
    [
        (Timing(ends_at=after(2), hard_end_at=after(1)), "hard_end_before_end"),
        (Timing(ends_at=after(2), window=-MICROSECOND), "window_out_of_range"),
    ],
)
def test_a_timing_that_means_nothing_is_refused(timing, code):
    with pytest.raises(BadBook) as refused:
        check_timing(timing)

    assert refused.value.code == code


@given(st.lists(st.integers(0, 1_000)))
def test_no_run_of_bids_passes_the_hard_end_and_the_end_never_comes_nearer(instants):
    timing = TIMING
    for at in sorted(instants):
        if is_over(timing, after(at)):
            break
        later = softened(timing, after(at))
        assert timing.ends_at <= later.ends_at <= after(900)
        assert later.ends_at >= min(after(at + 60), after(900))
        timing = later


def test_only_a_bid_that_moves_the_end_is_counted():
    early = softened(TIMING, after(539))
    late = softened(early, after(590))
    answered = softened(late, after(590))
    at_the_hard_end = softened(softened(answered, after(650)), after(880))

    moved = [each.moved for each in (early, late, answered, at_the_hard_end)]
    assert moved == [0, 1, 1, 3]
    assert softened(at_the_hard_end, after(900)).moved == 3
