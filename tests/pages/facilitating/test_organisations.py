"""Organisations, their people, and who asks to come in."""

import pytest

from club.domain.joining import RequestState
from club.domain.organisations import Kind, Role, Standing
from club.operations.asking import ask_to_join
from club.operations.signing_in import Absence, Known, Nobody, Stranger
from club.store import people
from pages.facilitating import organisations
from tests.builders import colleague, join
from tests.club.operations.visiting import claims, see
from tests.pages.facilitating.conftest import told, words


@pytest.fixture
def member(context):
    return join(context, Kind.MEMBER, name_ja="あおば食品株式会社", name_en="Aoba Foods KK")


@pytest.fixture
def request_(context):
    stranger = Stranger(
        issuer="https://id.example",
        subject="s1",
        email="taro@shinjin.example",
        is_email_verified=True,
        name="新人 太郎",
        language="ja",
        waiting=None,
    )
    return ask_to_join(
        context, stranger, organisation_name="しんじん製紙", kind=Kind.MEMBER, note="少量から"
    )


def all_of(context, kind):
    with context.database.read() as tx:
        return people.all_organisations(tx, kind)


def person(context, actor):
    with context.database.read() as tx:
        return people.person(tx, actor.person_id)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_everybody_is_listed_with_their_standing(open_screen, facilitator, member, language):
    at = open_screen(organisations.render, facilitator, language=language)

    assert not at.exception
    assert len(at.table[0].value) == 2
    assert ("あおば食品" if language == "ja" else "Aoba Foods") in words(at)


def test_an_organisation_is_added(context, open_screen, facilitator, hand):
    at = open_screen(organisations.render, facilitator)
    at.radio(key="new kind").set_value(Kind.SUPPLIER)
    at.text_input(key="add organisation name_ja").set_value("北の森林組合")
    at.text_input(key="add organisation name_en").set_value("Northern Forest")

    hand(at).press("facilitating.organisations.add")

    (added,) = all_of(context, Kind.SUPPLIER)
    assert (added.name_ja, added.standing) == ("北の森林組合", Standing.APPROVED)


def test_a_number_that_cannot_be_right_is_refused(context, open_screen, facilitator, hand):
    at = open_screen(organisations.render, facilitator)
    at.text_input(key="add organisation name_ja").set_value("青葉")
    at.text_input(key="add organisation name_en").set_value("Aoba")
    at.text_input(key="add organisation registration").set_value("T12")

    at = hand(at).press("facilitating.organisations.add")

    assert at.error
    assert at.text_input(key="add organisation name_ja").value == "青葉"
    assert all_of(context, Kind.MEMBER) == []


def test_suspending_is_confirmed_and_approving_undoes_it(
    context, open_screen, facilitator, member, hand
):
    at = open_screen(organisations.render, facilitator, id=member.organisation_id)
    pressed = hand(at)

    pressed.confirm(
        "facilitating.organisations.suspend",
        "facilitating.organisations.suspend_named",
        name="あおば食品株式会社",
    )
    assert all_of(context, Kind.MEMBER)[0].standing is Standing.SUSPENDED

    pressed.press("facilitating.organisations.approve")
    assert all_of(context, Kind.MEMBER)[0].standing is Standing.APPROVED


def test_roles_are_changed_and_a_person_is_switched_off_and_on(
    context, open_screen, facilitator, member, hand
):
    at = open_screen(organisations.render, facilitator, id=member.organisation_id)
    at.multiselect(key=f"roles of {member.person_id}").set_value([Role.LEARNER])
    pressed = hand(at)

    pressed.press("facilitating.organisations.change_roles")
    assert person(context, member).roles == {Role.LEARNER}

    pressed.confirm(
        "facilitating.organisations.switch_off",
        "facilitating.organisations.switch_off_named",
        person=person(context, member).name,
    )
    assert not person(context, member).is_active

    pressed.press("facilitating.organisations.switch_on")
    assert person(context, member).is_active


