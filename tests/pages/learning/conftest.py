"""A member who learns, and the words they should read."""

import pytest
from streamlit.testing.v1 import AppTest

from club.i18n import Speech
from tests.builders import join


@pytest.fixture
def learner(context):
    return join(context)


@pytest.fixture(params=["ja", "en"])
def language(request):
    return request.param


@pytest.fixture
def say(language):
    return Speech(language, "Asia/Tokyo").say


@pytest.fixture
def open_screen(visit_of):
    """Run a screen once; the script is taken as text, so its signature names no types."""

    def open_(render, actor, language="ja", **query):
        def script(render, visit):
            from pages.parts import forms  # noqa: PLC0415 - the script is run apart from this file

            forms.tell()
            render(visit)

        at = AppTest.from_function(
            script,
            default_timeout=20,
            kwargs={"render": render, "visit": visit_of(actor, language)},
        )
        for key, value in query.items():
            at.query_params[key] = value
        return at.run()

    return open_
