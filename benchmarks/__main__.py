"""`python -m benchmarks`: every speed claim of this release, one after another; exits 1 when one
does not hold. Names after the command choose some of them.
"""

from __future__ import annotations

import sys

from benchmarks import (
    clearing,
    growth,
    live_pages,
    mixing,
    ordering,
    recording,
    remainders,
    round_page,
    school_cohort,
    school_pages,
    school_statistics,
)
from benchmarks.findings import HEAD

CLAIMS = (
    ordering,
    remainders,
    mixing,
    growth,
    clearing,
    recording,
    school_statistics,
    school_cohort,
    school_pages,
    round_page,
    live_pages,
)
"""One file a claim; each has `measure() -> list[Finding]`."""


def main() -> None:
    chosen = [c for c in CLAIMS if not sys.argv[1:] or c.__name__.split(".")[-1] in sys.argv[1:]]
    print(*HEAD, sep="\n", flush=True)
    holds = True
    for claim in chosen:
        for finding in claim.measure():
            print(finding.line(), flush=True)
            holds = holds and finding.holds
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
