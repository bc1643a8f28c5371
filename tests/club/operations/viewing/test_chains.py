"""What those who check the chains may see of them, on both databases."""

import pytest
from sqlalchemy import delete, update

from club.domain.errors import NotAllowed, NotFound
from club.domain.organisations import Kind, Role
from club.domain.rounds import Phase
from club.operations.pledging import PledgeTerms, place_pledge
from club.operations.viewing.chains import chains, links
from club.store.tables import audit_heads, audit_links
from tests.builders import NOON, colleague, join, move, open_round

TERMS = PledgeTerms(quantity_kg=20_000, limit_per_t=6_543, minimum_kg=0)


@pytest.fixture
def facilitator(context):
    return join(context, Kind.OPERATOR, Role.FACILITATOR)


@pytest.fixture
def round_(context, facilitator):
    round_ = open_round(context, facilitator)
    for number in range(3):
        member = join(context, Kind.MEMBER, Role.BUYER)
        place_pledge(context, member, request_id=f"{number}", round_id=round_.id, terms=TERMS)
    return round_


def test_a_whole_chain_is_told_with_its_length_and_its_last_deed(context, facilitator, round_):
    (row,) = chains(context, facilitator)

    assert (row.chain, row.round_, row.links) == (round_.id, round_, 3)
    assert (row.last_at, row.broken_at) == (NOON, None)


def test_a_link_that_was_altered_breaks_its_chain_there(context, facilitator, round_):
    with context.database.write() as tx:
        tx.execute(update(audit_links).where(audit_links.c.number == 2).values(made_by="other"))

    (row,) = chains(context, facilitator)

    assert row.broken_at == 2


@pytest.mark.parametrize("kept", [0, 2])
def test_a_chain_whose_end_was_cut_off_is_broken_where_it_ends_now(
    context, facilitator, round_, kept
):
    with context.database.write() as tx:
        tx.execute(delete(audit_links).where(audit_links.c.number > kept))

    (row,) = chains(context, facilitator)

    assert (row.links, row.broken_at) == (kept, kept + 1)


def test_a_chain_that_lost_its_head_is_still_told_and_broken(context, facilitator, round_):
    with context.database.write() as tx:
        tx.execute(delete(audit_heads))

    (row,) = chains(context, facilitator)

    assert (row.chain, row.links, row.broken_at) == (round_.id, 3, 1)


@pytest.mark.parametrize(
    ("phase", "is_told"),
    [
        (Phase.PLEDGING, False),
        (Phase.BIDDING, False),
        (Phase.CLEARING, False),
        (Phase.CANCELLED, False),
        (Phase.FAILED, False),
        (Phase.SETTLING, True),
        (Phase.CLOSED, True),
    ],
)
def test_limits_are_told_only_of_a_cleared_round(context, facilitator, round_, phase, is_told):
    move(context, round_, phase)

    facts = [row.facts for row in links(context, facilitator, round_.id)]

    assert [fact["quantity_kg"] for fact in facts] == [20_000] * 3
    assert ["limit_per_t" in fact for fact in facts] == [is_told] * 3


def test_names_are_for_facilitators_and_ids_for_auditors(context, facilitator, round_):
    auditor = colleague(context, facilitator, Role.AUDITOR)

    assert all(row.by is not None for row in links(context, facilitator, round_.id))
    assert [row.by for row in links(context, auditor, round_.id)] == [None] * 3


def test_chains_are_not_for_members_and_an_unknown_one_is_not_found(context, facilitator, round_):
    member = join(context, Kind.MEMBER)

    with pytest.raises(NotAllowed):
        chains(context, member)
    with pytest.raises(NotAllowed):
        links(context, member, round_.id)
    with pytest.raises(NotFound):
        links(context, facilitator, "nowhere")
