"""The demo club's people as buttons."""

from dataclasses import replace

import pytest

from club.i18n import Speech
from club.operations.signing_in import Known, who
from club.store import people
from tests.builders import a_person, an_organisation, join
from tests.club.identity.app import App, browser, submit


def demo(context, **changed):
    values = {"is_demo": True, "base_url": "http://localhost:8501"} | changed
    return replace(context, settings=replace(context.settings, **values))


@pytest.fixture
def persona(context):
    actor = join(context, is_invented=True)
    with context.database.read() as tx:
        return people.person(tx, actor.person_id)


def test_in_the_demo_one_click_signs_in_as_an_invented_person(context, persona):
    shown = demo(context)
    app = App(shown, browser(shown, host="127.0.0.1"))
    address = app.request()
    page = app.browser.get(address).text
    answer = submit(app.browser, address, persona=persona.email)
    claims = app.claims(app.exchange(app.code(answer)).json()["id_token"])
    known = who(shown, claims)

    assert f'value="{persona.email}"' in page
    assert isinstance(known, Known)
    assert known.person.id == persona.id


def test_nowhere_else_is_there_such_a_click(context, persona):
    proxied = {"X-Forwarded-For": "203.0.113.7"}
    for host, changed, headers in (
        ("127.0.0.1", {"is_demo": False}, {}),
        ("203.0.113.7", {}, {}),
        ("127.0.0.1", {"base_url": "https://club.example"}, {}),
        ("127.0.0.1", {}, proxied),
    ):
        shown = demo(context, **changed)
        app = App(shown, browser(shown, host=host, base=shown.settings.base_url))
        app.browser.headers.update(headers)
        address = app.request()
        page = app.browser.get(address).text
        answer = submit(app.browser, address, persona=persona.email)

        assert persona.email not in page
        assert answer.status_code == 401


def test_in_the_demo_real_people_are_no_buttons(context, persona, registered):
    shown = demo(context)
    app = App(shown, browser(shown, host="127.0.0.1"))
    address = app.request()

    assert registered not in app.browser.get(address).text
    assert submit(app.browser, address, persona=registered).status_code == 401
    assert app.browser.get(f"{address}&persona={persona.email}").status_code == 200


def test_proposed_people_come_first_and_say_what_they_can_show(context):
    join(context, is_invented=True)
    organisation = an_organisation(is_invented=True)
    proposed = a_person(organisation, email="hajime@hinata-works.example")
    with context.database.write() as tx:
        people.add_organisation(tx, organisation)
        people.add_person(tx, proposed)
    shown = demo(context)
    app = App(shown, browser(shown, host="127.0.0.1"))

    page = app.browser.get(app.request()).text

    assert Speech("ja").say("identity.demo.newcomer") in page
    assert page.index(proposed.email) < page.index("<details>") < page.index("</details>")
