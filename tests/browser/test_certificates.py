"""From a passed try to its certificate, and to the badge that somebody else checks."""

import pytest
import zxingcpp
from playwright.sync_api import expect

from club.i18n import Speech
from club.operations.badging import page_of, token_in
from club.operations.viewing.passed import pass_credential
from tests.browser.conftest import visiting
from tests.browser.people import BUYER, FACILITATOR, SELLER, settled, sign_in, speak
from tests.browser.pictures import PICTURES, on_desk_and_phone
from tests.browser.rounds import press
from tests.builders import colleague
from tests.club.documents.papers import picture_of
from tests.club.operations.certified import a_certificate, reinstate, withdraw
from tests.club.operations.trying import MODULE, right, take

LEARNERS = {"ja": BUYER, "en": SELLER}


def downloaded(page, label):
    """What the button of that label hands out."""
    with page.expect_download() as found:
        page.get_by_role("button", name=label, exact=True).click()
    return found.value.path().read_bytes()


def check(stranger, server, badge, language):
    """Hand a badge in where the club has it checked."""
    stranger.goto(f"{server.url}/passes?lang={language}")
    stranger.locator("#chosen").set_input_files(
        {"name": "badge.jwt", "mimeType": "application/vc+jwt", "buffer": badge}
    )
    stranger.locator("form button").click()


def tells(stranger, words):
    expect(stranger.get_by_text(words)).to_be_visible()


@pytest.fixture(params=["ja", "en"])
def language(request):
    return request.param


@pytest.fixture
def say(language):
    return Speech(language, "Asia/Tokyo").say


def test_a_pass_is_certified_taken_away_and_no_longer_shared(
    server, browser, context, actors, language, say
):
    passed = take(context, actors[LEARNERS[language]], right, f"certified in {language}")
    with visiting(browser, language) as (_, page):
        sign_in(page, server.url, LEARNERS[language], language)
        speak(page, language)
        page.goto(f"{server.url}/quiz?module={MODULE}&try={passed.id}")
        settled(page)
        press(page, say("passes.mine.issue"))
        link = page.get_by_role("link", name=say("passes.mine.page"))
        expect(link).to_be_visible()
        on_desk_and_phone(page, PICTURES / language / "certificate_result")
        url = link.get_attribute("href")
        pdf = downloaded(page, say("passes.mine.pdf"))
        badge = downloaded(page, say("passes.mine.badge"))
        assert [code.text for code in zxingcpp.read_barcodes(picture_of(pdf, 0))] == [url]
        assert token_in(context, badge.decode()) == url.rpartition("/")[2]

        page.goto(f"{server.url}/my_learning")
        settled(page)
        press(page, say("passes.mine.stop"))
        press(page, say("passes.mine.stop_act"))
        tells(page, say("passes.mine.closed"))
        assert page.request.get(url).status == 404


def test_a_stranger_checks_a_badge_and_sees_what_becomes_of_it(
    server, browser, context, actors, language, say
):
    learner = colleague(context, actors[LEARNERS[language]])
    certificate, _ = a_certificate(context, learner)
    badge = pass_credential(context, learner, certificate.id)
    with visiting(browser, language, width=390) as (_, stranger):
        check(stranger, server, badge[:-9].encode() + b"A" * 9, language)
        tells(stranger, say("passes.check.refused"))

        check(stranger, server, badge.encode(), language)
        expect(stranger).to_have_url(f"{page_of(context, certificate)}?lang={language}")
        tells(stranger, say("passes.public.valid"))
        withdraw(context, actors[FACILITATOR], learner, f"withdraw in {language}")
        stranger.reload()
        tells(stranger, say("passes.public.withdrawn"))
        reinstate(context, actors[FACILITATOR], learner, f"reinstate in {language}")
        stranger.reload()
        tells(stranger, say("passes.public.valid"))
