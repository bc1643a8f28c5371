"""Organisations and people as facilitators keep them."""

from threading import Barrier, Thread

import pytest

from club.domain.errors import ClubError, InputRefused, NotAllowed
from club.domain.organisations import Kind, Role, Standing
from club.operations import organising
from club.operations.organising import NewOrganisation, change_organisation
from club.store import journal, people
from tests.builders import colleague, join


@pytest.fixture
def facilitator(context):
    return join(context, Kind.OPERATOR, Role.FACILITATOR)


@pytest.fixture
def member(context):
    return join(context)


def new(**changed):
    values = {"kind": Kind.SUPPLIER, "name_ja": "森林株式会社", "name_en": "Forest KK"}
    return NewOrganisation(**values | changed)


def person_of(context, actor):
    with context.database.read() as tx:
        return people.person(tx, actor.person_id)


def test_an_organisation_is_added_once_and_approved(context, facilitator):
    given = new(registration_number="t1234567890123")
    first = organising.add_organisation(context, facilitator, given, request_id="r1")
    second = organising.add_organisation(context, facilitator, given, request_id="r1")

    assert first == second
    assert first.standing is Standing.APPROVED
    assert first.registration_number == "T1234567890123"


def test_what_is_written_down_must_make_sense(context, facilitator):
    for changed in (
        {"kind": Kind.OPERATOR},
        {"name_ja": " "},
        {"name_en": "x" * 201},
        {"registration_number": "1234567890123"},
    ):
        with pytest.raises(InputRefused):
            organising.add_organisation(context, facilitator, new(**changed), request_id="r1")


def test_everybody_is_listed_for_those_who_run_the_club(context, facilitator, member):
    auditor = colleague(context, facilitator, Role.AUDITOR)
    entries = organising.everybody(context, auditor)

    assert {entry.organisation.id for entry in entries} == {
        facilitator.organisation_id,
        member.organisation_id,
    }
    assert {p.id for entry in entries for p in entry.people} == {
        facilitator.person_id,
        auditor.person_id,
        member.person_id,
    }


def test_suspending_and_taking_back(context, facilitator, member):
    def standing(wanted, request_id):
        return organising.set_standing(
            context,
            facilitator,
            request_id=request_id,
            organisation_id=member.organisation_id,
            standing=wanted,
        ).standing

    changes = [
        standing(Standing.SUSPENDED, "r1"),
        standing(Standing.SUSPENDED, "r2"),
        standing(Standing.APPROVED, "r3"),
    ]
    with context.database.read() as tx:
        kinds = [link.kind for link in journal.links(tx, journal.CLUB)]

    assert changes == [Standing.SUSPENDED, Standing.SUSPENDED, Standing.APPROVED]
    assert kinds == ["organisation.suspended", "organisation.approved"]


def test_the_operator_is_never_suspended(context, facilitator):
    with pytest.raises(ClubError) as refused:
        organising.set_standing(
            context,
            facilitator,
            request_id="r1",
            organisation_id=facilitator.organisation_id,
            standing=Standing.SUSPENDED,
        )

    assert refused.value.code == "last_of_its_role"


def test_roles_stay_within_the_kind(context, facilitator, member):
    changed = organising.change_roles(
        context, facilitator, request_id="r1", person_id=member.person_id, roles={Role.APPROVER}
    )

    assert changed.roles == {Role.APPROVER}
    for roles in ({Role.SELLER}, {Role.BUYER, Role.FACILITATOR}, set()):
        with pytest.raises(InputRefused):
            organising.change_roles(
                context, facilitator, request_id="r2", person_id=member.person_id, roles=roles
            )


def test_the_last_active_facilitator_stays(context, facilitator):
    off = colleague(context, facilitator, Role.FACILITATOR)
    organising.switch_off(context, facilitator, request_id="r1", person_id=off.person_id)

    for deed in (
        lambda: organising.switch_off(
            context, facilitator, request_id="r2", person_id=facilitator.person_id
        ),
        lambda: organising.change_roles(
            context,
            facilitator,
            request_id="r3",
            person_id=facilitator.person_id,
            roles={Role.AUDITOR},
        ),
    ):
        with pytest.raises(ClubError) as refused:
            deed()
        assert refused.value.code == "last_of_its_role"
    assert person_of(context, facilitator).is_active


