"""The commands of those who run a club."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from club import cli
from curriculum.errors import BadContent


@pytest.mark.parametrize("command", ["migrate", "serve", "prove"])
def test_a_broken_lesson_ends_a_command_with_its_place_and_a_sentence(monkeypatch, command):
    def broken():
        path = Path("data/modules/01/ja/01.md")
        raise BadContent(path, 7, "not_utf8", "This file is not UTF-8 text.")

    monkeypatch.setattr(cli, "process_context", broken)

    ended = CliRunner().invoke(cli.app, [command])

    told = "data/modules/01/ja/01.md:7: This file is not UTF-8 text. [not_utf8]"
    assert (ended.exit_code, ended.stderr) == (1, f"The school's files cannot be read. {told}\n")
