"""What people fill in at the provider."""

import re
from dataclasses import replace

from club.domain.notices import NoticeKind
from club.identity.lockout import BY_ADDRESS
from club.operations.signing_in import Absence, Nobody, who
from club.store import outbox, people
from tests.club.identity.app import EMAIL, PASSWORD, App, browser, mailed, submit


def test_a_form_without_its_token_or_with_anothers_is_refused(context, visitor, registered):
    address = App(context, visitor).request()
    fields = {"email": registered, "password": PASSWORD}
    another = browser(context)
    theirs = re.search(r'name="form_token" value="([^"]+)"', another.get(address).text)[1]
    visitor.get(address)
    bare = visitor.post(address, data=fields)
    forged = visitor.post(address, data=fields | {"form_token": theirs})
    without_cookie = browser(context).post(address, data=fields | {"form_token": theirs})

    assert [a.status_code for a in (bare, forged, without_cookie)] == [403, 403, 403]


def test_wrong_unknown_and_waiting_look_alike(context, visitor, registered):
    def shown(email, password):
        answer = App(context, visitor).sign_in(email, password)
        text = re.sub(r'value="[^"]*"|ui_locales=\w+|\?[^"]*"', "", answer.text)
        return answer.status_code, text

    wrong = [shown(registered, "not the password") for _ in range(BY_ADDRESS.free)]
    unknown = shown("nobody@member.example", "not the password")
    waiting = shown(registered, PASSWORD)

    assert {*wrong, unknown, waiting} == {wrong[0]}
    assert wrong[0][0] == 401


def test_the_wait_ends_and_a_right_try_lets_the_count_begin_anew(
    context, clock, visitor, registered
):
    app = App(context, visitor)
    for _ in range(BY_ADDRESS.free):
        app.sign_in(registered, "not the password")
    too_early = app.sign_in(registered)
    clock.forward(seconds=31)
    in_time = app.sign_in(registered)
    afterwards = [app.sign_in(registered, "no").status_code, app.sign_in(registered).status_code]

    assert (too_early.status_code, in_time.status_code) == (401, 302)
    assert afterwards == [401, 302]


def test_an_invitation_is_used_once(context, visitor, link, registered):
    again = visitor.get(link)

    assert again.status_code == 400
    assert "form_token" not in again.text


def test_an_invitation_expires(clock, visitor, link):
    clock.forward(days=14, seconds=1)

    assert visitor.get(link).status_code == 400


def test_an_unknown_invitation_says_so(visitor):
    assert visitor.get("/identity/invitation?token=guess").status_code == 400
    assert visitor.get("/identity/invitation").status_code == 400


def test_a_poor_password_or_no_name_keeps_the_invitation_open(visitor, link):
    good = {"name": "田中 花子", "password": PASSWORD, "again": PASSWORD}
    for changed in (
        {"password": "short", "again": "short"},
        {"password": "password1234", "again": "password1234"},
        {"again": "another Schnee entirely"},
        {"name": " "},
        {"name": "x" * 201},
    ):
        answer = submit(visitor, link, **good | changed)

        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
    assert submit(visitor, link, **good).status_code == 200


def test_a_forgotten_password_is_reset_by_a_link_that_is_good_once(context, visitor, registered):
    claims = App(context, visitor).whole(registered)
    who(context, claims)
    submit(visitor, "/identity/forgotten", email=f" {EMAIL.upper()}")
    link = mailed(context, NoticeKind.PASSWORD_RESET)
    new = {"password": "ein neues Kennwort", "again": "ein neues Kennwort"}
    first = submit(visitor, link, **new)
    app = App(context, visitor)

    assert first.status_code == 200
    assert visitor.get(link).status_code == 400
    assert app.sign_in(registered).status_code == 401
    assert app.sign_in(registered, "ein neues Kennwort").status_code == 302
    assert who(context, claims) == Nobody(Absence.ENDED)


def test_a_reset_link_expires(context, clock, visitor, registered):
    submit(visitor, "/identity/forgotten", email=registered)
    link = mailed(context, NoticeKind.PASSWORD_RESET)
    clock.forward(hours=2, seconds=1)

    assert visitor.get(link).status_code == 400


def test_asking_for_a_link_tells_nobody_whether_the_address_is_known(context, visitor, registered):
    def shown(email):
        return submit(visitor, "/identity/forgotten", email=email).text

    assert shown(registered) == shown("nobody@member.example") == shown("not an address")
    with context.database.write() as tx:
        resets = [n for n in outbox.waiting(tx) if n.kind is NoticeKind.PASSWORD_RESET]
    assert [notice.address for notice in resets] == [EMAIL]


def test_links_are_sent_a_few_times_and_then_more_slowly(context, visitor, registered):
    for _ in range(6):
        submit(visitor, "/identity/forgotten", email=registered)
    with context.database.write() as tx:
        resets = [n for n in outbox.waiting(tx) if n.kind is NoticeKind.PASSWORD_RESET]

    assert len(resets) == 3


def test_a_person_switched_off_gets_no_link(context, visitor, registered):
    with context.database.write() as tx:
        person = people.person_by_email(tx, registered)
        people.change_person(tx, replace(person, is_active=False))
    submit(visitor, "/identity/forgotten", email=registered)
    with context.database.write() as tx:
        kinds = {notice.kind for notice in outbox.waiting(tx)}

    assert NoticeKind.PASSWORD_RESET not in kinds