def test_two_facilitators_who_switch_each_other_off_at_once_leave_one(context, facilitator):
    other = colleague(context, facilitator, Role.FACILITATOR)
    ready = Barrier(2)

    def switch_off(actor, person):
        ready.wait()
        try:
            organising.switch_off(context, actor, request_id="r1", person_id=person.person_id)
        except ClubError:
            return

    threads = [
        Thread(target=switch_off, args=pair)
        for pair in ((facilitator, other), (other, facilitator))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    active = [person_of(context, one).is_active for one in (facilitator, other)]
    assert sorted(active) == [False, True]


def test_switched_off_and_on_again(context, facilitator, member):
    off = organising.switch_off(context, facilitator, request_id="r1", person_id=member.person_id)
    with context.database.read() as tx:
        while_off = people.actor(tx, member.person_id)
    on = organising.switch_on(context, facilitator, request_id="r2", person_id=member.person_id)

    assert (off.is_active, while_off, on.is_active) == (False, None, True)


def test_only_facilitators_do_any_of_this(context, facilitator, member):
    auditor = colleague(context, facilitator, Role.AUDITOR)
    id = member.person_id

    for actor in (member, auditor):
        for deed in (
            lambda a=actor: organising.add_organisation(context, a, new(), request_id="r"),
            lambda a=actor: organising.switch_off(context, a, request_id="r", person_id=id),
            lambda a=actor: organising.switch_on(context, a, request_id="r", person_id=id),
            lambda a=actor: organising.change_roles(
                context, a, request_id="r", person_id=id, roles={Role.BUYER}
            ),
            lambda a=actor: organising.set_standing(
                context,
                a,
                request_id="r",
                organisation_id=a.organisation_id,
                standing=Standing.APPROVED,
            ),
        ):
            with pytest.raises(NotAllowed):
                deed()
    with pytest.raises(NotAllowed):
        organising.everybody(context, member)


def test_names_lose_what_no_database_holds(context, facilitator):
    given = new(name_ja="森林\x00株式会社", name_en="Forest\ud800 KK")

    kept = organising.add_organisation(context, facilitator, given, request_id="r1")

    assert (kept.name_ja, kept.name_en) == ("森林株式会社", "Forest KK")


def test_a_takeover_is_written_down_and_the_whole_family_moves(context, facilitator):
    mother, taken = join(context), join(context)
    daughter = join(context, affiliated_with=taken.organisation_id)
    new = NewOrganisation(
        kind=Kind.MEMBER,
        name_ja="買われた会社",
        name_en="Taken KK",
        needs_approval=True,
        affiliated_with=mother.organisation_id,
    )

    changed = change_organisation(
        context, facilitator, request_id="r1", organisation_id=taken.organisation_id, new=new
    )

    with context.database.read() as tx:
        moved = people.organisation(tx, daughter.organisation_id)
    assert (changed.name_en, changed.needs_approval) == ("Taken KK", True)
    assert changed.affiliated_with == mother.organisation_id
    assert moved.affiliated_with == mother.organisation_id


def test_nobody_comes_to_belong_to_itself(context, facilitator):
    mother = join(context)
    daughter = join(context, affiliated_with=mother.organisation_id)
    new = NewOrganisation(
        kind=Kind.MEMBER, name_ja="母", name_en="M", affiliated_with=daughter.organisation_id
    )

    with pytest.raises(InputRefused) as refusal:
        change_organisation(
            context, facilitator, request_id="r1", organisation_id=mother.organisation_id, new=new
        )

    assert refusal.value.facts == {"field": "affiliated_with"}


def test_only_facilitators_change_what_is_written_down(context, facilitator):
    member = join(context)
    new = NewOrganisation(kind=Kind.MEMBER, name_ja="x", name_en="x")

    with pytest.raises(NotAllowed):
        change_organisation(
            context, member, request_id="r1", organisation_id=member.organisation_id, new=new
        )
