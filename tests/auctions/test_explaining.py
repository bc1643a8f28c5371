"""A cleared round as it is told."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.explaining import explanations, result_of
from auctions.offers import Claim
from auctions.record import document_hash
from auctions.sharing import explain
from tests.auctions.books import CEILING, SEED, an_offer, cleared, whole_lots


def told(claims, offers):
    lots = whole_lots(offers)
    clearing = cleared((claims, lots, offers))
    return result_of(
        claims, lots, offers, clearing, ceiling_per_t=CEILING, seed=SEED, opened=[], void={}
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 10_000), min_size=1, max_size=12),
    st.integers(1, 20_000),
    st.binary(min_size=32, max_size=32),
)
def test_the_explanation_is_the_one_that_sharing_gives(pledged, offered_kg, seed):
    claims = [Claim(f"c{n}", kg) for n, kg in enumerate(pledged)]
    offers = [an_offer("o", offered_kg, 7)]
    clearing = cleared((claims, whole_lots(offers), offers), seed=seed)
    quantities = {claim.id: claim.quantity_kg for claim in claims}

    assert explanations(claims, clearing, seed) == {
        claim.id: explain(
            claim.id, clearing.bought_kg, quantities, seed, limit_per_t=clearing.limit_per_t
        )
        for claim in claims
    }


def test_every_member_is_told_why():
    claims = [Claim("in", 6), Claim("dear", 3, 0, 1), Claim("small", 4, 4)]

    members = told(claims, [an_offer("o", 9, 400)])[0]["members"]

    assert {id: facts["outcome"] for id, facts in members.items()} == {
        "in": "takes_part",
        "dear": "limit_below",
        "small": "left",
    }
    assert Fraction(members["small"]["quota"]) == Fraction(9 * 4, 10)
    assert (members["in"]["result_kg"], members["in"]["amount"]) == (6, 2)


def test_no_member_is_told_anothers_remainder():
    claims = [Claim("first", 5), Claim("second", 3), Claim("third", 3)]

    members = told(claims, [an_offer("o", 10, 400)])[0]["members"]

    others = {Fraction(5 * 10, 11) % 1, Fraction(3 * 10, 11) % 1}
    for facts in members.values():
        said = {Fraction(cell) for cell in facts.values() if "/" in str(cell)}
        own = {Fraction(facts["quota"]), Fraction(facts["remainder"])}
        assert said & others <= own


def test_where_nothing_is_bought_everybody_is_told_so():
    result, shares = told([Claim("a", 6)], [])

    assert (result["members"], shares) == ({"a": {"outcome": "nothing_bought"}}, {})


def test_the_shares_are_apart_and_the_result_holds_their_hash():
    result, shares = told([Claim("a", 6)], [an_offer("o", 9, 400)])

    assert shares == {"a": {"o": 6}}
    assert "shares" not in result["document"]["clearing"]
    assert result["shares_hash"] == document_hash(shares)
