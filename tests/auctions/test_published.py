"""What others have published: real elections, and divisions worked out in the literature.

Votes and seats stand for claims and kilograms: seats by largest remainder (Hamilton, Hare,
Niemeyer) are the default sharing.
"""

from fractions import Fraction

import pytest

from auctions.rationing import quotas
from auctions.sharing import matrix, share
from tests.auctions.books import SEED

FAPP = (5_576_330, 1_387_342, 3_334_241, 7_512_860, 310_968)
ALABAMA = (1_500, 1_500, 900, 500, 500, 200)
MATTUGAMES = (4_000, 3_200, 1_100, 7_330, 5_495, 8_110)

SEATS = [
    # Bundestag 1998, 2002 and 2005, seats without overhang: Bundeswahlleiter, final results of
    # the 14th, 15th and 16th election. SPD, CDU, CSU, Greens, FDP, then PDS or Left.
    (
        (20_181_269, 14_004_908, 3_324_480, 3_301_624, 3_080_955, 2_515_454),
        (285, 198, 47, 47, 43, 36),
    ),
    ((18_488_668, 14_167_561, 4_315_080, 4_110_355, 3_538_815), (247, 189, 58, 55, 47)),
    (
        (16_194_665, 13_136_740, 3_494_309, 3_838_326, 4_648_144, 4_118_194),
        (213, 173, 46, 51, 61, 54),
    ),
    # Balinski and Young, "The quota method of apportionment", American Mathematical Monthly 82
    # (1975), 701-730; martinlackner/apportionment tests by the same two.
    ((5_117, 4_400, 162, 161, 160), (51, 44, 2, 2, 1)),
    ((9_061, 7_179, 5_259, 3_319, 1_182), (9, 7, 5, 4, 1)),
    # martinlackner/apportionment: proportional as it stands; nobody's votes; few seats.
    ((14, 28, 7, 35), (2, 4, 1, 5)),
    ((0, 14, 28, 0, 0), (0, 2, 4, 0, 0)),
    ((10, 9, 8, 8, 11, 12), (1, 0, 0, 0, 1, 1)),
    # polettif/proporz (R), test-quota.R; its first and third are from the German Wikipedia,
    # its second from the English one.
    ((216, 310, 22, 32), (23, 32, 2, 3)),
    ((47_000, 16_000, 15_800, 12_000, 6_100, 3_100), (5, 2, 1, 1, 1, 0)),
    ((720_257, 323_524, 257_466, 213_138, 144_392, 88_315), (13, 6, 5, 4, 2, 1)),
    # The Alabama paradox, more seats and one less for somebody: Wikipedia, "Largest remainder
    # method"; electowiki, "Alabama paradox"; For All Practical Purposes, 10th ed., 14.45.
    (ALABAMA, (7, 7, 4, 3, 3, 1)),
    (ALABAMA, (8, 8, 5, 2, 2, 1)),
    ((567, 385, 42, 6), (183, 124, 14, 2)),
    ((567, 385, 42, 6), (184, 125, 13, 2)),
    (FAPP, (27, 7, 16, 37, 2)),
    (FAPP, (28, 7, 17, 37, 1)),
    (FAPP, (28, 7, 17, 38, 1)),
]
"""Votes and seats."""


def named(numbers):
    return {f"{place:02}": number for place, number in enumerate(numbers)}


@pytest.mark.parametrize(("votes", "seats"), SEATS)
def test_seats_by_largest_remainder(votes, seats):
    assert share(sum(seats), named(votes), SEED) == named(seats)


@pytest.mark.parametrize(("votes", "seats"), SEATS)
def test_seats_and_votes_without_one_are_a_matrix_of_two_rows(votes, seats):
    # Rounding up where remainders are largest is the fairest controlled rounding of two rows
    # (Causey, Cox and Ernst, "Applications of transportation theory to statistical problems",
    # Journal of the American Statistical Association 80 (1985), 903-909): what one gets up the
    # other gets down.
    rows = {"seated": sum(seats), "unseated": sum(votes) - sum(seats)}

    assert matrix(rows, named(votes), SEED)["seated"] == named(seats)


