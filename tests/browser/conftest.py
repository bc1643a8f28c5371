"""A real server on a free port with the demo club, and a real Chromium in front of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from club.domain.organisations import Actor, Person
from club.operations.context import Context, open_context
from club.operations.founding import people_of_invented
from club.settings import ROOT, read
from tests.builders import actor_of
from tests.needs import chromium

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000
"""Milliseconds to wait for what must come; a busy machine with few cores is slow, not wrong."""


KEEPS_WHAT_WAS_TOLD = """
    window.told = new Set();
    const where = '[data-testid="stToast"], [data-testid="stAlert"]';
    new MutationObserver(() => {
        for (const seen of document.querySelectorAll(where)) window.told.add(seen.innerText);
    }).observe(document, {childList: true, subtree: true, characterData: true});
"""
"""A person reads what is told for seconds only; a slow test may come later, and asks this."""


expect.set_options(timeout=PATIENCE)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass
class Server:
    """One process of the club."""

    folder: Path
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def variables(self) -> dict[str, str]:
        return {
            **os.environ,
            "TOMOE_VAR": str(self.folder),
            "TOMOE_BASE_URL": self.url,
            "TOMOE_PORT": str(self.port),
            **self.environment,
        }

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "club", "serve"],
                cwd=ROOT,
                env=self.variables(),
                stdout=log,
                stderr=log,
            )
        self._await_health()

    def _await_health(self) -> None:
        for _ in range(600):
            if self.process is not None and self.process.poll() is not None:
                raise RuntimeError((self.folder / "server.log").read_text("utf-8")[-4_000:])
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):  # noqa: S310 - our own
                    return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError(f"no answer from {self.url}")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def kill(self) -> None:
        """As when the power goes: nothing is written down any more."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(20)
        self.process = None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo club, served."""
    running = Server(tmp_path_factory.mktemp("club"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def context(server: Server) -> Iterator[Context]:
    """What the server works on, for what a test has the demo club's people do beside it."""
    context = open_context(read(server.variables()))
    yield context
    context.database.dispose()


@pytest.fixture(scope="module")
def people(context: Context) -> dict[str, Person]:
    """The demo club's people by address."""
    return {person.email: person for person, _ in people_of_invented(context)}


@pytest.fixture(scope="module")
def actors(context: Context) -> dict[str, Actor]:
    """The same as those who act."""
    return {
        person.email: actor_of(person, company) for person, company in people_of_invented(context)
    }


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    assert path is not None, "no Chromium: run `make test`, which brings one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def visiting(
    browser: Browser, language: str = "ja", width: int = 1280, height: int = 900
) -> Iterator[tuple[BrowserContext, Page]]:
    """A browser of one's own, as a person has it: language, size, Japanese time.

    Where a walk goes wrong, the error tells what the page showed.
    """
    context = browser.new_context(
        locale={"ja": "ja-JP", "en": "en-GB"}[language],
        timezone_id="Asia/Tokyo",
        viewport={"width": width, "height": height},
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(KEEPS_WHAT_WAS_TOLD)
    page = context.new_page()
    try:
        yield context, page
    except Exception as error:
        error.add_note(f"{page.url} showed:\n{page.locator('body').inner_text(timeout=5_000)}")
        raise
    finally:
        context.close()
