import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from auctions.canonical import MOST_SAFE, canonical_bytes

LEAVES = st.none() | st.booleans() | st.integers(-MOST_SAFE, MOST_SAFE) | st.text()
FACTS = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30
)


@given(FACTS)
def test_the_bytes_are_those_of_an_independent_implementation(facts):
    assert canonical_bytes(facts) == rfc8785.dumps(facts)


def test_the_published_example_of_sorting_keys():
    """RFC 8785, section 3.2.3."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]

    assert list(json.loads(canonical_bytes(dict.fromkeys(keys, 0)))) == order


@pytest.mark.parametrize("value", [0.5, {1: 2}, b"bytes", {"a": {3, 4}}])
def test_what_is_no_whole_fact_is_refused(value):
    with pytest.raises(TypeError):
        canonical_bytes(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800", {"\ud800": 1}])
def test_what_readers_would_change_is_refused(value):
    with pytest.raises(ValueError, match=r"exactly|surrogates"):
        canonical_bytes(value)
