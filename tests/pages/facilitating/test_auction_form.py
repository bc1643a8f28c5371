"""How a draft's auction runs, as the facilitator sets it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from club.domain.auction_terms import USUAL, AuctionTerms, Format, Pricing, Sealing, Sharing
from club.operations.opening import draft_round
from pages.facilitating import round_form
from tests.markets import round_terms, stored


@pytest.fixture
def draft(context, facilitator):
    return draft_round(context, facilitator, request_id="draft", terms=round_terms())


def opened(open_screen, facilitator, draft, language="ja"):
    return open_screen(round_form.render, facilitator, language=language, id=draft.id)


def asked(at, draft):
    """The fields of the auction that are shown."""
    start = f"auction {draft.id} "
    kinds = (at.radio, at.text_input, at.number_input, at.datetime_input)
    return {each.key.removeprefix(start) for kind in kinds for each in kind if each.key} & FIELDS


FIELDS = {field for field in AuctionTerms.__slots__ if field not in {"rules", "criteria"}}
SEALED = {"format", "pricing", "sharing", "sealing", "explain_days", "wanted_kg"}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_only_what_the_format_needs_is_asked(open_screen, facilitator, draft, language):
    at = opened(open_screen, facilitator, draft, language)
    form = f"auction {draft.id}"

    assert asked(at, draft) == SEALED
    at.radio(key=f"{form} sealing").set_value(Sealing.OPENERS).run()
    assert asked(at, draft) == SEALED | {"openers_needed", "opening_days"}
    at.radio(key=f"{form} format").set_value(Format.DESCENDING).run()
    live = {"decrement_per_t", "window_s", "hard_end_at", "grace_s"}
    assert asked(at, draft) == SEALED - {"sealing"} | live
    at.radio(key=f"{form} format").set_value(Format.CLOCK).run()
    clock = {"clock_step_per_t", "clock_step_s", "grace_s"}
    assert asked(at, draft) == {"format", "explain_days"} | clock
    assert not at.exception


def test_every_field_has_its_help(open_screen, facilitator, draft):
    at = opened(open_screen, facilitator, draft)
    for format in Format:
        at.radio(key=f"auction {draft.id} format").set_value(format).run()
        fields = [*at.radio, *at.text_input, *at.number_input, *at.datetime_input]
        helpless = [f.key for f in fields if f.key.startswith("auction") and not f.help]
        assert helpless == []


def test_a_sealed_round_with_openers_is_kept(context, open_screen, facilitator, draft, hand):
    at = opened(open_screen, facilitator, draft)
    form = f"auction {draft.id}"
    at.radio(key=f"{form} sealing").set_value(Sealing.OPENERS).run()
    at.radio(key=f"{form} sharing").set_value(Sharing.SMALL_FIRST)
    at.number_input(key=f"{form} openers_needed").set_value(3)
    at.text_input(key=f"{form} wanted_kg").set_value("２ t")

    hand(at).press("auction_terms.form.save")

    assert stored(context, draft).auction == replace(
        USUAL,
        sealing=Sealing.OPENERS,
        openers_needed=3,
        sharing=Sharing.SMALL_FIRST,
        wanted_kg=2_000,
    )


def test_a_live_round_is_kept_with_its_hard_end(context, open_screen, facilitator, draft, hand):
    at = opened(open_screen, facilitator, draft)
    form = f"auction {draft.id}"
    at.radio(key=f"{form} format").set_value(Format.DESCENDING).run()
    at.text_input(key=f"{form} decrement_per_t").set_value("５０円")
    at.number_input(key=f"{form} window_s").set_value(120)

    hand(at).press("auction_terms.form.save")

    assert stored(context, draft).auction == replace(
        USUAL,
        format=Format.DESCENDING,
        decrement_per_t=50,
        window_s=120,
        hard_end_at=draft.bidding_closes_at + timedelta(hours=1),
    )


def test_what_the_clock_decides_itself_is_not_taken_from_before(
    context, open_screen, facilitator, draft, hand
):
    at = opened(open_screen, facilitator, draft)
    form = f"auction {draft.id}"
    at.radio(key=f"{form} sealing").set_value(Sealing.OPENERS).run()
    at.radio(key=f"{form} sharing").set_value(Sharing.TALMUD).run()
    at.radio(key=f"{form} format").set_value(Format.CLOCK).run()
    at.text_input(key=f"{form} clock_step_per_t").set_value("250")

    hand(at).press("auction_terms.form.save")

    assert stored(context, draft).auction == replace(
        USUAL, format=Format.CLOCK, pricing=Pricing.UNIFORM, clock_step_per_t=250
    )


@pytest.mark.parametrize(("language", "told"), [("ja", "価格の下げ幅："), ("en", "Price step: ")])
def test_a_refusal_names_its_field_and_changes_nothing(
    context, open_screen, facilitator, draft, hand, language, told
):
    at = opened(open_screen, facilitator, draft, language)
    form = f"auction {draft.id}"
    at.radio(key=f"{form} format").set_value(Format.CLOCK).run()
    at.text_input(key=f"{form} clock_step_per_t").set_value("10,000")

    at = hand(at, language).press("auction_terms.form.save")

    assert at.error[0].value.startswith(told)
    assert stored(context, draft).auction == USUAL


def test_editing_the_round_leaves_its_auction(context, open_screen, facilitator, draft, hand):
    at = opened(open_screen, facilitator, draft)
    at.radio(key=f"auction {draft.id} pricing").set_value(Pricing.VICKREY)
    at = hand(at).press("auction_terms.form.save")
    at.text_input(key=f"round {draft.id} goal_kg").set_value("200 t")

    hand(at).press("facilitating.form.save")

    kept = stored(context, draft)
    assert (kept.goal_kg, kept.auction.pricing) == (200_000, Pricing.VICKREY)
