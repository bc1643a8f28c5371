from dataclasses import fields, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.curves import supply_curve
from auctions.recording.values import DemandStep, Input
from club.domain.disclosure import public_record, shown_demand
from club.domain.offers import EnvelopeState
from club.domain.records import full_record
from tests.recorded import OFFERS, PLEDGES, a_record, a_source

FULL = a_record()
PUBLIC = public_record(FULL)


def steps(*companies):
    """One limit after the other, with so many companies at each, a tonne a company."""
    total, made = 0, []
    for number, count in enumerate(companies):
        total += count
        made.append(
            DemandStep(limit_per_t=1_000 - number, demand_kg=total * 1_000, companies=total)
        )
    return tuple(made)


@given(st.lists(st.integers(1, 9), max_size=12), st.data())
def test_five_companies_or_more_stand_between_two_steps_that_are_told(companies, data):
    known = steps(*companies)
    limits = [step.limit_per_t for step in known]
    chosen = data.draw(st.none() | st.sampled_from(limits)) if limits else None

    told = list(shown_demand(known, chosen))

    assert set(told) <= set(known)
    assert all(step.companies >= 5 for step in told[:1])
    assert all(lower.companies - higher.companies >= 5 for higher, lower in pairwise(told))
    taking_part = [step for step in known if chosen is not None and step.limit_per_t >= chosen]
    if taking_part and taking_part[-1].companies >= 5:
        assert taking_part[-1] in told


def test_where_all_limits_are_common_each_is_told():
    known = steps(5, 7, 6, 5)

    assert tuple(shown_demand(known, known[1].limit_per_t)) == known


def test_the_few_are_told_together_with_their_neighbours():
    known = steps(3, 3, 1, 2, 9)

    assert [step.companies for step in shown_demand(known, None)] == [6, 18]
    assert [step.companies for step in shown_demand(known, known[2].limit_per_t)] == [7, 18]
    assert [step.companies for step in shown_demand(known, known[3].limit_per_t)] == [9, 18]


def test_what_concerns_nobody_alone_is_the_same_in_both():
    same = {
        "inputs",
        "keys",
        "chain_heads",
        "suppliers",
        "projects",
        "cleared",
        "awards",
        "cut_offs",
        "entrants",
        "events",
    }

    assert {
        field.name
        for field in fields(FULL)
        if getattr(FULL, field.name) == getattr(PUBLIC, field.name)
    } == same
    assert PUBLIC.about == replace(FULL.about, kind="public")


def test_losing_suppliers_have_pseudonyms_and_winners_their_names():
    told = {each.sequence: (each.supplier, each.lot, each.project) for each in PUBLIC.commitments}

    assert told == {
        1: ("supplier 1", "lot 1", "project of lot 1"),
        2: ("supplier 2", "lot 2", "project of lot 2"),
        3: ("losing supplier 1", "losing lot 1", "losing project 1"),
        4: ("losing supplier 2", "losing lot 2", "losing project 2"),
    }
    losing = [each for each in PUBLIC.commitments if each.sequence > 2]
    assert {(each.nonce, each.facts, each.quantity_bound_kg) for each in losing} == {
        (None, None, None)
    }


def test_of_a_losing_lot_no_more_is_told_than_was_offered():
    quantities = {lot.id: lot.quantity_kg for lot in PUBLIC.lots}

    assert quantities == {
        "lot 1": 46_000,
        "lot 2": 46_000,
        "losing lot 1": 50_000,
        "losing lot 2": 21_000,
    }
    assert supply_curve(PUBLIC.lots, PUBLIC.offers) == supply_curve(FULL.lots, FULL.offers)


def test_a_project_that_a_winner_offers_too_keeps_its_id():
    source = a_source()
    shared = source.projects_of_lots | {"lot 3": "project of lot 1"}

    told = public_record(full_record(replace(source, projects_of_lots=shared)))

    assert told.commitments[2].project == "project of lot 1"


def test_who_left_is_told_to_nobody():
    assert [row.left for row in FULL.passes] == ["member 000007", None]
    assert [(row.has_left, row.left, row.left_quota) for row in PUBLIC.passes] == [
        (True, None, None),
        (False, None, None),
    ]
    assert {row.pass_number for row in PUBLIC.tried} == {2}


def test_entries_of_pledges_and_losing_offers_are_withheld_but_for_their_hashes():
    told = [(entry.number, entry.kind) for entry in PUBLIC.chain]

    assert told == [
        (1, "round.opened"),
        (2, None),
        (3, "offer.received"),
        (4, "offer.received"),
        (5, None),
        (6, None),
        (7, "bidding.closed"),
        (8, "round.cleared"),
    ]
    assert [entry.hash for entry in PUBLIC.chain] == [entry.hash for entry in FULL.chain]


def test_an_opening_that_names_excluded_suppliers_is_withheld():
    def told(*excluded):
        facts = {"id": "round", "excluded": list(excluded)}
        unsealed = replace(FULL.chain[0], kind="round.unsealed", facts=facts)
        return public_record(replace(FULL, chain=(unsealed, *FULL.chain[1:]))).chain[0].facts

    assert told() == {"id": "round", "excluded": []}
    assert told("supplier 3") is None


def test_what_is_frozen_beyond_the_terms_stands_in_the_full_record_only():
    auction = Input(name="auction", value={"offers": [{"supplier": "supplier 3"}]})
    criteria, *others = FULL.inputs

    told = public_record(replace(FULL, inputs=(auction, criteria, *others))).inputs

    assert told == FULL.inputs


@pytest.mark.parametrize(
    ("count", "told", "bought_kg"),
    [(4, (None, None, None), 80_000), (5, (6_000, 100_000, 5), 90_000)],
)
def test_limit_and_demand_of_few_companies_are_not_told(count, told, bought_kg):
    public = public_record(a_record(PLEDGES[1:2] * count, OFFERS))

    cleared = public.cleared
    assert (cleared.limit_per_t, cleared.demand_kg, cleared.companies) == told
    assert cleared.bought_kg == bought_kg
    assert [row.limit_per_t for row in public.passes] == [told[0]]
    assert [(step.limit_per_t, step.demand_kg, step.companies) for step in public.demand] == [
        told
    ] * (count // 5)


def test_an_envelope_that_was_replaced_is_there_with_its_time():
    source = a_source()
    first, *others = source.envelopes
    earlier = replace(first, id="earlier", sequence=0, state=EnvelopeState.REPLACED)

    record = full_record(replace(source, envelopes=[earlier, first, *others]))

    assert [(each.id, each.state) for each in record.commitments][:2] == [
        ("earlier", "replaced"),
        ("envelope 1", "opened"),
    ]
    assert record.commitments[0].received_at == earlier.received_at.isoformat(
        timespec="microseconds"
    )
