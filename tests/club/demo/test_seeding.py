"""The demonstration club: four rounds in three phases, whole books, people to sign in as."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from auctions import chain
from club.demo.seeding import PASSWORD, is_demo, personas, seed
from club.domain.auction_terms import Format
from club.domain.errors import StandingRefused
from club.domain.organisations import Kind, Role, Standing
from club.domain.pledges import PledgeState, pool_kg
from club.domain.rounds import Phase
from club.identity import passwords
from club.operations import closing
from club.operations.accounts import ClubAccounts
from club.operations.founding import found_club, people_of_invented
from club.operations.notifying import send_waiting
from club.operations.pledging import PledgeTerms, approve_pledge, place_pledge
from club.operations.viewing.books import prove
from club.operations.viewing.holdings import consignments
from club.operations.viewing.home import home
from club.operations.viewing.live import live_view
from club.store import catalogue, holdings, journal, offers, people, pledges, rounds
from club.store import clearings as cleared
from tests.builders import NOON, FixedClock, actor_of
from tests.live import record

SEALED, LIVE = Format.SEALED, Format.DESCENDING
DEMO_ROUNDS = [
    (Phase.PLEDGING, SEALED),
    (Phase.BIDDING, LIVE),
    (Phase.BIDDING, SEALED),
    (Phase.CLOSED, SEALED),
]


def by_email(context, email):
    [(person, organisation)] = [(p, o) for p, o in people_of_invented(context) if p.email == email]
    return actor_of(person, organisation)


def persona(context, role):
    [email] = [p.email for p in personas(context) if p.role == role]
    return by_email(context, email)


def round_in(context, phase, round_format=SEALED):
    with context.database.read() as tx:
        listed = rounds.listed(tx)
    [found] = [r for r in listed if (r.phase, r.auction.format) == (phase, round_format)]
    return found


def test_there_is_a_round_in_each_phase_a_visitor_wants_to_see(seeded):
    with seeded.database.read() as tx:
        found = rounds.listed(tx)

    assert [(round_.phase, round_.auction.format) for round_ in found] == DEMO_ROUNDS
    assert all(round_.is_invented for round_ in found)


def test_the_books_hold(seeded):
    proof = prove(seeded)

    assert proof.holds, proof.differing


def test_every_chain_is_whole_and_its_clock_never_goes_back(seeded):
    with seeded.database.read() as tx:
        names = journal.chains(tx)
        chains = [journal.links(tx, name) for name in names]
        heads = [journal.head(tx, name) for name in names]

    broken = [chain.first_broken(*each) for each in zip(chains, heads, strict=True)]
    assert broken == [None] * len(chains)
    for links in chains:
        instants = [link.made_at for link in links]
        assert instants == sorted(instants)
        assert instants[-1] < NOON


def test_the_closed_round_shares_the_seven_credits_of_the_event_among_five(seeded):
    round_ = round_in(seeded, Phase.CLOSED)
    facilitator = persona(seeded, "facilitator")
    rows = consignments(seeded, facilitator, round_.id)
    with seeded.database.read() as tx:
        allocations = cleared.allocations_of_round(tx, round_.id)
        certificates = holdings.certificates_of_round(tx, round_.id)
    shared_kg = Counter()
    for allocation in allocations:
        shared_kg[allocation.organisation_id] += allocation.quantity_kg

    assert sorted(row.bought.quantity_kg for row in rows) == [100] * 4 + [200] * 3
    assert sum(shared_kg.values()) == 1_000
    assert sorted(shared_kg.values())[:2] in ([83, 125], [84, 125])
    assert {c.organisation_id: c.quantity_kg for c in certificates} == shared_kg
    assert Counter(row.project.programme for row in rows) == {"J-Credit": 6, "VCS": 1}


def test_sub_tonne_lots_carry_evidence_and_serials_say_that_they_are_invented(seeded):
    round_ = round_in(seeded, Phase.CLOSED)
    rows = consignments(seeded, persona(seeded, "facilitator"), round_.id)

    assert {row.lot.unit_kg for row in rows} == {100}
    assert all("invented" in row.lot.evidence for row in rows)
    batches = [batch for row in rows for batch in row.batches]
    assert all(batch.serials.first_text.startswith("DEMO-") for batch in batches)
    assert all("invented" in batch.registry_reference for batch in batches)


def test_what_the_sources_do_not_say_of_a_project_is_not_said(seeded):
    with seeded.database.read() as tx:
        projects = catalogue.all_projects(tx)
        lots = catalogue.all_lots(tx)

    assert len(projects) == 12
    assert {project.mechanism for project in projects} == {"unstated"}
    assert all(project.source for project in projects)
    assert {lot.vintage for lot in lots} == {None}
    assert all(lot.is_invented for lot in lots)


def test_in_the_round_that_is_bid_for_six_have_pledged_and_one_of_two_has_offered(seeded):
    round_ = round_in(seeded, Phase.BIDDING)
    with seeded.database.read() as tx:
        placed = pledges.of_round(tx, round_.id)
        envelopes = offers.standing(tx, round_.id)
        invited = rounds.invited(tx, round_.id)

    assert {p.state for p in placed} == {PledgeState.PLACED}
    assert (len(placed), pool_kg(placed)) == (6, 49_000)
    assert (len(invited), len(envelopes)) == (2, 1)
    assert round_.bidding_closes_at > NOON + timedelta(days=9)


def test_in_the_live_auction_both_suppliers_have_bid_and_more_can_be_gained(visited):
    round_ = round_in(visited, Phase.BIDDING, LIVE)
    view = live_view(visited, persona(visited, "seller"), round_.id)
    [mine] = [lot for lot in view.lots if lot.bid is not None]

    assert [row.price_per_t for row in record(visited, round_)] == [
        None,
        6_400,
        6_200,
        5_900,
        5_800,
    ]
    assert (mine.bid.price_per_t, mine.place.rank) == (6_200, 3)
    assert mine.helping_per_t < 6_200
    assert round_.bidding_closes_at > NOON + timedelta(days=4)


def test_the_open_round_requires_the_first_module_and_waits_for_an_approval(seeded):
    round_ = round_in(seeded, Phase.PLEDGING)
    with seeded.database.read() as tx:
        placed = pledges.of_round(tx, round_.id)

    assert round_.required_modules == {"why-credits"}
    assert Counter(p.state for p in placed) == {PledgeState.PLACED: 3, PledgeState.PROPOSED: 1}


def test_each_persona_finds_something_to_do(visited):
    round_id = round_in(visited, Phase.PLEDGING).id
    terms = PledgeTerms(quantity_kg=1_000, limit_per_t=None, minimum_kg=0)
    given = {"round_id": round_id, "terms": terms}
    approver = persona(visited, "approver")

    buyer = place_pledge(visited, persona(visited, "buyer"), request_id="1", **given)
    with pytest.raises(StandingRefused) as refusal:
        place_pledge(visited, persona(visited, "newcomer"), request_id="2", **given)
    approved = approve_pledge(visited, approver, request_id="3", round_id=round_id)

    assert (buyer.state, approved.state) == (PledgeState.PLACED, PledgeState.PLACED)
    assert refusal.value.code == "module_not_passed"
    assert persona(visited, "seller").roles >= {Role.SELLER}
    assert persona(visited, "facilitator").roles >= {Role.FACILITATOR, Role.TREASURER}
    assert persona(visited, "auditor").roles == {Role.AUDITOR}


def test_everyone_reads_at_home_what_they_were_told(visited):
    views = [home(visited, actor_of(*one)) for one in people_of_invented(visited)]
    assert any(view.told for view in views)
    assert not [told for view in views for told in view.told if not (told.subject and told.body)]


def test_personas_sign_in_with_the_password_and_are_proposed(visited):
    keeper = ClubAccounts(visited)
    buyer = next(p for p in personas(visited) if p.role == "buyer")

    assert keeper.sign_in(buyer.email, PASSWORD, "host") is not None
    assert {p.email for p in personas(visited)} <= {p.email for p in keeper.demo_personas()}
    passwords.check(PASSWORD, email=buyer.email)


def test_everybody_is_marked_as_invented(seeded):
    everybody = people_of_invented(seeded)

    assert is_demo(seeded)
    assert all(o.is_invented and o.standing is Standing.APPROVED for _, o in everybody)
    assert all("（架空）" in o.name_ja and "(invented)" in o.name_en for _, o in everybody)
    assert all(person.email.endswith(".example") for person, _ in everybody)
    assert Counter(o.kind for o in {o.id: o for _, o in everybody}.values()) == {
        Kind.MEMBER: 7,
        Kind.SUPPLIER: 2,
        Kind.OPERATOR: 1,
    }


def test_no_mail_leaves_for_what_is_past_but_it_stands_on_home(seeded):
    buyer = persona(seeded, "proposer")
    with seeded.database.read() as tx:
        kinds = {notice.kind for notice in journal.notices_of(tx, buyer.person_id)}

    assert {"invoiced", "certified", "round_opened"} <= kinds
    assert send_waiting(replace(seeded, clock=FixedClock(NOON - timedelta(hours=1)))) == 0


def test_the_round_that_is_bid_for_clears_when_its_time_comes(visited):
    later = replace(visited, clock=FixedClock(NOON + timedelta(days=11)))
    round_id = round_in(visited, Phase.BIDDING).id

    assert round_id in closing.close_due(later)
    assert round_in(visited, Phase.SETTLING).id == round_id
    assert prove(visited).holds


def test_seeding_again_changes_nothing(seeded):
    with seeded.database.read() as tx:
        before = journal.links(tx, journal.CLUB)

    seed(seeded)

    with seeded.database.read() as tx:
        assert journal.links(tx, journal.CLUB) == before


def test_of_two_hosts_that_seed_at_once_one_does(context):
    with ThreadPoolExecutor(2) as hosts:
        list(hosts.map(seed, [context, context]))

    with context.database.read() as tx:
        assert len(people.all_organisations(tx, Kind.OPERATOR)) == 1
        assert len(rounds.listed(tx)) == len(DEMO_ROUNDS)


def test_a_real_club_is_left_alone(context):
    found_club(context, name_ja="巴", name_en="Tomoe", email="sato@club.example")

    seed(context)

    assert not is_demo(context)
    assert personas(context) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_module_past_its_review_is_required_by_no_round(context):
    context.clock.at = NOON + timedelta(days=3_000)

    seed(context)

    with context.database.read() as tx:
        assert [r.required_modules for r in rounds.listed(tx)] == [frozenset()] * len(DEMO_ROUNDS)


def test_a_story_that_breaks_off_leaves_nothing(context):
    without_modules = replace(context, modules={})

    with pytest.raises(KeyError):
        seed(without_modules)

    with context.database.read() as tx:
        assert people.all_organisations(tx) == []
        assert journal.chains(tx) == []
