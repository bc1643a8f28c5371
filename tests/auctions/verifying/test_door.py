"""`python -m auctions verify`, as an outsider runs it: with the engine, numpy and pynacl alone."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from auctions.flags import low_prices
from auctions.record import plain
from auctions.recording.row_files import write_row
from auctions.verifying.door import main
from club.domain.disclosure import public_record
from club.operations import computing
from club.store.exporting import write_record
from tests.forged import with_one_bit_changed
from tests.recorded import SIGNING_KEY, a_record

FULL = a_record()
CHANGED = {
    "DIFFERS: The file is not as it was signed (file).",
    "DIFFERS: The file bears no signature (file).",
}
"""What is said of a changed file; the second where the change hits the mark of the seal."""
ALONE = """
import sys
from importlib.abc import MetaPathFinder

class Only(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        top = name.partition(".")[0]
        needed = {"auctions", "numpy", "nacl", "cffi", "_cffi_backend"}
        if top not in sys.stdlib_module_names | needed:
            raise ImportError(name + " is not there")

sys.meta_path.insert(0, Only())
from auctions.__main__ import main
status = main()
solvers = {"scipy", "ortools", "highspy"} & set(sys.modules)
assert not solvers, solvers
sys.exit(status)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with both records, a row, and purchases to hold against them."""
    folder = tmp_path_factory.mktemp("records")
    for record in (FULL, public_record(FULL)):
        file = write_record(record, SIGNING_KEY, [])
        (folder / f"{record.about.kind}.db").write_bytes(file)
    (folder / "row.json").write_bytes(write_row(FULL, "member 000005"))
    (folder / "same.json").write_text(json.dumps({"awards": plain(FULL.awards)}))
    return folder


def run_alone(*arguments):
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", ALONE, "verify", *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.stderr == ""
    return run.stdout, run.returncode


@pytest.mark.parametrize("kind", ["public", "full"])
def test_an_outsider_verifies_a_record_with_neither_club_nor_solver(folder, kind):
    told, status = run_alone(
        folder / f"{kind}.db", "--row", folder / "row.json", "--challenge", folder / "same.json"
    )

    assert (told.splitlines()[-1], status) == ("Nothing differs.", 0)
    assert f"This is the {kind} record" in told
    assert "ok  row: member 000005 pledged 9001 kg" in told
    assert "ok  challenge: does not refute the result: it buys 90000 kg" in told
    assert ("Not checked" in told) == (kind == "public")


def test_the_command_of_the_package_is_the_same(folder):
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "auctions", "verify", folder / "full.db", "--optimal"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (run.stderr, run.returncode) == ("", 0)
    assert "ok  best: solved again" in run.stdout


def test_the_example_of_the_page_is_what_it_says(folder, capsys):
    page = Path("docs/auctions.md").read_text("utf-8")
    (asked,) = re.findall("<!-- challenge -->\n```json\n(.*?)```", page, re.DOTALL)
    (shown,) = re.findall("<!-- verify -->\n```text\n(.*?)```", page, re.DOTALL)
    (folder / "challenge.json").write_text(asked)

    status = main(
        [
            str(folder / "public.db"),
            *("--row", str(folder / "row.json")),
            *("--challenge", str(folder / "challenge.json")),
        ]
    )

    assert (capsys.readouterr().out, status) == (shown, 0)


def test_the_page_names_every_argument():
    page = Path("docs/auctions.md").read_text("utf-8")
    told = run_alone("--help")[0]

    named = set(re.findall("--[a-z]+", told)) - {"--help"}
    assert {name for name in named if f"`{name}`" not in page} == set()


def told_by(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    return capsys.readouterr().out.splitlines()[-1], status


@pytest.mark.parametrize("kind", ["public", "full"])
def test_one_changed_bit_fails(folder, kind, tmp_path, capsys):
    for changed in with_one_bit_changed((folder / f"{kind}.db").read_bytes(), 100):
        (tmp_path / "changed.db").write_bytes(changed)

        last, status = told_by(capsys, tmp_path / "changed.db")

        assert (last in CHANGED, status) == (True, 1)


def test_the_first_thing_that_differs_is_told(folder, tmp_path, capsys):
    """Signed by the club itself, but with a wrong price."""
    first, *others = FULL.awards
    dearer = replace(first, price_per_t=4_002, value=180_090)
    wrong = replace(FULL, awards=(dearer, *others))
    (tmp_path / "wrong.db").write_bytes(write_record(wrong, SIGNING_KEY, []))

    assert told_by(capsys, tmp_path / "wrong.db") == (
        "DIFFERS: The rule 'award_price' does not hold (envelope 1).",
        1,
    )


def test_another_key_than_the_expected_differs(folder, capsys):
    key = public_record(FULL).keys[-1].public_key

    assert told_by(capsys, folder / "full.db", "--key", key.upper())[1] == 0
    last, status = told_by(capsys, folder / "full.db", "--key", "00" * 32)
    assert (last.partition(" (")[0], status) == (
        "DIFFERS: The file was signed by another key than the one expected",
        1,
    )


@pytest.fixture
def cheating(monkeypatch):
    """A club that leaves a supplier's cheaper offer unbought, and signs everything else rightly."""
    honest = computing.clear

    def clear(claims, lots, offers, **terms):
        wanted = [offer for offer in offers if offer.id != "envelope 2"]
        cleared = honest(claims, lots, wanted, **terms)
        ((run,), supply_kg) = cleared.passes, sum(offer.quantity_kg for offer in offers)
        tried = replace(run.tried[0], supply_kg=supply_kg)
        flags = low_prices(cleared.awards, offers)
        return replace(cleared, passes=(replace(run, tried=(tried,)),), flags=flags)

    monkeypatch.setattr(computing, "clear", clear)
    offered = [(6_000, 4_000, 0), (6_000, 5_000, 6_000), (9_000, 6_000, 0)]
    return a_record([(2_000, None, 0)] * 5, offered)


@pytest.mark.parametrize("show", [lambda record: record, public_record])
def test_only_solving_again_or_a_challenge_shows_a_purchase_that_could_be_better(
    cheating, show, tmp_path, capsys
):
    better = [("envelope 1", 4_000), ("envelope 2", 6_000)]
    why = "it buys 10000 kg for 46000, the result 10000 kg for 48000"
    rows = [{"offer": id, "quantity_kg": kg} for id, kg in better]
    (tmp_path / "better.json").write_text(json.dumps({"awards": rows}))
    record = tmp_path / "record.db"
    record.write_bytes(write_record(show(cheating), SIGNING_KEY, []))

    assert told_by(capsys, record) == ("Nothing differs.", 0)
    assert told_by(capsys, record, "--challenge", tmp_path / "better.json") == (
        f"DIFFERS: The challenge refutes the result ({why}).",
        1,
    )
    last, status = told_by(capsys, record, "--optimal")
    assert (last[:57], status) == ("DIFFERS: Solved again, the round comes out otherwise (awa", 1)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.db", b"", "This file is not the record of a round."),
        ("text.db", b"a letter", "This file is not the record of a round."),
        ("sqlite.db", b"SQLite format 3\0" + bytes(84), "This file is not the record of a round."),
    ],
)
def test_what_is_no_record_cannot_be_read(name, content, why, tmp_path, capsys):
    (tmp_path / name).write_bytes(content)

    assert told_by(capsys, tmp_path / name) == (f"CANNOT BE READ: {why} (file)", 2)


def test_what_is_not_there_cannot_be_read(folder, tmp_path, capsys):
    missing = tmp_path / "nowhere.db"

    assert told_by(capsys, missing) == (
        f"CANNOT BE READ: No such file or directory ({missing})",
        2,
    )
    last, status = told_by(capsys, folder / "public.db", "--row", missing)
    assert (last.partition(":")[0], status) == ("CANNOT BE READ", 2)


def test_what_is_no_row_cannot_be_read(folder, capsys):
    last, status = told_by(capsys, folder / "public.db", "--row", folder / "same.json")

    assert (last, status) == ("CANNOT BE READ: This key means nothing here. (awards)", 2)


def test_a_word_that_is_no_argument_is_refused(capsys):
    with pytest.raises(SystemExit) as refusal:
        main(["record.db", "--quickly"])

    assert refusal.value.code == 2
    assert "--quickly" in capsys.readouterr().err
