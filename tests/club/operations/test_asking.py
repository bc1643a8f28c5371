"""Strangers who ask to join."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest

from club.domain.errors import InputRefused, NotAllowed, PhaseRefused, Refused
from club.domain.joining import RequestState
from club.domain.notices import NoticeKind
from club.domain.organisations import Kind, Role, Standing
from club.operations.asking import approve_join, ask_to_join, refuse_join, waiting_requests
from club.operations.organising import NewOrganisation
from club.operations.signing_in import Stranger
from club.store import outbox, people
from tests.builders import a_person, an_organisation, join

STRANGER = Stranger(
    issuer="https://login.example",
    subject="s1",
    email="yamada@newcomer.example",
    is_email_verified=True,
    name="山田 太郎",
    language="ja",
    waiting=None,
)
NEW = NewOrganisation(kind=Kind.MEMBER, name_ja="新顔株式会社", name_en="Newcomer KK")


@pytest.fixture
def facilitator(context):
    return join(context, Kind.OPERATOR, Role.FACILITATOR)


def ask(context, stranger=STRANGER, **changed):
    values = {"organisation_name": "新顔株式会社", "kind": Kind.MEMBER, "note": "小さく始めたい"}
    return ask_to_join(context, stranger, **values | changed)


def approve(context, facilitator, request, **changed):
    values = {"request_id": "a1", "organisation": NEW, "roles": {Role.BUYER}}
    return approve_join(context, facilitator, join_request_id=request.id, **values | changed)


def test_a_request_waits_for_the_facilitators_who_are_told(context, facilitator):
    request = ask(context)
    with context.database.write() as tx:
        (notice,) = outbox.waiting(tx)

    assert waiting_requests(context, facilitator) == [request]
    assert (notice.kind, notice.person_id) == (NoticeKind.JOIN_REQUESTED, facilitator.person_id)
    assert (request.email, request.name) == (STRANGER.email, STRANGER.name)


def test_asking_again_while_one_waits_changes_nothing(context, facilitator):
    ready, asked = Barrier(4), []

    def one_of_many(number):
        ready.wait()
        asked.append(ask(context, note=f"note {number}").id)

    threads = [Thread(target=one_of_many, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(asked)) == 1
    assert len(waiting_requests(context, facilitator)) == 1


def test_nobody_asks_to_be_the_operator_or_without_a_name(context):
    for changed in (
        {"kind": Kind.OPERATOR},
        {"organisation_name": " "},
        {"organisation_name": "x" * 201},
        {"note": "x" * 1_001},
    ):
        with pytest.raises(InputRefused):
            ask(context, **changed)


def test_approved_they_come_in_with_a_new_organisation(context, facilitator):
    person = approve(context, facilitator, ask(context))
    again = approve(context, facilitator, ask(context, replace(STRANGER, subject="s2")))
    with context.database.write() as tx:
        organisation = people.organisation(tx, person.organisation_id)
        kinds = [notice.kind for notice in outbox.waiting(tx) if notice.person_id == person.id]

    assert (person.issuer, person.subject) == (STRANGER.issuer, STRANGER.subject)
    assert organisation.standing is Standing.APPROVED
    assert organisation.name_en == "Newcomer KK"
    assert kinds == [NoticeKind.JOIN_APPROVED]
    assert again == person


def test_or_with_one_that_is_in_already(context, facilitator):
    member = join(context)
    person = approve(context, facilitator, ask(context), organisation=member.organisation_id)

    assert person.organisation_id == member.organisation_id
    assert person.roles == {Role.BUYER}


def test_with_roles_of_another_kind_nothing_comes_of_it(context, facilitator):
    request = ask(context)
    with pytest.raises(InputRefused):
        approve(context, facilitator, request, roles={Role.FACILITATOR})
    with context.database.read() as tx:
        names = [organisation.name_en for organisation in people.all_organisations(tx)]

    assert waiting_requests(context, facilitator) == [request]
    assert "Newcomer KK" not in names


def test_a_decision_is_made_once(context, facilitator):
    request = ask(context)
    refused = refuse_join(context, facilitator, request_id="r1", join_request_id=request.id)
    again = refuse_join(context, facilitator, request_id="r1", join_request_id=request.id)

    assert refused.state is RequestState.REFUSED
    assert again == refused
    with pytest.raises(PhaseRefused):
        approve(context, facilitator, request)


def test_who_was_refused_may_ask_again(context, facilitator):
    first = ask(context)
    refuse_join(context, facilitator, request_id="r1", join_request_id=first.id)

    assert ask(context).id != first.id


def test_an_address_that_is_somebody_elses_is_not_let_in_twice(context, facilitator):
    approve(context, facilitator, ask(context))
    another = ask(context, replace(STRANGER, subject="s2"))

    with pytest.raises(Refused) as refused:
        approve(context, facilitator, another, request_id="a2")

    assert refused.value.code == "already_member"
    with pytest.raises(Refused):
        ask(context)


def test_a_person_the_club_wrote_down_is_bound_by_the_facilitators_word(context, facilitator):
    member = join(context)
    with context.database.read() as tx:
        written = people.person(tx, member.person_id)
    request = ask(context, replace(STRANGER, email=written.email))
    person = approve(context, facilitator, request, organisation=member.organisation_id)

    assert person.id == written.id
    assert person.subject == STRANGER.subject


def test_only_facilitators_decide(context, facilitator):
    member = join(context)
    request = ask(context)

    for deed in (
        lambda: approve(context, member, request),
        lambda: refuse_join(context, member, request_id="r1", join_request_id=request.id),
        lambda: waiting_requests(context, member),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_approving_does_not_switch_on_who_is_switched_off_meanwhile(context, facilitator):
    member = join(context)
    with context.database.read() as tx:
        person = people.person(tx, member.person_id)
    request = ask(context, replace(STRANGER, email=person.email))
    with context.database.write() as tx:
        people.person(tx, person.id, lock=True)
        approving = Thread(
            target=approve,
            args=(context, facilitator, request),
            kwargs={"organisation": member.organisation_id},
        )
        approving.start()
        approving.join(0.5)
        people.change_person(tx, replace(person, is_active=False))
    approving.join()

    with context.database.read() as tx:
        assert not people.person(tx, person.id).is_active


def test_an_address_that_nobody_vouches_for_does_not_take_over_a_person_written_down(
    context, facilitator
):
    written_down = replace(a_person(an_organisation()), email=STRANGER.email)
    with context.database.write() as tx:
        people.add_organisation(tx, an_organisation(id=written_down.organisation_id))
        people.add_person(tx, written_down)
    unproved = replace(STRANGER, is_email_verified=False)
    asked = ask_to_join(context, unproved, organisation_name="?", kind=Kind.MEMBER)

    with pytest.raises(Refused) as refusal:
        approve_join(
            context,
            facilitator,
            request_id="r1",
            join_request_id=asked.id,
            organisation=written_down.organisation_id,
            roles={Role.BUYER},
        )

    assert refusal.value.code == "already_member"
    with context.database.read() as tx:
        assert people.person(tx, written_down.id).subject is None
