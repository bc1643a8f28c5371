"""What a certificate is worth agrees with the gate, and is never better than the pass."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from curriculum.certificates import Validity, Worth, worth
from curriculum.gates import Attempt, current_pass
from tests.curriculum.examples import module

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TIDES = module(valid_days=30)
DAY = timedelta(days=1)
EXPIRED = Worth(validity=Validity.EXPIRED, until=None)


def attempt(id, *, at=NOON, version=3, score=Fraction(1), **more):
    return Attempt(
        id=id, module_id="tides", module_version=version,
        finished_at=at, score=score, pass_mark=Fraction(4, 5), **more,
    )  # fmt: skip


def test_it_is_valid_until_the_pass_lapses_and_expired_from_then_on():
    passed = attempt("a")
    ends = NOON + 30 * DAY

    for now in (NOON, ends - timedelta(microseconds=1)):
        assert worth(passed, [passed], TIDES, now) == Worth(validity=Validity.VALID, until=ends)
    assert worth(passed, [passed], TIDES, ends) == Worth(validity=Validity.EXPIRED, until=ends)


def test_one_of_an_older_version_has_expired_with_no_date():
    old = attempt("a", version=2)

    assert worth(old, [old], TIDES, NOON) == EXPIRED
    delta = attempt("b", at=NOON + DAY, carries="a")
    assert worth(old, [old, delta], TIDES, NOON + 2 * DAY) == EXPIRED
    carried = Worth(validity=Validity.VALID, until=NOON + 30 * DAY)
    assert worth(delta, [old, delta], TIDES, NOON + 2 * DAY) == carried


def test_withdrawn_is_withdrawn_even_when_it_would_have_lapsed():
    gone = attempt("a", is_withdrawn=True)
    told = Worth(validity=Validity.WITHDRAWN, until=None)

    assert worth(gone, [gone], TIDES, NOON) == told
    assert worth(gone, [gone], TIDES, NOON + 99 * DAY) == told
    again = attempt("b", at=NOON + DAY)
    assert worth(gone, [gone, again], TIDES, NOON + 2 * DAY) == told


def test_passing_again_prolongs_another_certificate_not_this_one():
    first, second = attempt("a"), attempt("b", at=NOON + 10 * DAY)
    both = [first, second]
    now = NOON + 31 * DAY

    assert worth(first, both, TIDES, now) == Worth(validity=Validity.EXPIRED, until=NOON + 30 * DAY)
    assert worth(second, both, TIDES, now).until == NOON + 40 * DAY


def test_a_failure_has_no_certificate_even_beside_a_pass():
    failed = attempt("b", at=NOON + DAY, score=Fraction(0))

    assert worth(failed, [attempt("a"), failed], TIDES, NOON + 2 * DAY) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(2, 3), st.sampled_from([0, 4, 5]), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 90),
)
def test_somebody_holds_a_valid_certificate_exactly_if_they_hold_a_pass(given_, days):
    tries = [
        replace(
            attempt(str(number), at=NOON + day * DAY, version=version, score=Fraction(score, 5)),
            is_withdrawn=is_withdrawn,
        )
        for number, (day, version, score, is_withdrawn) in enumerate(given_)
    ]
    now = NOON + days * DAY
    done = [a for a in tries if a.finished_at <= now]
    held = current_pass(done, TIDES, now)
    worths = [worth(a, done, TIDES, now) for a in done]
    valid = [w for w in worths if w is not None and w.validity is Validity.VALID]

    assert bool(valid) == (held is not None)
    if held is not None:
        assert max(w.until for w in valid) == held.expires_at
