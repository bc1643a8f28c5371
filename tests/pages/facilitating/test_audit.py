"""The chains: whole, broken, filtered, and what nobody may read yet."""

import pytest
from sqlalchemy import update

from club.domain.lots import Basis, Category, Mechanism, ProjectTerms
from club.domain.organisations import Kind, Role
from club.operations.cataloguing import add_project
from club.operations.pledging import PledgeTerms, place_pledge
from club.store.tables import audit_links
from pages.facilitating import audit
from tests.builders import NOON, colleague, join, open_round
from tests.pages.facilitating.conftest import words


@pytest.fixture
def round_(context, facilitator):
    round_ = open_round(context, facilitator)
    member = join(context, Kind.MEMBER, Role.BUYER)
    terms = PledgeTerms(quantity_kg=20_000, limit_per_t=6_543, minimum_kg=0)
    place_pledge(context, member, request_id="p", round_id=round_.id, terms=terms)
    return round_


def add(context, facilitator, name):
    terms = ProjectTerms(
        name_ja=name,
        name_en=name,
        programme="J-Credit",
        country="JP",
        category=Category.FOREST,
        mechanism=Mechanism.REMOVAL,
        basis=Basis.NATURE,
        source="tests",
        source_read_on=NOON.date(),
    )
    return add_project(context, facilitator, request_id=name, terms=terms)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_whole_chains_are_said_to_be_whole(context, open_screen, facilitator, round_, language):
    add(context, facilitator, "Forest")

    at = open_screen(audit.render, facilitator, language=language)

    assert not at.exception
    assert at.success
    assert len(at.table[0].value) == 2


def test_a_link_that_was_altered_is_named(context, open_screen, facilitator):
    for name in ("One", "Two", "Three"):
        add(context, facilitator, name)
    with context.database.write() as tx:
        tx.execute(update(audit_links).where(audit_links.c.number == 2).values(made_by="other"))

    at = open_screen(audit.render, facilitator, language="en")

    assert "broken at link 2" in at.error[0].value


def test_a_members_limit_is_told_to_nobody_before_the_clearing(open_screen, facilitator, round_):
    at = open_screen(audit.render, facilitator, chain=round_.id)

    shown = at.table[1].value.to_csv()
    assert "20000" in shown
    assert "6543" not in shown


def test_names_stand_beside_ids_for_facilitators_only(context, open_screen, visit_of, facilitator):
    add(context, facilitator, "Forest")
    auditor = colleague(context, facilitator, Role.AUDITOR)
    name = visit_of(facilitator).person.name

    assert name in open_screen(audit.render, facilitator).table[1].value.to_csv()
    seen = open_screen(audit.render, auditor).table[1].value.to_csv()
    assert name not in seen
    assert facilitator.person_id in seen


def test_links_are_filtered_by_text(context, open_screen, facilitator):
    wanted = add(context, facilitator, "One")
    add(context, facilitator, "Two")
    at = open_screen(audit.render, facilitator)

    at = at.text_input(key="text in club").set_value(wanted.id).run()
    assert len(at.table[1].value) == 1

    at = at.text_input(key="text in club").set_value("no such thing").run()
    assert "条件に合う記録" in words(at)


def test_an_empty_club_says_what_will_be_here(open_screen, facilitator):
    assert open_screen(audit.render, facilitator).info
