"""Pictures of screens, for whoever looks at them: under `data/var/screens`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from club.settings import ROOT
from tests.browser.people import settled

PICTURES = ROOT / "data" / "var" / "screens"
TALLEST = 4_000
SHORTEST = 900
WIDTHS = {"desk": 1280, "phone": 390}


def picture(page: Page, path: Path) -> None:
    """All of the page, as tall as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    before = page.viewport_size or {"width": WIDTHS["desk"], "height": SHORTEST}
    height = page.locator('[data-testid="stMain"]').evaluate("main => main.scrollHeight")
    tall = min(max(int(height), SHORTEST), TALLEST)
    page.set_viewport_size({"width": before["width"], "height": tall})
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    page.set_viewport_size(before)


def on_desk_and_phone(page: Page, path: Path) -> None:
    """The page as it is now, at both widths; the names end in the kind."""
    before = page.viewport_size or {"width": WIDTHS["desk"], "height": SHORTEST}
    for kind, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": SHORTEST})
        settled(page)
        picture(page, path.with_name(f"{path.name}-{kind}.png"))
    page.set_viewport_size(before)
    settled(page)
