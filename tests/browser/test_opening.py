"""A sealed round with two of three openers, from draft to result, and its record verified."""

import os
import subprocess
import sys

from playwright.sync_api import expect

from club import settings
from club.operations.context import open_context
from club.operations.publishing import public_file
from club.settings import ROOT
from club.store import people
from tests.browser.conftest import visiting
from tests.browser.people import BUYER, FACILITATOR, SELLER, await_told, settled, sign_in
from tests.browser.pictures import PICTURES, on_desk_and_phone
from tests.browser.rounds import (
    EN,
    JA,
    ask,
    await_deed,
    await_phase,
    choose_all,
    draft,
    invite,
    let_time_pass,
    offer,
    open_draft,
    pledge,
    press,
)

NAME = "開札者が開く試し買い"
APPROVER = "isao@misaki-oki.example"
OPENERS = {BUYER: "青葉 はる", APPROVER: "岬 いさお", FACILITATOR: "巴 みちる"}
PASSPHRASES = {
    BUYER: "夕立のあとに蝉時雨を聞いた",
    APPROVER: "seven quiet herons cross the ford",
    FACILITATOR: "庭石の下に古い鍵を三つ埋めた",
}


def picture(page, name):
    on_desk_and_phone(page, PICTURES / f"opening-{name}")


def seal_by_openers(page, server, round_id):
    page.get_by_role("tab", name=JA.say("facilitating.form.tab_auction")).click()
    page.get_by_text(JA.say("words.sealing.openers"), exact=True).first.click()
    settled(page)
    press(page, JA.say("auction_terms.form.save"))
    expect(page.get_by_text(JA.say("opening.none_named", needed=2)).first).to_be_visible()
    choose_all(page, JA.say("opening.choose"), OPENERS.values())
    picture(page, "naming")
    press(page, JA.say("opening.act_name"))
    await_told(page, JA.say("opening.told_named", count=3))


def type_secret(page, label, typed):
    field = page.get_by_label(label, exact=True).first
    field.fill(typed)
    field.press("Tab")
    settled(page)


def set_passphrase(page, server, email, say=JA.say, again=None):
    """From Home, as an opener finds it."""
    page.goto(server.url)
    press(page, say("home.card.passphrase.button"))
    type_secret(page, say("words.field.passphrase"), PASSPHRASES[email])
    type_secret(page, say("words.field.again"), again or PASSPHRASES[email])
    press(page, say("opening.act_set"))


def give_passphrase(page, typed, say=JA.say):
    type_secret(page, say("words.field.passphrase"), typed)
    press(page, say("opening.act_give"))


def verified(server, round_id, tmp_path):
    """What the verifier says of the round's public record."""
    context = open_context(settings.read(server.variables()))
    with context.database.read() as tx:
        office = people.actor(tx, people.person_by_email(tx, FACILITATOR).id)
    path = tmp_path / "record.db"
    path.write_bytes(public_file(context, office, round_id))
    context.database.dispose()
    return subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-m", "auctions", "verify", str(path)],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )


def all_set_their_passphrases(server, round_id, office, buyer, approver):
    """One mistypes, one takes a suggestion to look at, one is late and bidding waits."""
    buyer.goto(server.url)
    picture(buyer, "home")
    set_passphrase(buyer, server, BUYER, again="夕立のあと")
    expect(buyer.get_by_text(JA.say("errors.passphrases_differ")).first).to_be_visible()
    picture(buyer, "set")
    set_passphrase(buyer, server, BUYER)
    await_told(buyer, JA.say("opening.told_set"))
    approver.goto(f"{server.url}/opening?id={round_id}")
    press(approver, EN.say("opening.suggest"))
    picture(approver, "suggest")
    set_passphrase(approver, server, APPROVER, EN.say)
    await_told(approver, EN.say("opening.told_set"))
    let_time_pass(server, round_id, pledging_closes_at=1)
    await_deed(server, round_id, "bidding.delayed")
    office.goto(server.url)
    expect(office.get_by_text(JA.say("home.card.delayed.title")).first).to_be_visible()
    picture(office, "delayed")
    set_passphrase(office, server, FACILITATOR)
    await_phase(server, round_id, "bidding")


def two_of_three_open(server, round_id, office, buyer, approver):
    """The facilitator looks on: nothing happens before the second has come."""
    office.goto(f"{server.url}/opening?id={round_id}")
    buyer.goto(server.url)
    press(buyer, JA.say("home.card.unseal.button"))
    give_passphrase(buyer, PASSPHRASES[APPROVER])
    expect(buyer.get_by_text(JA.say("errors.passphrase_wrong")).first).to_be_visible()
    give_passphrase(buyer, PASSPHRASES[BUYER])
    await_told(buyer, JA.say("opening.told_given"))
    expect(office.get_by_text("2 名のうち 1 名").first).to_be_visible()
    assert ask(server, "SELECT phase FROM rounds WHERE id = ?", round_id) == [("clearing",)]
    picture(office, "ceremony")
    picture(buyer, "given")
    approver.goto(f"{server.url}/opening?id={round_id}")
    picture(approver, "give")
    give_passphrase(approver, PASSPHRASES[APPROVER], EN.say)
    await_told(approver, EN.say("opening.told_given"))
    await_phase(server, round_id, "settling")


def test_two_of_three_openers_open_a_round_and_its_record_verifies(server, browser, tmp_path):
    ask(server, "UPDATE people SET language = 'en' WHERE email = ?", APPROVER)
    with (
        visiting(browser) as (_, office),
        visiting(browser) as (_, buyer),
        visiting(browser, "en") as (_, approver),
        visiting(browser, "en") as (_, seller),
    ):
        sign_in(office, server.url, FACILITATOR)
        sign_in(buyer, server.url, BUYER)
        sign_in(approver, server.url, APPROVER, "en")
        sign_in(seller, server.url, SELLER, "en")
        round_id = draft(office, server, NAME)
        seal_by_openers(office, server, round_id)
        open_draft(office)
        invite(office, server, round_id)
        let_time_pass(server, round_id, pledging_opens_at=3_600)
        pledge(buyer, server, round_id)
        all_set_their_passphrases(server, round_id, office, buyer, approver)
        offer(seller, server, round_id)
        seller.goto(f"{server.url}/round?id={round_id}")
        picture(seller, "supplier")
        let_time_pass(server, round_id, pledging_closes_at=60, bidding_closes_at=1)
        await_phase(server, round_id, "clearing")
        two_of_three_open(server, round_id, office, buyer, approver)
        buyer.goto(f"{server.url}/round?id={round_id}")
        expect(buyer.get_by_text("4,500").first).to_be_visible()
        picture(buyer, "result")
    told = verified(server, round_id, tmp_path)
    assert told.returncode == 0, told.stdout
    assert chain(server, round_id) == [
        *["passphrase.set"] * 3,
        "passphrase.refused",
        "share.given",
        "share.given",
        "round.unsealed",
    ]
    log = (server.folder / "server.log").read_bytes()
    assert not any(passphrase.encode() in log for passphrase in PASSPHRASES.values())


def chain(server, round_id):
    """What the audit chain tells of the openers, in order."""
    statement = "SELECT kind FROM audit_links WHERE chain = ? ORDER BY number"
    kinds = [kind for (kind,) in ask(server, statement, round_id)]
    return [kind for kind in kinds if kind.startswith(("share", "passphrase", "round.un"))]
