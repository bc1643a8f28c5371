from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.offers import Claim
from auctions.recording.cut_offs import CutOff, cut_offs, simplest
from auctions.recording.members import rows_of
from auctions.ties import draw
from tests.auctions.books import SEED, an_offer, books, cleared, whole_lots

PARTS = st.fractions(0, 1, max_denominator=40)


@given(PARTS, PARTS)
def test_the_simplest_ratio_between_two_is_found(one, other):
    least, above = sorted((one, other))
    if least == above:
        return

    found = simplest(least, above)

    assert least <= found < above
    assert not any(
        least <= Fraction(over, under) < above
        for under in range(1, found.denominator)
        for over in range(under + 1)
    )


@settings(deadline=None, max_examples=200)
@given(books(minimums=False))
def test_a_cut_off_says_of_every_member_whether_it_was_rounded_up(book):
    claims, _, _ = book
    clearing = cleared(book)

    for cut in cut_offs(claims, clearing, SEED):
        whole = clearing.totals_kg if cut.purpose == "share" else clearing.amounts
        for row in rows_of(claims, clearing, SEED, dict.fromkeys((c.id for c in claims), "")):
            if row.outcome != "takes_part":
                continue
            exact = (
                row.quota
                if cut.purpose == "share"
                else Fraction(clearing.value * row.total_kg, clearing.bought_kg)
            )
            mine = draw(SEED, cut.purpose, row.member).hex()
            assert cut.is_above(exact - exact // 1, mine) == (whole[row.member] > exact)


def test_a_cut_off_between_different_remainders_tells_of_no_pledge():
    claims = [Claim("a", 5), Claim("b", 7), Claim("c", 11)]
    offers = [an_offer("o", 10, 1_000)]

    kilograms, amounts = cut_offs(claims, cleared((claims, whole_lots(offers), offers)), SEED)

    assert kilograms == CutOff(purpose="share", remainder=Fraction(1, 2), draw=None)
    assert amounts == CutOff(purpose="amount", remainder=Fraction(0), draw=None)


def test_equal_remainders_are_cut_by_the_draw():
    claims = [Claim(id, 5) for id in "abc"]
    offers = [an_offer("o", 4, 1_000)]
    clearing = cleared((claims, whole_lots(offers), offers))

    kilograms, _ = cut_offs(claims, clearing, SEED)

    (up,) = (id for id, kg in clearing.totals_kg.items() if kg == 2)
    expected = CutOff(purpose="share", remainder=Fraction(1, 3), draw=draw(SEED, "share", up).hex())
    assert kilograms == expected


def test_where_nothing_was_bought_nothing_was_rounded():
    claims = [Claim("a", 5)]

    assert cut_offs(claims, cleared((claims, [], [])), SEED) == ()
