"""A round is computed by another process."""

import sys
from types import ModuleType

import pytest

from club.operations.computing import compute
from club.operations.worker import NotComputed, Worker
from tests.club.operations.test_computing import a_task, an_envelope, terms


def test_another_process_computes_the_same():
    task = a_task(an_envelope(1, terms()), an_envelope(2, terms(700, 5_000, 100)))

    elsewhere = Worker()(task)

    assert elsewhere == compute(task)
    assert elsewhere.result["summary"]["bought_kg"] == 1_000


def test_the_script_of_the_screens_is_not_run_again_in_the_other_process(monkeypatch, tmp_path):
    """Inside the server the main module is the script that was run last."""
    script = tmp_path / "shell.py"
    script.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    main = ModuleType("__main__")
    main.__file__ = str(script)
    monkeypatch.setitem(sys.modules, "__main__", main)
    task = a_task(an_envelope(1, terms()))

    elsewhere = Worker()(task)

    assert elsewhere == compute(task)
    assert not (tmp_path / "ran").exists()


def test_what_fails_there_is_told_here():
    row, _ = an_envelope(1, terms())

    with pytest.raises(NotComputed, match="ValueError"):
        Worker()(a_task((row, b"another envelope")))
