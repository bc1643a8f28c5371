"""One round's desk, from pledges to certificates."""

from datetime import timedelta

import pytest

from club.domain.organisations import Kind, Role
from club.domain.rounds import Phase
from club.operations.delivering import accept_delivery, record_delivery
from club.operations.pledging import PledgeTerms, place_pledge
from club.store import holdings, rounds
from pages.facilitating import round_desk
from tests.bought import a_bought_round
from tests.builders import NOON, colleague, join, open_round
from tests.pages.facilitating.conftest import told, words
from tests.pages.reading import as_read


@pytest.fixture
def round_(context, facilitator):
    return open_round(context, facilitator, pledging_closes_at=NOON + timedelta(hours=3))


@pytest.fixture
def bought(context, facilitator):
    return a_bought_round(context, by=facilitator, awarded=((116_900, 4_000),))


def of_round(bought, what):
    with bought.context.database.read() as tx:
        return getattr(holdings, what)(tx, bought.round_.id)


def pledge(context, round_, name):
    member = join(context, Kind.MEMBER, Role.BUYER, name_ja=name, name_en=name)
    place_pledge(
        context,
        member,
        request_id=name,
        round_id=round_.id,
        terms=PledgeTerms(quantity_kg=20_000, limit_per_t=6_543, minimum_kg=0),
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pledges_are_shown_by_quantity_and_never_by_limit(
    context, open_screen, facilitator, round_, language
):
    pledge(context, round_, "Aoba")

    at = open_screen(round_desk.render, facilitator, language=language, id=round_.id)

    assert not at.exception
    shown = as_read(at.table[0]).to_csv()
    assert "20.000 t" in shown
    assert "6,543" not in shown
    assert at.metric[0].value == "20.000 t"


def test_the_deadline_within_a_day_is_counted_down(open_screen, facilitator, round_):
    at = open_screen(round_desk.render, facilitator, language="en", id=round_.id)

    assert "3 h" in words(at) or "3 hours" in words(at)


def test_suppliers_are_invited_from_the_list(context, open_screen, facilitator, round_, hand):
    supplier = join(context, Kind.SUPPLIER)
    at = open_screen(round_desk.render, facilitator, id=round_.id)
    at.multiselect(key=f"invite {round_.id} suppliers").set_value([supplier.organisation_id])

    hand(at).press("facilitating.invited.act")

    with context.database.read() as tx:
        assert rounds.invited(tx, round_.id) == [supplier.organisation_id]


def test_a_supplier_who_is_kin_of_a_buyer_is_refused(
    context, open_screen, facilitator, round_, hand
):
    member = join(context, Kind.MEMBER, Role.BUYER)
    place_pledge(
        context,
        member,
        request_id="p",
        round_id=round_.id,
        terms=PledgeTerms(quantity_kg=20_000, limit_per_t=None, minimum_kg=0),
    )
    kin = join(context, Kind.SUPPLIER, affiliated_with=member.organisation_id)
    at = open_screen(round_desk.render, facilitator, id=round_.id)
    at.multiselect(key=f"invite {round_.id} suppliers").set_value([kin.organisation_id])

    at = hand(at).press("facilitating.invited.act")

    assert at.error
    with context.database.read() as tx:
        assert rounds.invited(tx, round_.id) == []


def test_a_round_is_cancelled_with_a_reason(context, open_screen, facilitator, round_, hand):
    pressed = hand(open_screen(round_desk.render, facilitator, id=round_.id))
    pressed.press("facilitating.cancel.title")
    pressed.at.text_area(key=f"reason cancel {round_.id}").set_value("供給が見込めないため")
    pressed.button("facilitating.cancel.title").click()

    at = pressed.press("facilitating.cancel.act")

    assert at.success
    assert "供給が見込めないため" in told(at)[-1]
    with context.database.read() as tx:
        assert rounds.get(tx, round_.id).phase is Phase.CANCELLED


def test_deliveries_are_written_down_accepted_and_taken_back(
    open_screen, facilitator, bought, hand
):
    award = bought.awards[0]
    at = open_screen(round_desk.render, facilitator, id=bought.round_.id)
    at.text_input(key=f"deliver {award.id} serials").set_value("JCR-1-0001 ~ 0117")
    pressed = hand(at)
    pressed.press("facilitating.deliveries.record_act")

    at = pressed.confirm(
        "facilitating.deliveries.accept", "facilitating.deliveries.accept_units", units=117
    )
    (delivery,) = of_round(bought, "deliveries_of_round")
    assert (delivery.units, delivery.accepted_at) == (117, NOON)
    assert at.success

    pressed.confirm(
        "facilitating.deliveries.reverse", "facilitating.deliveries.reverse_units", units=117
    )
    assert of_round(bought, "deliveries_of_round")[0].accepted_at is None


def test_serials_of_another_length_are_refused_and_stay_typed(
    open_screen, facilitator, bought, hand
):
    award = bought.awards[0]
    at = open_screen(round_desk.render, facilitator, id=bought.round_.id)
    at.text_input(key=f"deliver {award.id} serials").set_value("JCR-1-0001 ~ 0116")

    at = hand(at).press("facilitating.deliveries.record_act")

    assert at.error
    assert at.text_input(key=f"deliver {award.id} serials").value == "JCR-1-0001 ~ 0116"
    assert of_round(bought, "deliveries_of_round") == []


def accepted(bought, facilitator):
    delivery = record_delivery(
        bought.context,
        facilitator,
        request_id="d",
        award_id=bought.awards[0].id,
        serials="JCR-1-0001 to 0117",
    )
    return accept_delivery(bought.context, facilitator, request_id="a", delivery_id=delivery.id)


def test_a_retirement_is_restated_and_then_certified(open_screen, facilitator, bought, hand):
    delivery = accepted(bought, facilitator)
    form = f"retire {delivery.id} 0"
    at = open_screen(round_desk.render, facilitator, id=bought.round_.id)
    assert at.text_input(key=f"{form} serials").value == "JCR-1-0001 to JCR-1-0117"
    at.text_input(key=f"{form} registry_reference").set_value("R-77")
    at.text_input(key=f"{form} purpose_ja").set_value("出張の排出")
    at.text_input(key=f"{form} purpose_en").set_value("Business travel")
    pressed = hand(at)

    at = pressed.press("facilitating.retiring.review")
    assert "117" in words(at)
    assert of_round(bought, "batches_of_round") == []

    pressed.button("facilitating.retiring.review").click()
    pressed.press("facilitating.retiring.act", units=117)
    (batch,) = of_round(bought, "batches_of_round")
    assert (batch.units, batch.registry_reference) == (117, "R-77")

    at = pressed.confirm("facilitating.certificates.issue", "facilitating.certificates.act")
    assert len(of_round(bought, "certificates_of_round")) == len(bought.members)
    assert not at.exception


def test_an_auditor_sees_deliveries_and_may_do_nothing(
    context, open_screen, facilitator, bought, hand
):
    accepted(bought, facilitator)
    auditor = colleague(context, facilitator, Role.AUDITOR)

    at = open_screen(round_desk.render, auditor, language="en", id=bought.round_.id)

    assert not at.exception
    assert "JCR\\-1\\-0117" in words(at)
    assert not at.button


def test_a_round_that_is_not_there_is_not_found(open_screen, facilitator):
    at = open_screen(round_desk.render, facilitator)

    assert at.error[0].value.startswith("見つかりません")
