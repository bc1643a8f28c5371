"""The demo club's people, and how they come and go."""

from __future__ import annotations

from playwright.sync_api import Page, expect

BUYER = "haru@aoba-foods.example"
NEWCOMER = "hajime@hinata-works.example"
SELLER = "jun@blue-canopy.example"
FACILITATOR = "michiru@tomoe-club.example"
NAMES = {"ja": "日本語", "en": "English"}
SIGN_IN = {"ja": "サインイン", "en": "Sign in"}
SIGN_OUT = {"ja": "サインアウト", "en": "Sign out"}


def settled(page: Page) -> None:
    """Wait until the script has run and nothing more is being drawn."""
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute(
        "data-test-script-state", "notRunning"
    )


def await_told(page: Page, words: str) -> None:
    """Until the page has told it, be it a moment ago and gone by now, and stands.

    What is told comes first; the fields below it are still those of before, and whatever is typed
    into them would be gone with them.
    """
    script = "words => [...window.told].some(told => told.includes(words))"
    page.wait_for_function(script, arg=words)
    settled(page)


def main_text(page: Page) -> str:
    return page.locator('[data-testid="stMain"]').inner_text()


def sign_in(page: Page, url: str, email: str, language: str = "ja") -> None:
    """From the address that was asked for, through the provider, and back."""
    page.goto(url)
    page.get_by_role("button", name=SIGN_IN[language], exact=True).click()
    persona = page.locator(f'button[value="{email}"]')
    persona.wait_for(state="attached")
    page.locator("details").evaluate_all("folded => folded.forEach(one => one.open = true)")
    persona.click()
    expect(
        page.get_by_role("button", name=SIGN_OUT["ja"], exact=True).or_(
            page.get_by_role("button", name=SIGN_OUT["en"], exact=True)
        )
    ).to_be_visible()
    settled(page)


def speak(page: Page, language: str) -> None:
    """Have the page in a language; a person's own choice comes before the browser's.

    The switch knows once it is there; before the page has come its `lang` is what any page's is.
    """
    switch = page.get_by_role("radio", name=NAMES[language], exact=True).first
    expect(switch).to_be_visible()
    settled(page)
    if switch.get_attribute("aria-checked") != "true":
        switch.click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    settled(page)