@pytest.mark.parametrize(
    ("rule", "total", "claims", "due"),
    [
        # Kethubot 93a, explained by Aumann and Maschler (1985), J. Economic Theory 36, 195-213.
        ("talmud", 100, (100, 200, 300), ("100/3", "100/3", "100/3")),
        ("talmud", 200, (100, 200, 300), (50, 75, 75)),
        ("talmud", 300, (100, 200, 300), (50, 100, 150)),
        # The contested garment, Baba Metzia 2a: one claims all, the other half.
        ("talmud", 4, (4, 2), (3, 1)),
        # Malkevitch, "The Talmudic Algorithm", York College (CUNY).
        ("talmud", 120, (70, 90), (50, 70)),
        # MatTuGames (Matlab), the example of its first steps, in hundredths.
        ("talmud", 17_600, MATTUGAMES, (2_000, 1_600, 550, 4_835, 3_000, 5_615)),
        # coopgame (Rust), games::bankruptcy, whose tests compute in ratios.
        ("talmud", 6, (4, 1, 7), (2, "1/2", "7/2")),
        ("equal_awards", 50, (10, 30, 60), (10, 20, 20)),
        ("equal_losses", 50, (10, 30, 60), (0, 10, 40)),
        # game_theory (Python), test_bankruptcy.py; the losses are Wikipedia's examples, too.
        ("equal_awards", 50, (50, 60), (25, 25)),
        ("equal_awards", 50, (50, 24), (26, 24)),
        ("equal_awards", 60, (50, 24, 68), (20, 20, 20)),
        ("equal_awards", 75, (50, 24, 68), ("51/2", 24, "51/2")),
        ("equal_losses", 100, (60, 90), (35, 65)),
        ("equal_losses", 100, (50, 100), (25, 75)),
        ("equal_losses", 100, (40, 80), (30, 70)),
        ("equal_losses", 100, (450, 50), (100, 0)),
        ("equal_losses", 100, (50, 100, 150), (0, 25, 75)),
        # Ibn Ezra's will of Jacob, whose sons hold deeds for all, a half, a third and a quarter, by
        # each rule: O'Neill, "A problem of rights arbitration from the Talmud", Mathematical
        # Social Sciences 2 (1982), 345-371.
        ("pro_rata", 120, (30, 40, 60, 120), ("72/5", "96/5", "144/5", "288/5")),
        ("equal_awards", 120, (30, 40, 60, 120), (30, 30, 30, 30)),
        ("equal_losses", 120, (30, 40, 60, 120), (0, "20/3", "80/3", "260/3")),
        ("talmud", 120, (30, 40, 60, 120), (15, 20, 30, 55)),
        # Wikipedia, "Constrained equal awards" and "Bankruptcy problem".
        ("equal_awards", 6, (4, 8), (3, 3)),
        ("pro_rata", 100, (60, 90), (40, 60)),
        # Claims and endowment of ClaimsProblems (R), worked out by hand.
        ("equal_awards", 10, (2, 4, 7, 8), (2, "8/3", "8/3", "8/3")),
        ("equal_losses", 10, (2, 4, 7, 8), (0, "1", "4", "5")),
        ("talmud", 10, (2, 4, 7, 8), (1, 2, "7/2", "7/2")),
        ("small_first", 10, (2, 4, 7, 8), (2, 4, 4, 0)),
        ("small_first", 10, (8, 4, 4, 4), (0, "10/3", "10/3", "10/3")),
    ],
)
def test_divisions_worked_out_in_the_literature(rule, total, claims, due):
    assert quotas(total, named(claims), rule) == named(Fraction(each) for each in due)


def test_reserve_units_are_shared_as_quebec_does_it():
    # Regulation Q-2, r. 46.1, s. 61.5: each purchaser's share rounded down, then one unit each in
    # the order of random numbers. Ours differs where remainders do: the largest go first.
    shares = share(1_000, named((600, 600, 600)), SEED)

    assert sorted(shares.values()) == [333, 333, 334]
