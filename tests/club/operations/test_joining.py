"""Invitations, and accepting the participation terms."""

import pytest

from club.domain import terms
from club.domain.errors import InputRefused, NotAllowed, NotFound, Refused, StandingRefused
from club.domain.notices import NoticeKind
from club.domain.organisations import Kind, Role, Standing
from club.i18n import LANGUAGES
from club.identity.claims import digest
from club.operations import joining
from club.store import journal, outbox, people
from tests.builders import TERMS, a_person, actor_of, an_organisation, join

EMAIL = "new@member.example"


@pytest.fixture
def facilitator(context):
    return join(context, Kind.OPERATOR, Role.FACILITATOR)


@pytest.fixture
def member(context):
    return join(context)


def invite(context, actor, organisation_id, **changed):
    values = {"request_id": "r1", "email": EMAIL, "roles": {Role.BUYER}, "language": "en"}
    return joining.invite(context, actor, organisation_id=organisation_id, **values | changed)


def told(context):
    with context.database.write() as tx:
        return outbox.waiting(tx)


def test_an_invitation_leaves_by_mail_and_only_its_hash_is_kept(context, facilitator, member):
    invitation = invite(context, facilitator, member.organisation_id, email=f" {EMAIL.upper()} ")
    (notice,) = told(context)
    token = notice.facts["link"].rpartition("=")[2]

    assert (notice.kind, notice.address, notice.person_id) == (NoticeKind.INVITED, EMAIL, None)
    assert notice.facts["link"] == (
        f"{context.settings.base_url}/identity/invitation?token={token}"
    )
    assert len(token) == 64
    assert invitation.token_hash == digest(token)
    assert invitation.email == EMAIL


def test_the_same_request_is_one_invitation_and_one_letter(context, facilitator, member):
    first = invite(context, facilitator, member.organisation_id)
    second = invite(context, facilitator, member.organisation_id)

    assert first == second
    assert len(told(context)) == 1


def test_the_chain_tells_ids_only(context, facilitator, member):
    invitation = invite(context, facilitator, member.organisation_id)
    with context.database.read() as tx:
        (link,) = journal.links(tx, journal.CLUB)

    assert (link.kind, link.made_by) == ("person.invited", facilitator.person_id)
    assert link.facts == {
        "id": invitation.token_hash,
        "organisation_id": member.organisation_id,
    }


def test_only_facilitators_invite(context, member):
    with pytest.raises(NotAllowed):
        invite(context, member, member.organisation_id)


def test_roles_are_those_of_the_organisations_kind(context, facilitator, member):
    for roles, code in (({Role.SELLER}, "unknown_choice"), (set(), "missing")):
        with pytest.raises(InputRefused) as refused:
            invite(context, facilitator, member.organisation_id, roles=roles)

        assert refused.value.code == code


def test_who_is_in_already_or_has_no_proper_address_is_not_invited(context, facilitator, member):
    with context.database.read() as tx:
        known = people.person(tx, member.person_id).email
    for email, code in ((known, "already_member"), ("no address", "not_an_email")):
        with pytest.raises(Refused) as refused:
            invite(context, facilitator, member.organisation_id, email=email)

        assert refused.value.code == code


def test_nobody_is_invited_into_an_organisation_that_is_suspended_or_unknown(context, facilitator):
    suspended = an_organisation(standing=Standing.SUSPENDED)
    with context.database.write() as tx:
        people.add_organisation(tx, suspended)

    with pytest.raises(StandingRefused):
        invite(context, facilitator, suspended.id)
    with pytest.raises(NotFound):
        invite(context, facilitator, "no such")


def accepted(context, actor):
    with context.database.read() as tx:
        return people.has_accepted(tx, actor.organisation_id, TERMS)


def newcomer(context, *roles):
    """Somebody of an organisation that has accepted nothing yet."""
    organisation = an_organisation()
    person = a_person(organisation, *roles)
    with context.database.write() as tx:
        people.add_organisation(tx, organisation)
        people.add_person(tx, person)
    return actor_of(person, organisation)


def test_terms_are_accepted_for_the_organisation_and_twice_is_once(context):
    buyer = newcomer(context, Role.BUYER)
    before = accepted(context, buyer)
    for request_id in ("r1", "r1", "r2"):
        joining.accept_terms(context, buyer, request_id=request_id, version=TERMS)
    with context.database.read() as tx:
        kinds = [link.kind for link in journal.links(tx, journal.CLUB)]

    assert (before, accepted(context, buyer)) == (False, True)
    assert kinds == ["terms.accepted"]


def test_a_learner_does_not_speak_for_the_organisation(context):
    learner = newcomer(context, Role.LEARNER)

    with pytest.raises(NotAllowed):
        joining.accept_terms(context, learner, request_id="r1", version=TERMS)


def test_only_the_version_in_force_can_be_accepted(context):
    buyer = newcomer(context, Role.BUYER)

    with pytest.raises(InputRefused):
        joining.accept_terms(context, buyer, request_id="r1", version="1999-01")

    assert not accepted(context, buyer)


def test_every_version_has_its_text_in_every_language():
    for version in terms.VERSIONS:
        for language in LANGUAGES:
            assert version.version in joining.terms_text(version.version, language)


def test_no_other_file_is_read_as_terms():
    with pytest.raises(InputRefused):
        joining.terms_text("../locale", "ja")
