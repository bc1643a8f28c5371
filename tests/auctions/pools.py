"""Totals and claims for the tests of sharing: small and large, often equal."""

from hypothesis import strategies as st

claims_kg = st.dictionaries(st.text(max_size=2), st.integers(0, 12) | st.integers(0, 10**9))
few_kg = st.dictionaries(st.text(max_size=1), st.integers(0, 9), max_size=5)


@st.composite
def problems(draw, claims=claims_kg):
    """A total and claims that cannot all be served."""
    claimed = draw(claims)
    return draw(st.integers(0, sum(claimed.values()))), claimed
