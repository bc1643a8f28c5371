"""A practice round on the screen, from the pledge to the explained allocation."""

import pytest

from club.i18n.catalogue import sentences
from club.operations.pledging import PledgeTerms
from club.operations.practising import finish_practice, start_practice
from club.operations.viewing.practising import Deed, my_practice, my_practices
from pages.learning import practice
from tests.builders import join
from tests.pages.hand import Hand, told, words

TERMS = PledgeTerms(quantity_kg=2_000, limit_per_t=9_000, minimum_kg=0)


@pytest.fixture
def begun(context, learner):
    return start_practice(context, learner, request_id="start", terms=TERMS)


@pytest.fixture
def finished(context, learner, begun):
    return finish_practice(context, learner, request_id="finish", practice_id=begun.id)


def type_in(at, *typed):
    for box, text in zip(at.text_input, typed, strict=True):
        box.input(text)


def test_from_the_pledge_to_the_explained_allocation(open_screen, context, learner, language):
    hand = Hand(open_screen(practice.render, learner, language), language)
    type_in(hand.at, "２，０００", "9000", "")
    hand.press("practice.start")
    [line] = my_practices(context, learner)
    assert hand.at.query_params["play"] == line.id
    hand.press("practice.next")
    assert hand.at.query_params["at"] == "1"
    hand.press("practice.to_end")
    assert hand.says("practice.over") in told(hand.at)
    hand.press("practice.to_result")

    result = my_practice(context, learner, line.id).result()
    assert not hand.at.exception
    assert hand.at.metric[0].value == hand.speech.kg(result.mine.quantity_kg)
    assert hand.at.metric[2].value == hand.speech.jpy(result.mine.value_jpy)
    assert hand.says("buying.why.title") in [each.value for each in hand.at.subheader]


def test_every_screen_says_that_the_bidders_are_invented(
    open_screen, context, learner, language, say, finished
):
    badge = say("practice.invented")

    for query in ({}, {"play": finished.id, "at": "3"}, {"play": finished.id}):
        at = open_screen(practice.render, learner, language, **query)
        assert not at.exception
        assert any(badge in each.value for each in at.markdown)


def test_the_auction_goes_on_where_the_address_says(open_screen, context, learner, language, begun):
    of = my_practice(context, learner, begun.id).of
    at = open_screen(practice.render, learner, language, play=begun.id, at="2")
    hand = Hand(at, language)

    assert hand.at.get("progress")[0].text == hand.says("practice.progress", number=2, of=of)
    hand.press("practice.next")
    assert hand.at.get("progress")[0].text == hand.says("practice.progress", number=3, of=of)


def test_it_runs_by_itself_once_the_learner_starts_it_and_stops_at_the_end(
    open_screen, context, learner, language, begun
):
    of = my_practice(context, learner, begun.id).of
    hand = Hand(open_screen(practice.render, learner, language, play=begun.id), language)

    hand.press("practice.run")
    for _ in range(of):
        hand.at.run()

    assert hand.at.query_params["at"] == str(of)
    assert hand.has("practice.to_result")
    assert not hand.has("practice.pause")


@pytest.mark.parametrize("at", ["-1", "abc", "999", "1000"])
def test_an_address_with_nonsense_shows_a_moment_all_the_same(
    open_screen, learner, language, begun, at
):
    shown = open_screen(practice.render, learner, language, play=begun.id, at=at)

    assert not shown.exception
    assert shown.metric


def test_what_if_follows_the_sliders(open_screen, context, learner, language, finished):
    at = open_screen(practice.render, learner, language, play=finished.id)
    at.slider[0].set_value(3_000)
    at = at.slider[1].set_value(12_000).run()

    other = my_practice(context, learner, finished.id).instead(
        PledgeTerms(quantity_kg=3_000, limit_per_t=None, minimum_kg=0)
    )
    speech = Hand(at, language).speech
    assert not at.exception
    shown = at.table[-1].value.iloc[:, -1].tolist()
    assert shown[0] == speech.kg(3_000).replace(".", r"\.")
    assert shown[3] == speech.kg(other.mine.quantity_kg).replace(".", r"\.")


def test_the_same_bidders_come_again_with_the_pledge_filled_in(
    open_screen, context, learner, language, finished
):
    hand = Hand(open_screen(practice.render, learner, language, again=finished.id), language)
    assert [box.value for box in hand.at.text_input] == ["2000", "9000", ""]
    hand.press("practice.start")

    newest, first = my_practices(context, learner)
    one, other = (my_practice(context, learner, line.id) for line in (newest, first))
    assert one.played.market == other.played.market


def test_a_pledge_outside_the_terms_is_refused_and_what_was_typed_stays(
    open_screen, context, learner, language
):
    hand = Hand(open_screen(practice.render, learner, language), language)
    type_in(hand.at, "9 t", "", "")
    hand.press("practice.start")

    assert hand.says("errors.above_member_maximum", most_kg=5_000) in told(hand.at)
    assert hand.at.text_input[0].value == "9 t"
    assert my_practices(context, learner) == ()


def test_from_the_result_one_turns_to_the_auction_to_others_and_back_by_the_list(
    open_screen, learner, language, finished
):
    hand = Hand(open_screen(practice.render, learner, language, play=finished.id), language)

    hand.press("practice.watch_again")
    assert hand.at.query_params["at"] == "1"
    hand.press("practice.to_end")
    hand.press("practice.to_result")
    hand.press("practice.new")
    assert "play" not in hand.at.query_params
    hand.at = hand.at.button(key=finished.id).click().run()
    assert hand.at.query_params["play"] == finished.id
    hand.press("practice.again")
    assert hand.at.query_params["again"] == finished.id
    assert not hand.at.exception


def test_whatever_a_supplier_does_has_its_sentence():
    told = {f"practice.deed.{deed}" for deed in Deed}

    assert told == {id for id in sentences("ja") if id.startswith("practice.deed.")}


def test_anothers_practice_round_is_not_shown(open_screen, context, language, begun):
    at = open_screen(practice.render, join(context), language, play=begun.id)

    assert not at.metric
    assert Hand(at, language).says("practice.lost") in words(at)
