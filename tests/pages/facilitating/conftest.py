"""A small club with its facilitator, and a hand that presses buttons by what they say."""

from __future__ import annotations

import pytest

from club.domain.organisations import Kind, Role
from tests.builders import join
from tests.pages.hand import Hand, told, words

__all__ = ["Hand", "told", "words"]


@pytest.fixture
def facilitator(context):
    return join(context, Kind.OPERATOR, Role.FACILITATOR)


@pytest.fixture
def hand():
    return Hand
