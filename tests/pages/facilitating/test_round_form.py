"""Drafting, editing, opening and cancelling a round."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from club.domain.organisations import Duty
from club.domain.rounds import Phase, RoundTerms, WhenShort
from club.operations.opening import draft_round
from club.store import rounds
from pages.facilitating import round_form
from tests.builders import NOON

TERMS = RoundTerms(
    name_ja="秋のお試し",
    name_en="Autumn trial",
    goal_kg=100_000,
    minimum_kg=10_000,
    member_minimum_kg=100,
    member_maximum_kg=50_000,
    ceiling_per_t=8_000,
    pledging_opens_at=NOON,
    pledging_closes_at=NOON + timedelta(days=7),
    bidding_closes_at=NOON + timedelta(days=14),
)


def kept(context):
    with context.database.read() as tx:
        return rounds.listed(tx)


def fill(at, form="round new", **typed):
    values = {
        "name_ja": "秋のお試し",
        "name_en": "Autumn trial",
        "goal_kg": "１００ t",
        "minimum_kg": "10,000",
        "member_minimum_kg": "100 kg",
        "member_maximum_kg": "50t",
        "ceiling_per_t": "8,000円",
    }
    for field, text in (values | typed).items():
        at.text_input(key=f"{form} {field}").set_value(text)
    return at


@pytest.fixture
def draft(context, facilitator):
    return draft_round(context, facilitator, request_id="draft", terms=TERMS)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_new_form_shows_every_field_with_its_help(open_screen, facilitator, language):
    at = open_screen(round_form.render, facilitator, language=language)

    assert not at.exception
    fields = [*at.text_input, *at.text_area, *at.number_input, *at.datetime_input]
    assert len(fields) == 24
    assert [field.label for field in fields if not field.help] == []


def test_what_is_typed_becomes_a_draft_in_the_viewers_own_time(
    context, open_screen, facilitator, hand
):
    at = fill(open_screen(round_form.render, facilitator))

    at = hand(at).press("facilitating.form.save_new")

    (saved,) = kept(context)
    assert saved.phase is Phase.DRAFT
    assert (saved.goal_kg, saved.minimum_kg, saved.maximum_kg) == (100_000, 10_000, None)
    assert (saved.member_minimum_kg, saved.member_maximum_kg) == (100, 50_000)
    assert (saved.ceiling_per_t, saved.fee_per_t, saved.tax_percent) == (8_000, 0, 10)
    assert saved.when_short is WhenShort.FAIL
    # 09:00 and 17:00 in Tokyo
    assert saved.pledging_opens_at == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert saved.bidding_closes_at == datetime(2026, 12, 14, 8, 0, tzinfo=UTC)
    assert at.query_params["id"] == saved.id
    assert "秋のお試し" in at.success[0].value


def test_a_refusal_says_which_field_and_keeps_everything_typed(
    context, open_screen, facilitator, hand
):
    at = fill(open_screen(round_form.render, facilitator), goal_kg="たくさん")

    at = hand(at).press("facilitating.form.save_new")

    assert at.error[0].value.startswith("目標量：")
    assert at.text_input(key="round new goal_kg").value == "たくさん"
    assert at.text_input(key="round new ceiling_per_t").value == "8,000円"
    assert kept(context) == []


def test_the_clubs_own_refusal_is_told_in_english_too(context, open_screen, facilitator, hand):
    at = open_screen(round_form.render, facilitator, language="en")
    at = fill(at, member_minimum_kg="60 t")

    at = hand(at, "en").press("facilitating.form.save_new")

    assert at.error[0].value.startswith("Min. per company: ")
    assert kept(context) == []


def test_a_draft_is_edited_under_its_address(context, open_screen, facilitator, draft, hand):
    at = open_screen(round_form.render, facilitator, id=draft.id)
    at.text_input(key=f"round {draft.id} goal_kg").set_value("200 t")
    at.multiselect(key=f"round {draft.id} required_modules").set_value(["why-credits"])
    at.number_input(key=f"round {draft.id} finance").set_value(1)
    at.checkbox(key=f"round {draft.id} grants_grace").check()

    hand(at).press("facilitating.form.save")

    (edited,) = kept(context)
    assert edited == replace(
        draft,
        goal_kg=200_000,
        required_modules=frozenset({"why-credits"}),
        people_by_duty=((Duty.FINANCE, 1),),
        grants_grace=True,
    )


def test_a_draft_is_restated_and_then_opened(context, open_screen, facilitator, draft, hand):
    at = open_screen(round_form.render, facilitator, id=draft.id)
    pressed = hand(at)

    at = pressed.press("facilitating.open.ask")
    assert any("100.000 t" in line.value for line in at.markdown)
    assert kept(context)[0].phase is Phase.DRAFT

    at = pressed.confirm("facilitating.open.ask", "facilitating.open.act")

    assert kept(context)[0].phase is Phase.PLEDGING
    assert at.success


def test_a_draft_whose_dates_have_passed_is_not_opened(
    context, clock, open_screen, facilitator, draft, hand
):
    clock.forward(days=8)
    at = open_screen(round_form.render, facilitator, id=draft.id)

    at = hand(at).confirm("facilitating.open.ask", "facilitating.open.act")

    assert at.error[0].value.startswith("申込締切：")
    assert kept(context)[0].phase is Phase.DRAFT


def test_cancelling_wants_a_reason(context, open_screen, facilitator, draft, hand):
    pressed = hand(open_screen(round_form.render, facilitator, id=draft.id))

    at = pressed.confirm("facilitating.cancel.title", "facilitating.cancel.act")
    assert at.error[0].value.startswith("理由：")

    pressed.press("facilitating.cancel.title")
    pressed.at.text_area(key=f"reason cancel {draft.id}").set_value("日程の都合")
    pressed.button("facilitating.cancel.title").click()
    pressed.press("facilitating.cancel.act")

    assert kept(context)[0].phase is Phase.CANCELLED


def test_an_opened_round_leads_to_its_desk(context, open_screen, facilitator, draft):
    with context.database.write() as tx:
        rounds.change(tx, replace(draft, phase=Phase.PLEDGING))

    at = open_screen(round_form.render, facilitator, id=draft.id)

    assert at.info
    assert not at.text_input


def test_an_unknown_round_is_not_found(open_screen, facilitator):
    at = open_screen(round_form.render, facilitator, id="nowhere")

    assert at.error[0].value.startswith("見つかりません")
