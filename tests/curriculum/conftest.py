import pytest

from tests.curriculum.examples import write_module


@pytest.fixture
def folder(tmp_path):
    return write_module(tmp_path.joinpath("01-tides"))
