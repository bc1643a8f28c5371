"""The played round: the numbers of the nine games, and twice the same to the byte."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from club.demo.outcome import NotProven, Proof, require_all
from club.demo.playing import play
from club.demo.report import proven
from club.settings import ROOT

PLAY = """
import sys
from pathlib import Path
from club.demo.playing import play
sys.stdout.reconfigure(encoding="utf-8")
for line in play(Path(sys.argv[1])):
    print(line)
"""


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """What was said, and the folder."""
    folder = tmp_path_factory.mktemp("played") / "first"
    return list(play(folder)), folder


@pytest.fixture(scope="module")
def outcome(played):
    _, folder = played
    return json.loads((folder / "result.json").read_text("utf-8"))


def papers(folder):
    """SHA-256 of everything but the database and the keys' folder, by name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in {".pdf", ".json", ".sha256"}
    }


def test_nothing_is_lost(outcome):
    assert [proof["found"] for proof in outcome["proofs"]] == [
        232_900,
        232_900,
        232_900,
        233_000,
        1_175_540,
        1_318_708,
        0,
    ]
    assert all(proof["found"] == proof["expected"] for proof in outcome["proofs"])


def test_the_pledges_are_the_nine_games_of_the_source(outcome):
    assert [pledge["quantity_kg"] for pledge in outcome["pledges"]] == [
        55_000, 7_800, 36_100, 6_800, 37_100, 27_600, 6_300, 31_200, 25_000,
    ]  # fmt: skip


def test_agriculture_is_bought_whole_and_of_the_forest_what_is_left(outcome):
    assert [
        (award["quantity_kg"], award["units"], award["custody_kg"]) for award in outcome["awards"]
    ] == [(117_000, 117, 0), (115_900, 116, 100)]
    assert [award["value_jpy"] for award in outcome["awards"]] == [
        117 * 4_500,
        115_900 * 5_600 // 1_000,
    ]


def test_everybody_gets_the_pools_mix_to_the_kilogram(outcome):
    for paper in outcome["invoices"]:
        own_kg = sum(line["quantity_kg"] for line in paper["lines"])
        for line in paper["lines"]:
            exact = own_kg * {4_500: 117_000, 5_600: 115_900}[line["price_per_t"]]
            assert exact // 232_900 <= line["quantity_kg"] <= -(-exact // 232_900)


def test_certificates_tell_what_each_pledged(outcome):
    certified = sorted(paper["quantity_kg"] for paper in outcome["certificates"])

    assert certified == sorted(pledge["quantity_kg"] for pledge in outcome["pledges"])


def test_the_papers_lie_there_and_are_counted(played):
    said, folder = played
    names = [name.split("/")[0] for name in papers(folder)]

    assert (names.count("award-notes"), names.count("invoices")) == (2, 9)
    assert names.count("certificates") == 9
    assert "  certificates/  9 PDF" in said


def test_the_result_is_what_its_digest_says(played):
    said, folder = played
    digest = hashlib.sha256((folder / "result.json").read_bytes()).hexdigest()

    assert (folder / "result.json.sha256").read_text("ascii") == f"{digest}  result.json\n"
    assert f"  result.json  SHA-256 {digest}" in said


def test_elsewhere_at_another_time_it_says_and_writes_the_same(played, tmp_path):
    said, folder = played
    other = tmp_path / "another" / "folder"
    environment = os.environ | {
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(ROOT),
        "TZ": "America/New_York",
        "TOMOE_BASE_URL": "https://elsewhere.example",
        "TOMOE_CLUB_NAME_JA": "別のクラブ",
    }

    again = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PLAY, str(other)],
        env=environment,
        check=True,
        capture_output=True,
    )

    assert again.stdout.decode().splitlines() == said
    assert papers(other) == papers(folder)


def test_no_line_says_where_it_was_played(played):
    said, folder = played

    assert not [line for line in said if str(folder) in line or "/tmp" in line]  # noqa: S108 - what must not be said


def test_nothing_is_played_over(played):
    _, folder = played

    with pytest.raises(FileExistsError):
        list(play(folder))


def test_what_does_not_hold_is_said_and_raised():
    proof = Proof(text="kg shared = kg bought", found=232_899, expected=232_900)

    assert list(proven([proof]))[1:] == [
        "検算 / SOMETHING DIFFERS",
        "  DIFFERS kg shared = kg bought: 232,899 ≠ 232,900",
    ]
    with pytest.raises(NotProven, match="kg shared = kg bought"):
        require_all([proof])
    require_all([replace(proof, found=232_900)])
