"""Whose claims these are, asked afresh each time."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy import event

from club.domain.errors import NotAllowed
from club.domain.organisations import Kind, Role, Standing
from club.operations import joining, organising
from club.operations.signing_in import (
    Absence,
    Known,
    Nobody,
    Stranger,
    end_all_sign_ins,
    end_sign_in,
    forget_expired,
    who,
)
from club.store import journal, people
from club.store.tables import people as people_table
from club.store.tables import sign_ins
from tests.builders import actor_of, join
from tests.club.operations.visiting import ISSUER, claims, see


@pytest.fixture
def facilitator(context):
    return join(context, Kind.OPERATOR, Role.FACILITATOR)


@pytest.fixture
def member(context):
    actor = join(context)
    with context.database.read() as tx:
        return people.person(tx, actor.person_id)


def invite(context, facilitator, email="new@member.example"):
    joining.invite(
        context,
        facilitator,
        request_id=f"invite {email}",
        organisation_id=join(context).organisation_id,
        email=email,
        roles={Role.BUYER, Role.LEARNER},
    )
    return email


def test_without_claims_there_is_nobody(context):
    assert see(context, None) == see(context, {"is_logged_in": False}) == Nobody()


def test_a_person_is_bound_at_their_first_sign_in_and_known_from_then_on(context, member):
    first = see(context, claims(context, member.email))
    elsewhere = see(
        context, claims(context, "new-address@member.example", sub=f"subject of {member.email}")
    )
    with context.database.read() as tx:
        kinds = [link.kind for link in journal.links(tx, journal.CLUB)]

    assert isinstance(first, Known)
    assert first.person == replace(member, issuer=ISSUER, subject=f"subject of {member.email}")
    assert first.actor == actor_of(member, first.organisation)
    assert elsewhere == first
    assert kinds == ["person.bound"]


def test_a_first_sign_in_seen_by_several_tabs_at_once_is_one(context, facilitator, member):
    invited = claims(context, invite(context, facilitator))
    bound = claims(context, member.email)
    ready, seen = Barrier(6), []

    def look(given):
        ready.wait()
        seen.append(see(context, given))

    threads = [Thread(target=look, args=(given,)) for given in (invited, bound) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [type(visitor) for visitor in seen] == [Known] * 6
    assert len({visitor.person.id for visitor in seen}) == 2


def test_an_address_nobody_verified_binds_no_person(context, member):
    for changed in ({"email_verified": False}, {"email_verified": None}, {"email": ""}):
        given = claims(context, member.email) | changed

        assert isinstance(see(context, given), Stranger)


def test_a_person_bound_to_one_subject_is_not_bound_to_another(context, member):
    see(context, claims(context, member.email))
    another = see(context, claims(context, member.email, sub="somebody else"))

    assert isinstance(another, Stranger)


def test_claims_of_a_provider_that_is_not_configured_are_nobodys(context, member):
    given = claims(context, member.email, iss="https://evil.example")

    assert see(context, given) == Nobody()
    assert who(context, claims(context, member.email)) == Nobody()


def test_who_was_invited_is_admitted_by_the_verified_address_once(context, facilitator):
    email = invite(context, facilitator)
    admitted = see(context, claims(context, email))
    another = see(context, claims(context, email, sub="another"))

    assert isinstance(admitted, Known)
    assert admitted.person.roles == {Role.BUYER, Role.LEARNER}
    assert (admitted.person.name, admitted.person.language) == ("鈴木 一郎", "en")
    assert isinstance(another, Stranger)


def test_an_invitation_that_expired_or_is_anothers_admits_nobody(context, clock, facilitator):
    email = invite(context, facilitator)
    unverified = see(context, claims(context, email, email_verified=False))
    another = see(context, claims(context, "somebody@member.example"))
    clock.forward(days=15)
    late = see(context, claims(context, email))

    assert [type(v) for v in (unverified, another, late)] == [Stranger] * 3


def test_a_stranger_leaves_no_trace(context):
    stranger = see(context, claims(context, "stranger@example.com"))
    with context.database.read() as tx:
        entered = tx.execute(sign_ins.select()).all()

    assert stranger == Stranger(
        issuer=ISSUER,
        subject="subject of stranger@example.com",
        email="stranger@example.com",
        is_email_verified=True,
        name="鈴木 一郎",
        language="en",
        waiting=None,
    )
    assert entered == []


def test_a_copied_cookie_is_refused_after_signing_out(context, member):
    given = claims(context, member.email)
    see(context, given)
    end_sign_in(context, given)

    assert see(context, dict(given)) == Nobody(Absence.ENDED)
    assert isinstance(see(context, claims(context, member.email, nonce="n2")), Known)


def test_a_stranger_who_signed_out_stays_out_even_once_they_are_let_in(context, facilitator):
    email = "stranger@example.com"
    given = claims(context, email)
    see(context, given)
    end_sign_in(context, given)
    invite(context, facilitator, email)

    assert see(context, given) == Nobody(Absence.ENDED)
    assert isinstance(see(context, claims(context, email, nonce="n2")), Known)


def test_a_sign_in_is_over_after_its_hours(context, clock, member):
    given = claims(context, member.email)
    see(context, given)
    clock.forward(hours=12)
    at_the_last = see(context, given)
    clock.forward(seconds=1)

    assert isinstance(at_the_last, Known)
    assert see(context, given) == Nobody(Absence.TOO_OLD)


def test_claims_first_shown_after_their_hours_are_too_old(context, clock, member):
    given = claims(context, member.email)
    strange = claims(context, "stranger@example.com")
    clock.forward(hours=13)

    assert see(context, given) == see(context, strange) == Nobody(Absence.TOO_OLD)


def test_a_person_switched_off_is_out_at_once_and_stays_out_when_switched_on(
    context, facilitator, member
):
    given = claims(context, member.email)
    see(context, given)
    organising.switch_off(context, facilitator, request_id="off", person_id=member.id)
    off = see(context, given)
    fresh = see(context, claims(context, member.email, nonce="n2"))
    organising.switch_on(context, facilitator, request_id="on", person_id=member.id)

    assert off == Nobody(Absence.ENDED)
    assert fresh == Nobody(Absence.SWITCHED_OFF)
    assert see(context, given) == Nobody(Absence.ENDED)
    assert isinstance(see(context, claims(context, member.email, nonce="n3")), Known)


def test_a_person_set_inactive_by_whatever_way_is_out_at_once(context, member):
    given = claims(context, member.email)
    see(context, given)
    with context.database.write() as tx:
        tx.execute(
            people_table.update().where(people_table.c.id == member.id).values(is_active=False)
        )

    assert see(context, given) == Nobody(Absence.SWITCHED_OFF)


def test_people_of_a_suspended_organisation_are_out_at_once(context, facilitator, member):
    given = claims(context, member.email)
    see(context, given)
    organising.set_standing(
        context,
        facilitator,
        request_id="r1",
        organisation_id=member.organisation_id,
        standing=Standing.SUSPENDED,
    )

    assert see(context, given) == Nobody(Absence.ENDED)
    assert see(context, claims(context, member.email, nonce="n2")) == Nobody(Absence.SUSPENDED)


def test_roles_are_read_afresh(context, facilitator, member):
    given = claims(context, member.email)
    before = see(context, given)
    organising.change_roles(
        context, facilitator, request_id="r1", person_id=member.id, roles={Role.LEARNER}
    )

    assert Role.BUYER in before.actor.roles
    assert see(context, given).actor.roles == {Role.LEARNER}


def test_everywhere_at_once(context, facilitator, member):
    one, two = (claims(context, member.email, nonce=nonce) for nonce in ("n1", "n2"))
    actor = see(context, one).actor
    see(context, two)
    end_all_sign_ins(context, actor)
    after = see(context, one), see(context, two)
    three = claims(context, member.email, nonce="n3")
    see(context, three)
    end_all_sign_ins(context, facilitator, member.id)

    assert after == (Nobody(Absence.ENDED), Nobody(Absence.ENDED))
    assert see(context, three) == Nobody(Absence.ENDED)


def test_a_sign_in_kept_unseen_does_not_outlive_signing_out_everywhere(
    context, clock, facilitator, member
):
    see(context, claims(context, member.email, nonce="n1"))
    kept = claims(context, member.email, nonce="n2")
    clock.forward(seconds=1)
    end_all_sign_ins(context, facilitator, member.id)
    clock.forward(seconds=1)
    fresh = claims(context, member.email, nonce="n3")

    assert see(context, kept) == Nobody(Absence.ENDED)
    assert isinstance(see(context, fresh), Known)
    assert see(context, kept) == Nobody(Absence.ENDED)


def test_a_sign_in_kept_unseen_does_not_outlive_a_switching_off(
    context, clock, facilitator, member
):
    kept = claims(context, member.email, nonce="n1")
    clock.forward(seconds=1)
    organising.switch_off(context, facilitator, request_id="off", person_id=member.id)
    organising.switch_on(context, facilitator, request_id="on", person_id=member.id)

    assert see(context, kept) == Nobody(Absence.ENDED)


def test_only_a_facilitator_signs_others_out(context, member):
    other = join(context)

    with pytest.raises(NotAllowed):
        end_all_sign_ins(context, other, member.id)


def test_the_normal_case_is_one_query_and_writes_once_a_minute(context, clock, member):
    given = claims(context, member.email)
    see(context, given)
    said = []
    event.listen(context.database.engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    clock.forward(seconds=59)
    see(context, given)
    quiet = [s for s in said if not s.startswith("BEGIN")]
    clock.forward(seconds=1)
    see(context, given)
    see(context, given)
    written = [s for s in said if s.startswith("UPDATE")]

    assert len(quiet) == 1
    assert quiet[0].startswith("SELECT")
    assert len(written) == 1


def test_what_can_no_longer_matter_is_forgotten_and_old_claims_stay_refused(context, clock, member):
    given = claims(context, member.email)
    see(context, given)
    end_sign_in(context, given)
    forget_expired(context)
    kept = see(context, given)
    clock.forward(days=3)
    forget_expired(context)
    with context.database.read() as tx:
        left = tx.execute(sign_ins.select()).all()

    assert kept == Nobody(Absence.ENDED)
    assert left == []
    assert see(context, given) == Nobody(Absence.TOO_OLD)
