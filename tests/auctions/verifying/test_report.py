"""What the verifier says of right records, and of ones that a club would have forged and signed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.verifying.report import verify
from club.domain.disclosure import public_record
from tests.forged import WORDS_ONLY, forgeries, holds, shortened
from tests.recorded import a_record

FULL = a_record()
RECORDS = {"full": FULL, "public": public_record(FULL)}
NOT_IN_PUBLIC = WORDS_ONLY | {
    "commitments.ciphertext_hash",
    "commitments.commitment",
    "commitments.is_supplier_approved",
    "commitments.received_at",
    "cut_offs.remainder",
    "lots.minimum_kg",
    "lots.quantity_kg",
    "metadata.tree_root",
    "metadata.tree_size",
    "offers.coefficient",
    "offers.minimum_kg",
    "offers.price_per_t",
    "offers.quantity_kg",
    "passes.bought_kg",
    "passes.effective_cost",
    "passes.limit_per_t",
}
"""What in the public record only losing suppliers, members, or the full record can check: losing
offers and lots, earlier passes, and the tree."""


def said(record, **how):
    return {(finding.subject, finding.is_checked) for finding in verify(record, **how)}


PLEDGED = st.lists(
    st.tuples(st.integers(1, 90), st.none() | st.integers(1, 9), st.integers(0, 30)).map(
        lambda pledge: (pledge[0], pledge[1], min(pledge[0], pledge[2]))
    ),
    min_size=1,
    max_size=12,
)
OFFERED = st.lists(
    st.tuples(st.integers(1, 90), st.integers(1, 9), st.sampled_from([0, 0, 5, 90])).map(
        lambda offer: (offer[0], offer[1], min(offer[0], offer[2]))
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(PLEDGED, OFFERED, st.booleans())
def test_every_right_record_holds(pledged, offered, optimal):
    record = a_record(pledged, offered)

    for each in (record, public_record(record)):
        assert "best" in {subject for subject, _ in said(each, optimal=optimal)}


def test_in_the_full_record_everything_is_checked():
    assert {subject for subject, is_checked in said(FULL) if not is_checked} == set()


def test_the_public_record_says_what_it_does_not_show():
    left = {subject for subject, is_checked in said(RECORDS["public"]) if not is_checked}

    assert left == {"inputs", "envelopes", "shares", "rows", "passes"}


@pytest.mark.parametrize(("kind", "may_hold"), [("full", WORDS_ONLY), ("public", NOT_IN_PUBLIC)])
def test_whatever_cell_is_forged_it_is_noticed_but_for_what_nothing_else_says(kind, may_hold):
    forged = list(forgeries(RECORDS[kind]))

    assert len(forged) > 200
    assert {name for name, record in forged if holds(record)} == may_hold


@pytest.mark.parametrize("kind", RECORDS)
def test_no_table_can_lose_its_last_row(kind):
    assert {name for name, record in shortened(RECORDS[kind]) if holds(record)} == {"keys"}
