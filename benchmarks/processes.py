"""Processes to measure: a server on a free port, with nothing of ours in its environment."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from club.settings import ROOT

PATIENCE = 120


def clean_environment(**given: str) -> dict[str, str]:
    """This environment without what would lead to another club."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TOMOE_")}
    return kept | given


@dataclass(frozen=True)
class Server:
    url: str
    pid: int

    def peak_mib(self) -> int:
        """The most memory the process has held so far."""
        for line in Path(f"/proc/{self.pid}/status").read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
        raise LookupError(self.pid)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def serving(command: Sequence[str], folder: Path, port: int, health: str) -> Iterator[Server]:
    """The server that a command starts, from its first answer until the block ends."""
    url = f"http://localhost:{port}"
    environment = clean_environment(TOMOE_VAR=str(folder), TOMOE_BASE_URL=url, TOMOE_PORT=str(port))
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        _await(process, f"{url}{health}", folder)
        yield Server(url, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _await(process: subprocess.Popen[bytes], address: str, folder: Path) -> None:
    for _ in range(PATIENCE * 5):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError((folder / "server.log").read_text("utf-8")[-4_000:])
