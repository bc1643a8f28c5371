"""A member who learns, and the words they should read."""

import pytest

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
