"""A member downloads record and row, and checks them as an outsider does: away from the club."""

import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

from club.i18n import Speech
from club.settings import ROOT
from tests.browser.conftest import visiting
from tests.browser.people import BUYER, settled, sign_in

JA = Speech("ja")


def cleared_round(server):
    with closing(sqlite3.connect(server.folder / "tomoe.db", timeout=30)) as database:
        ((round_id,),) = database.execute("SELECT id FROM rounds WHERE phase = 'closed'").fetchall()
    return round_id


def download(page, words, folder):
    with page.expect_download() as started:
        page.get_by_role("button", name=words).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def test_what_the_page_hands_out_is_verified_by_what_the_page_says(server, browser, tmp_path):
    shutil.copytree(ROOT / "auctions", tmp_path / "auctions")
    with visiting(browser, "ja") as (_, page):
        sign_in(page, server.url, BUYER)
        page.goto(f"{server.url}/round?id={cleared_round(server)}")
        page.get_by_role("link", name=JA.say("checking.link")).click()
        page.get_by_role("heading", name=JA.say("menu.check")).wait_for()
        settled(page)
        record = download(page, "公開記録をダウンロード", tmp_path)
        row = download(page, JA.say("checking.row.download"), tmp_path)
        command = page.get_by_text("python -m auctions verify").inner_text().splitlines()[-1]

    assert {record.name, row.name} < set(shlex.split(command))
    run = subprocess.run(  # noqa: S603 - what the page says, with our own Python
        [sys.executable, *shlex.split(command)[1:]],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert (run.stderr, run.returncode) == ("", 0)
    assert run.stdout.splitlines()[-1] == "Nothing differs."
    assert "ok  row: " in run.stdout
