from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from curriculum.quorums import Requirement, breaks_at, indispensable, quorum

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ROLES = {"ann": {"finance"}, "ben": {"sustainability"}, "cho": {"finance", "sustainability"}}
BOTH = Requirement(
    module_ids=("why", "kinds"),
    people=2,
    people_by_role=(("finance", 1), ("sustainability", 1)),
)


def test_a_quorum_needs_people_with_every_module_and_each_role():
    result = quorum({"ann": {"why", "kinds"}, "ben": {"kinds", "why"}}, ROLES, BOTH)

    assert result.is_met
    assert result.qualified == ("ann", "ben")
    assert result.missing_modules_by_person == (("cho", ("why", "kinds")),)


def test_a_quorum_says_what_it_lacks():
    result = quorum({"ann": {"why", "kinds"}, "ben": {"why"}}, ROLES, BOTH)

    assert not result.is_met
    assert result.qualified == ("ann",)
    assert result.lacking_people == 1
    assert result.lacking_by_role == (("sustainability", 1),)
    assert result.missing_modules_by_person == (("ben", ("kinds",)), ("cho", ("why", "kinds")))


def test_one_person_may_fill_two_roles_but_is_one_person():
    result = quorum({"cho": {"why", "kinds"}}, ROLES, BOTH)

    assert (result.lacking_people, result.lacking_by_role) == (1, ())


def test_whoever_left_the_organisation_no_longer_counts():
    result = quorum({"gone": {"why"}}, ROLES, Requirement(module_ids=("why",)))

    assert (result.qualified, result.lacking_people, result.is_met) == ((), 1, False)


def test_an_organisation_without_people_has_no_quorum():
    assert not quorum({}, {}, Requirement(module_ids=())).is_met


people = st.dictionaries(
    st.sampled_from(["ann", "ben", "cho"]), st.sets(st.sampled_from(["why", "kinds"]))
)


@given(people, st.sampled_from(["ann", "ben", "cho"]))
def test_one_more_pass_never_breaks_a_quorum(passes, person):
    before = quorum(passes, ROLES, BOTH)
    after = quorum({**passes, person: {"why", "kinds"}}, ROLES, BOTH)

    assert after.is_met or not before.is_met
    assert after.lacking_people <= before.lacking_people


FULL = {"why", "kinds"}


def test_who_alone_fills_a_role_or_makes_the_number_up_is_indispensable():
    two = {"ann": FULL, "cho": FULL}

    assert indispensable(two, ROLES, BOTH) == ("ann", "cho")
    assert indispensable({**two, "ben": FULL}, ROLES, BOTH) == ()
    assert indispensable({"ann": FULL, "ben": FULL}, ROLES, BOTH) == ("ann", "ben")


def test_nobody_is_indispensable_to_a_quorum_that_is_not_met():
    assert indispensable({"ann": FULL}, ROLES, BOTH) == ()


def expiries(**days):
    return {
        person: {"why": NOON + day * DAY, "kinds": NOON + (day + 5) * DAY}
        for person, day in days.items()
    }


def test_a_quorum_breaks_with_the_pass_that_it_cannot_miss():
    assert breaks_at(expiries(ann=1, cho=3), ROLES, BOTH) == NOON + DAY
    assert breaks_at(expiries(ann=1, ben=2, cho=3), ROLES, BOTH) == NOON + 2 * DAY


def test_a_quorum_that_is_not_met_or_rests_on_no_pass_does_not_break():
    assert breaks_at(expiries(ann=1), ROLES, BOTH) is None
    assert breaks_at(expiries(ann=1), ROLES, Requirement(module_ids=())) is None


@given(people)
def test_without_anybody_but_the_indispensable_the_quorum_still_stands(passes):
    fragile = indispensable(passes, ROLES, BOTH)
    for person in ROLES.keys() - set(fragile):
        left = {other: roles for other, roles in ROLES.items() if other != person}
        assert quorum(passes, left, BOTH).is_met or not quorum(passes, ROLES, BOTH).is_met


offsets = st.dictionaries(st.sampled_from(["ann", "ben", "cho"]), st.integers(1, 9))


@given(offsets)
def test_a_quorum_stands_until_it_breaks_and_not_from_then_on(days):
    lasting = expiries(**days)
    moment = breaks_at(lasting, ROLES, BOTH)

    def stands(at):
        left = {
            person: [id for id, until in passes.items() if at < until]
            for person, passes in lasting.items()
        }
        return quorum(left, ROLES, BOTH).is_met

    assert (moment is None) == (not stands(NOON))
    assert moment is None or (stands(moment - DAY / 2) and not stands(moment))
