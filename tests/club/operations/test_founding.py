"""Founding a club, and filling an invented one."""

import pytest

from club.domain.errors import InputRefused, NotAllowed, PhaseRefused
from club.domain.organisations import Actor, Kind, Role
from club.domain.rounds import RoundTerms
from club.identity import passwords
from club.operations.accounts import ClubAccounts
from club.operations.founding import (
    NewPerson,
    enter_invented,
    found_club,
    found_invented_club,
    is_founded,
    keep_mail_in,
    people_of_invented,
)
from club.operations.notifying import send_waiting
from club.operations.opening import draft_round, open_round
from club.operations.organising import NewOrganisation
from club.store import journal, people
from tests.builders import a_round, actor_of

GIVEN = {"name_ja": "巴", "name_en": "Tomoe", "email": "Sato@Club.Example", "person": "佐藤 進"}
INVENTED = {"name_ja": "（架空）巴", "name_en": "Tomoe (invented)"}
MEMBER = NewOrganisation(kind=Kind.MEMBER, name_ja="（架空）青葉", name_en="Aoba (invented)")


def somebody(email, *roles):
    return NewPerson(name=f"架空 {email}", email=email, language="ja", roles=frozenset(roles))


def an_invented_club(context, password_hash=None):
    """The facilitator of an invented club of one."""
    [founder] = found_invented_club(
        context,
        persons=[somebody("office@club.example", Role.FACILITATOR)],
        password_hash=password_hash,
        **INVENTED,
    )
    with context.database.read() as tx:
        return actor_of(founder, people.operator(tx))


def test_an_empty_club_gets_its_operator_and_first_facilitator(context):
    before = is_founded(context)
    link = found_club(context, **GIVEN)
    with context.database.read() as tx:
        founder = people.person_by_email(tx, "sato@club.example")
        operator = people.operator(tx)

    assert (before, is_founded(context)) == (False, True)
    assert (founder.name, founder.organisation_id) == ("佐藤 進", operator.id)
    assert founder.roles == {Role.FACILITATOR, Role.TREASURER}
    assert not operator.is_invented
    assert ClubAccounts(context).may_reset(link.rpartition("=")[2])


def test_a_founder_without_a_name_is_called_by_the_address(context):
    found_club(context, name_ja="巴", name_en="Tomoe", email="sato@club.example")

    with context.database.read() as tx:
        assert people.person_by_email(tx, "sato@club.example").name == "sato@club.example"


def test_the_founders_link_lasts_as_long_as_an_invitation(context, clock):
    token = found_club(context, **GIVEN).rpartition("=")[2]
    clock.forward(days=14)
    in_time = ClubAccounts(context).may_reset(token)
    clock.forward(seconds=1)

    assert in_time
    assert not ClubAccounts(context).may_reset(token)


def test_a_club_is_founded_once(context):
    found_club(context, **GIVEN)

    with pytest.raises(PhaseRefused):
        found_club(context, **GIVEN)
    with pytest.raises(PhaseRefused):
        an_invented_club(context)


def test_an_address_that_is_none_founds_nothing(context):
    with pytest.raises(InputRefused):
        found_club(context, **GIVEN | {"email": "nobody"})

    assert not is_founded(context)


def test_the_founding_is_the_first_deed_of_the_clubs_chain(context):
    found_club(context, **GIVEN)

    with context.database.read() as tx:
        links = journal.links(tx, journal.CLUB)
    assert [link.kind for link in links] == ["club.founded", "person.entered"]
    assert links[0].facts["is_invented"] is False


def test_invented_people_can_sign_in_with_the_password_they_were_given(context):
    office = an_invented_club(context, passwords.hashed("a long demo password"))
    enter_invented(
        context,
        office,
        MEMBER,
        [somebody("aoba@club.example", Role.BUYER)],
        password_hash=passwords.hashed("another long password"),
    )

    sign_in = ClubAccounts(context).sign_in
    assert sign_in("office@club.example", "a long demo password", "host") is not None
    assert sign_in("aoba@club.example", "another long password", "host") is not None
    assert sign_in("aoba@club.example", "a long demo password", "host") is None


def test_all_of_an_invented_club_says_that_it_is_invented(context):
    office = an_invented_club(context)
    enter_invented(context, office, MEMBER, [somebody("aoba@club.example", Role.BUYER)])

    assert {(p.email, o.is_invented) for p, o in people_of_invented(context)} == {
        ("office@club.example", True),
        ("aoba@club.example", True),
    }


def test_a_role_that_the_kind_does_not_have_is_refused(context):
    office = an_invented_club(context)

    with pytest.raises(InputRefused):
        enter_invented(context, office, MEMBER, [somebody("aoba@club.example", Role.SELLER)])
    assert len(people_of_invented(context)) == 1


def test_a_real_club_gets_nobody_invented(context):
    found_club(context, **GIVEN)
    with context.database.read() as tx:
        founder = people.person_by_email(tx, "sato@club.example")
        facilitator = actor_of(founder, people.operator(tx))

    with pytest.raises(NotAllowed):
        enter_invented(context, facilitator, MEMBER, [somebody("a@club.example", Role.BUYER)])
    with pytest.raises(NotAllowed):
        keep_mail_in(context)
    assert people_of_invented(context) == []


def test_only_a_facilitator_enters_somebody_invented(context):
    office = an_invented_club(context)
    [buyer] = enter_invented(context, office, MEMBER, [somebody("a@club.example", Role.BUYER)])
    actor = Actor(
        person_id=buyer.id,
        organisation_id=buyer.organisation_id,
        kind=Kind.MEMBER,
        roles=buyer.roles,
    )

    with pytest.raises(NotAllowed):
        enter_invented(context, actor, MEMBER, [somebody("b@club.example", Role.BUYER)])


def test_mail_that_is_kept_in_stays_on_home(context):
    office = an_invented_club(context)
    [buyer] = enter_invented(context, office, MEMBER, [somebody("a@club.example", Role.BUYER)])
    tell_of_a_round(context, office)

    keep_mail_in(context)

    with context.database.read() as tx:
        assert [n.kind for n in journal.notices_of(tx, buyer.id)] == ["round_opened"]
    assert send_waiting(context) == 0


def tell_of_a_round(context, office):
    round_ = a_round(office)
    terms = RoundTerms(**{name: getattr(round_, name) for name in RoundTerms.__slots__})
    draft = draft_round(context, office, request_id="d1", terms=terms)
    open_round(context, office, request_id="o1", round_id=draft.id)
