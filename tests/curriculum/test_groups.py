from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from curriculum.groups import FEWEST, group_means

groups = st.dictionaries(
    st.sampled_from("abcdefgh"), st.lists(st.integers(0, 12), min_size=1, max_size=9)
)


def told(parts):
    return [(mean.group, mean.people, mean.mean) for mean in group_means(parts, whole=4)]


def test_a_group_of_five_is_told_and_those_of_four_only_together():
    parts = {"aoba": [4, 4, 2, 2, 3], "birch": [0] * 4, "cedar": [4] * 4}

    assert told(parts) == [("aoba", 5, Decimal("0.75")), (None, 8, Decimal("0.5"))]


def test_a_small_rest_takes_the_smallest_group_with_it_so_that_nobody_can_subtract():
    parts = {"aoba": [4] * 9, "birch": [4] * 5, "cedar": [0]}

    assert [group for group, _, _ in told(parts)] == ["aoba", None]


def test_of_two_smallest_groups_the_higher_name_joins_the_rest():
    parts = {"aoba": [4] * 5, "birch": [4] * 5, "cedar": [0]}

    assert told(parts)[0] == ("aoba", 5, Decimal(1))


def test_too_few_people_altogether_are_not_told_at_all():
    assert told({"aoba": [4] * 4}) == []


@given(groups)
def test_no_figure_is_of_fewer_than_five_and_what_is_not_shown_is_nobody_or_nothing(parts):
    means = group_means(parts, whole=12)

    everybody = sum(len(own) for own in parts.values())
    shown = sum(mean.people for mean in means)
    assert all(mean.people >= FEWEST for mean in means)
    assert shown == everybody or (not means and everybody < FEWEST)