def test_a_colleague_is_signed_out_of_every_browser(
    context, open_screen, facilitator, member, hand
):
    given = claims(context, person(context, member).email)
    before = see(context, given)
    pressed = hand(open_screen(organisations.render, facilitator, id=member.organisation_id))

    name = person(context, member).name

    at = pressed.confirm("menu.sign_out_everywhere", "menu.sign_out_named", person=name)

    assert isinstance(before, Known)
    assert told(at) == [pressed.says("menu.signed_out_everywhere", person=name)]
    assert see(context, given) == Nobody(Absence.ENDED)


def test_the_last_facilitator_cannot_be_switched_off(context, open_screen, facilitator, hand):
    at = open_screen(organisations.render, facilitator, id=facilitator.organisation_id)

    at = hand(at).confirm(
        "facilitating.organisations.switch_off",
        "facilitating.organisations.switch_off_named",
        person=person(context, facilitator).name,
    )

    assert at.error
    assert person(context, facilitator).is_active


def test_a_person_is_invited_and_the_link_sent_again(
    context, open_screen, facilitator, member, hand
):
    at = open_screen(organisations.render, facilitator, id=member.organisation_id)
    form = f"invite {member.organisation_id}"
    at.text_input(key=f"{form} email").set_value("hanako@aoba.example")
    at.multiselect(key=f"{form} roles").set_value([Role.BUYER])
    pressed = hand(at)

    pressed.press("facilitating.organisations.send")
    at = pressed.press("facilitating.organisations.resend")

    with context.database.read() as tx:
        sent = people.invitations_of(tx, member.organisation_id)
    assert [(i.email, i.roles) for i in sent] == [("hanako@aoba.example", {Role.BUYER})] * 2
    assert "hanako" in told(at)[0]


def test_an_invitation_to_somebody_who_is_in_is_refused(
    context, open_screen, facilitator, member, hand
):
    at = open_screen(organisations.render, facilitator, id=member.organisation_id)
    email = person(context, colleague(context, member, Role.LEARNER)).email
    at.text_input(key=f"invite {member.organisation_id} email").set_value(email)

    at = hand(at).press("facilitating.organisations.send")

    assert at.error


def test_a_request_is_let_into_a_new_organisation(
    context, open_screen, facilitator, request_, hand
):
    at = open_screen(organisations.render, facilitator)
    at.text_input(key=f"approve {request_.id} name_en").set_value("Shinjin Paper")

    at = hand(at).press("facilitating.requests.approve")

    (joined,) = all_of(context, Kind.MEMBER)
    assert (joined.name_ja, joined.name_en) == ("しんじん製紙", "Shinjin Paper")
    with context.database.read() as tx:
        assert [p.email for p in people.people_of(tx, joined.id)] == ["taro@shinjin.example"]


def test_a_request_is_let_into_a_known_organisation(
    context, open_screen, facilitator, member, request_, hand
):
    at = open_screen(organisations.render, facilitator)
    into = at.selectbox(key=f"approve {request_.id} into")
    at = into.set_value(member.organisation_id).run()

    hand(at).press("facilitating.requests.approve")

    with context.database.read() as tx:
        assert len(people.people_of(tx, member.organisation_id)) == 2


def test_a_request_is_turned_down(context, open_screen, facilitator, request_, hand):
    hand(open_screen(organisations.render, facilitator)).confirm(
        "facilitating.requests.refuse", "facilitating.requests.refuse_named", person="新人 太郎"
    )

    with context.database.read() as tx:
        assert people.join_request(tx, request_.id).state is RequestState.REFUSED


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_written_down_of_an_organisation_can_be_changed(
    context, open_screen, facilitator, hand, language
):
    member = join(context)
    at = open_screen(
        organisations.render, facilitator, language=language, id=member.organisation_id
    )
    next(field for field in at.text_input if field.key.endswith("name_en")).set_value("Renamed KK")

    hand(at, language).press("words.save")

    with context.database.read() as tx:
        assert people.organisation(tx, member.organisation_id).name_en == "Renamed KK"
