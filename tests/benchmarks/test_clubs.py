"""What pages are measured with is a club that the engine of today has settled."""

from benchmarks import clubs
from benchmarks.round_page import SMALL
from club import settings
from club.operations.context import open_context
from club.store import clearings


def test_the_smallest_club_to_measure_in_holds_a_settled_round(tmp_path):
    clubs.build(tmp_path, SMALL)

    context = open_context(settings.read({"TOMOE_VAR": str(tmp_path)}, tmp_path / "no-secrets"))
    with context.database.read() as tx:
        cleared = clearings.get(tx, clubs.SETTLED)
    context.database.dispose()
    assert cleared is not None
    assert cleared.result["document"]["clearing"]["awards"]
