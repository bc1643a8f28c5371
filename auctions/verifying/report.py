"""All checks of a record, in their order."""

from auctions.recording.row_files import RowFile
from auctions.recording.values import Record
from auctions.verifying.auction import check_auction
from auctions.verifying.best import Challenge, check_best, hold_against
from auctions.verifying.findings import Finding, Findings
from auctions.verifying.history import check_history
from auctions.verifying.purchase import check_purchase
from auctions.verifying.rows import check_row, check_rows


def verify(
    record: Record,
    *,
    row: RowFile | None = None,
    challenge: Challenge | None = None,
    optimal: bool = False,
) -> Findings:
    """Check a record whose signature fits; each finding as it is made, Refuted at the first that
    differs. `optimal` solves the round again, which loads a solver; nothing else does.
    """
    yield from check_history(record)
    if record.events:
        yield from check_auction(record)
    yield from check_purchase(record)
    yield from check_rows(record)
    if optimal:
        from auctions.verifying.solving import check_optimal  # noqa: PLC0415 - loads a solver

        yield from check_optimal(record)
    else:
        yield from check_best(record)
    if row is not None:
        yield from check_row(record, row)
    if challenge is not None:
        yield Finding("challenge", f"does not refute the result: {hold_against(record, challenge)}")
