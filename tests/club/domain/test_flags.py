"""A low price: asked about, explained or not, accepted or not."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from auctions.flags import Compared
from club.domain.errors import InputRefused, PhaseRefused, TermsRefused
from club.domain.flags import (
    FlagReason,
    FlagState,
    ask,
    decide,
    explain,
    is_unexplained,
    leave_unexplained,
)
from club.domain.offers import Award, by_lot
from tests.builders import NOON

INSTANT = timedelta(microseconds=1)
LAST = NOON + timedelta(days=5)


def award(id, price_per_t):
    return Award(
        id=id,
        round_id="r",
        offer_id=id,
        lot_id="lot",
        supplier_id="s",
        quantity_kg=10_000,
        price_per_t=price_per_t,
        value_jpy=10 * price_per_t,
    )


def figures(price_per_t, following=Fraction(3_600)):
    return Compared(
        price_per_t=price_per_t,
        effective_per_t=Fraction(price_per_t),
        mean_per_t=Fraction(5_000),
        next_per_t=following,
        reasons=("far_below_mean",) + ("far_below_next",) * (following is not None),
    )


def a_flag(**given):
    (bought,) = by_lot([award("step2", 2_900), award("step1", 2_400)])
    flag = ask(bought, {"step1": figures(2_400), "step2": figures(2_900)}, at=NOON, days=5)
    return replace(flag, **given)


def explained():
    return explain(a_flag(), "  自社林の余剰分です。 ", at=LAST, by="p1")


def test_a_lot_is_asked_about_by_its_cheapest_flagged_award():
    flag = a_flag()

    assert (flag.award_id, flag.lot_id, flag.price_per_t) == ("step1", "lot", 2_400)
    assert flag.reasons == {FlagReason.BELOW_MEAN, FlagReason.BELOW_NEXT}
    assert flag.explain_by_at == LAST
    assert (flag.below_mean, flag.below_next) == (Fraction(52, 100), Fraction(1, 3))


def test_a_lot_whose_cheapest_award_was_not_flagged_is_asked_about_by_the_one_that_was():
    (bought,) = by_lot([award("step2", 2_900), award("step1", 2_400)])

    flag = ask(bought, {"step2": figures(2_900, None)}, at=NOON, days=5)

    assert (flag.award_id, flag.reasons, flag.below_next) == (
        "step2",
        {FlagReason.BELOW_MEAN},
        None,
    )


def test_of_prices_that_are_nothing_none_lies_below():
    assert a_flag(mean_per_t=Fraction(0)).below_mean == 0


def test_at_the_last_instant_an_explanation_is_in_time_and_after_it_is_not():
    flag = explained()

    assert (flag.state, flag.explanation, flag.explained_at) == (
        FlagState.EXPLAINED,
        "自社林の余剰分です。",
        LAST,
    )
    with pytest.raises(PhaseRefused, match="explaining_over"):
        explain(a_flag(), "遅れました。", at=LAST + INSTANT, by="p1")


def test_an_explanation_may_be_replaced_but_not_be_empty():
    again = explain(a_flag(state=FlagState.EXPLAINED), "詳しく。", at=NOON, by="p2")

    assert (again.explanation, again.explained_by) == ("詳しく。", "p2")
    with pytest.raises(InputRefused, match="missing"):
        explain(a_flag(), "  ", at=NOON, by="p1")


@pytest.mark.parametrize("accepts", [True, False])
def test_what_was_read_is_decided_once(accepts):
    flag = explained()

    decided = decide(
        flag, seen_at=flag.explained_at, accepts=accepts, reason="確認済み", at=LAST, by="f1"
    )

    assert decided.state is (FlagState.ACCEPTED if accepts else FlagState.NOT_ACCEPTED)
    assert (decided.decision, decided.decided_by, decided.is_open) == ("確認済み", "f1", False)
    for again in (
        lambda: decide(decided, seen_at=LAST, accepts=accepts, reason="x", at=LAST, by="f1"),
        lambda: explain(decided, "もう一度", at=NOON, by="p1"),
    ):
        with pytest.raises(TermsRefused, match="already_done"):
            again()


def test_what_was_not_explained_or_was_explained_anew_meanwhile_is_not_decided():
    with pytest.raises(TermsRefused, match="not_explained"):
        decide(a_flag(), seen_at=None, accepts=True, reason="", at=NOON, by="f1")
    with pytest.raises(TermsRefused, match="changed_meanwhile"):
        decide(explained(), seen_at=NOON, accepts=True, reason="", at=LAST, by="f1")


def test_not_to_accept_needs_a_reason_and_to_accept_does_not():
    flag = explained()

    accepted = decide(flag, seen_at=LAST, accepts=True, reason=" ", at=LAST, by="f1")

    assert accepted.decision is None
    with pytest.raises(InputRefused, match="missing"):
        decide(flag, seen_at=LAST, accepts=False, reason=" ", at=LAST, by="f1")


def test_only_what_nobody_explained_in_time_is_unexplained():
    assert not is_unexplained(a_flag(), LAST)
    assert is_unexplained(a_flag(), LAST + INSTANT)
    assert not is_unexplained(explained(), LAST + INSTANT)
    fallen = leave_unexplained(a_flag(), at=LAST + INSTANT, by="system")
    assert (fallen.state, fallen.decided_by) == (FlagState.UNEXPLAINED, "system")
