"""A club with an OpenID provider of its own: the built-in one is not asked."""

import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from club.i18n import Speech
from club.settings import ROOT
from tests.browser.conftest import Server, free_port, visiting
from tests.browser.people import SIGN_IN, SIGN_OUT, await_told, settled

HERE = Path(__file__).parent / "providers"
FOUNDER = "founder@outside.example"
NPM_PROVIDER = "oidc-provider@9.13.3"
JA, EN = Speech("ja"), Speech("en")


def small(port, _server, _folder):
    return [sys.executable, str(HERE / "small.py"), str(port)]


def certified(port, server, folder):
    """npm's provider, installed into a folder of its own."""
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", NPM_PROVIDER]
    subprocess.run(install, cwd=folder, check=True, timeout=300)  # noqa: S603 - written above
    shutil.copy(HERE / "certified.mjs", folder)
    script = folder / "certified.mjs"
    return ["node", str(script), str(port), f"{server.url}/oauth2callback"]


def by_button(page):
    page.get_by_role("button", name="創 はじめ").click()


def by_login_form(page):
    page.locator("input[name=login]").fill("founder")
    page.locator("input[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    page.locator("button[type=submit]").click()  # the consent


PROVIDERS = {"small": (small, by_button)}
if shutil.which("node") and shutil.which("npm"):
    PROVIDERS["certified"] = (certified, by_login_form)


@contextmanager
def a_club(folder, command_of):
    """A founded club, served, whose people come in by another provider."""
    port = free_port()
    server = Server(folder)
    server.environment = {
        "TOMOE_OIDC_METADATA_URL": f"http://localhost:{port}/.well-known/openid-configuration",
        "TOMOE_OIDC_CLIENT_ID": "club",
        "TOMOE_OIDC_CLIENT_SECRET": "only-for-tests-on-loopback",
    }
    log = folder / "provider.log"
    with log.open("wb") as out:
        command = command_of(port, server, folder)
        provider = subprocess.Popen(command, stdout=out, stderr=out, cwd=folder)  # noqa: S603 - ours
    try:
        await_answer(server.environment["TOMOE_OIDC_METADATA_URL"], log)
        found = [sys.executable, "-m", "club", "found", "外部クラブ", "Outside Club", FOUNDER]
        environment = server.variables()
        subprocess.run(found, cwd=ROOT, env=environment, check=True, capture_output=True)  # noqa: S603 - ours
        server.start()
        yield server
    finally:
        server.stop()
        provider.terminate()
        provider.wait(20)


def await_answer(url, log):
    for _ in range(150):
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(log.read_text("utf-8")[-2_000:])


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_founder_comes_in_by_the_clubs_own_provider(tmp_path, browser, name):
    command_of, choose = PROVIDERS[name]
    with a_club(tmp_path, command_of) as server, visiting(browser) as (_, page):
        page.goto(server.url)
        page.get_by_role("button", name=SIGN_IN["ja"], exact=True).click()
        choose(page)

        expect(page.get_by_role("button", name=SIGN_OUT["ja"], exact=True)).to_be_visible()
        expect(page.get_by_text(JA.say("menu.section.facilitate")).first).to_be_visible()


def test_a_stranger_may_only_ask_to_join_and_is_in_once_approved(tmp_path, browser):
    with (
        a_club(tmp_path, small) as server,
        visiting(browser) as (_, office),
        visiting(browser, "en") as (_, stranger),
    ):
        stranger.goto(f"{server.url}/treasury")
        stranger.get_by_role("button", name=SIGN_IN["en"], exact=True).click()
        stranger.get_by_role("button", name="Ann Outside").click()
        stranger.get_by_role("textbox", name=EN.say("words.field.organisation_name")).fill("Ann KK")
        stranger.get_by_role("button", name=EN.say("doorstep.join_ask")).click()
        expect(stranger.get_by_text(EN.say("doorstep.join_waiting"))).to_be_visible()
        assert stranger.get_by_text(EN.say("menu.section.learn")).count() == 0

        office.goto(server.url)
        office.get_by_role("button", name=SIGN_IN["ja"], exact=True).click()
        by_button(office)
        office.get_by_role("button", name=JA.say("home.card.requests.button")).click()
        expect(office.get_by_text("Ann KK").first).to_be_visible()
        office.get_by_text(JA.say("facilitating.requests.let_in"), exact=True).click()
        settled(office)
        office.get_by_role("button", name=JA.say("facilitating.requests.approve")).click()
        told = JA.say("facilitating.requests.approved", person="Ann Outside")
        await_told(office, told)
        stranger.goto(server.url)
        expect(stranger.get_by_text(EN.say("menu.section.learn")).first).to_be_visible()
