"""A round is computed by another process."""

import sys
from types import ModuleType

import pytest

from club.domain.errors import Refused
from club.operations.computing import Stopped, Why, compute
from club.operations.worker import NotComputed, Worker
from tests.club.operations.asked import Endless, Halting, Told
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


def test_what_a_person_has_to_look_at_there_is_the_same_here():
    with pytest.raises(Stopped) as stopped:
        Worker().ask(Halting())

    assert stopped.value.why is Why.DISPUTED


def test_a_question_is_answered_there_and_says_how_far_it_has_come():
    heard = []

    answer = Worker().ask(Told(3), lambda *step: heard.append(step))

    assert list(answer) == heard == [(1, 3), (2, 3), (3, 3)]


def test_a_question_that_takes_too_long_is_refused_in_words(monkeypatch):
    monkeypatch.setattr("club.operations.worker.LONGEST_QUESTION", 0.2)

    with pytest.raises(Refused) as refused:
        Worker().ask(Endless())

    assert refused.value.code == "takes_too_long"


def test_who_no_longer_listens_ends_the_process():
    worker, seen = Worker(), []

    def leave(_done, _of):
        seen.append(worker._process)  # noqa: SLF001 - to see that it ends
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worker.ask(Endless(), leave)

    assert [process.returncode for process in seen] == [-9]
    assert len(worker.ask(Told(1))) == 1


def test_a_closed_worker_leaves_its_question_unanswered():
    worker = Worker()

    with pytest.raises(NotComputed):
        worker.ask(Endless(), lambda _done, _of: worker.close())
