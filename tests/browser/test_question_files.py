"""A facilitator takes a GIFT file in, reads the report, and takes the draft bank away."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from club.i18n import Speech
from curriculum.bank import read_questions
from curriculum.blocks import parse
from tests.browser.conftest import visiting
from tests.browser.people import FACILITATOR, settled, sign_in, speak
from tests.browser.pictures import PICTURES, on_desk_and_phone

GIFT = """// [id:tide-moon] [tag:lang:en]
::Spring tides::When is the tide highest? {
    =at new moon#Right: sun and moon pull along one line.
    ~at half moon#Then they pull across each other.
    ####Twice a month.
}

::About you::Tell us what you know of tides. {}
"""


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_file_is_taken_in_and_the_drafts_are_taken_away(server, browser, language):
    say = Speech(language).say
    with visiting(browser, language) as (_, page):
        sign_in(page, server.url, FACILITATOR, language)
        speak(page, language)
        page.goto(f"{server.url}/question_files")
        page.locator('input[type="file"]').set_input_files(
            {"name": "tides.gift", "mimeType": "text/plain", "buffer": GIFT.encode()}
        )
        expect(
            page.get_by_text(say("question_files.summary", kept=0, changed=1, dropped=1))
        ).to_be_visible()
        settled(page)
        on_desk_and_phone(page, PICTURES / language / "question_files")
        with page.expect_download() as download:
            page.get_by_text(say("question_files.download", name="tides.yaml")).click()
        text = Path(download.value.path()).read_text("utf-8")

    (draft,) = read_questions(parse(Path("tides.yaml"), text), {}, on=None)
    assert (draft.id, draft.status) == ("tide-moon", "draft")
    assert draft.stem.en == "When is the tide highest?"
