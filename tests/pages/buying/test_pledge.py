"""The pledge screen: what is read, restated, stored, refused and kept."""

from datetime import timedelta

import pytest

from club.domain.organisations import Duty, Kind, Role
from club.operations.clearing import clear_round
from club.store import pledges
from pages.buying import allocation, invoices, pledge, round_page, rounds
from tests.builders import colleague, join
from tests.markets import a_market, pledging_round
from tests.markets import pledge as place


@pytest.fixture
def member(context):
    return join(context)


@pytest.fixture
def round_(context, facilitator):
    return pledging_round(context, facilitator)


def fill(at, quantity, limit="", minimum=""):
    for field, typed in zip(at.text_input, (quantity, limit, minimum), strict=True):
        field.set_value(typed)
    return at


def submit(at):
    return next(b for b in at.button if b.proto.is_form_submitter)


def act(at, words):
    return next(b for b in at.button if b.label == words)


def standing(context, round_):
    with context.database.read() as tx:
        return [
            (p.quantity_kg, p.limit_per_t, p.minimum_kg) for p in pledges.of_round(tx, round_.id)
        ]


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "1.500 t を申し込む"), ("en", "Pledge 1.500 t")]
)
def test_a_pledge_is_restated_then_stored(context, open_screen, member, round_, language, words):
    at = open_screen(pledge.render, member, language, id=round_.id)
    submit(fill(at, "１，５００", "6000", "0.2 t")).click()
    at.run()
    before = standing(context, round_)
    submit(at).click()
    act(at, words).click()
    at.run()

    assert before == []
    assert standing(context, round_) == [(1_500, 6_000, 200)]
    assert len(at.success) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("-5",), "数量：0 より大きい数"),
        (("0",), "数量：0 より大きい数"),
        (("たくさん",), "数として読めません"),
        (("",), "数量：入力してください"),
        (("9" * 25,), "数量：大きすぎます"),
        (("500", "高い"), "上限価格：「高い」は数として読めません"),
        (("500", "", "x"), "最低量：「x」は数として読めません"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost_or_stored(
    context, open_screen, member, round_, typed, said
):
    at = open_screen(pledge.render, member, id=round_.id)
    submit(fill(at, *typed)).click()
    at.run()

    assert said in at.error[0].value
    assert [field.value for field in at.text_input][: len(typed)] == list(typed)
    assert standing(context, round_) == []


def test_what_the_round_refuses_is_said_in_the_dialog(context, open_screen, member, round_):
    at = open_screen(pledge.render, member, id=round_.id)
    submit(fill(at, "50")).click()
    at.run()
    submit(at).click()
    act(at, "50 kg を申し込む").click()
    at.run()

    assert "1 社 100 kg 以上" in at.error[0].value
    assert standing(context, round_) == []


def test_a_missing_module_is_one_click_away(context, open_screen, facilitator, member):
    module_id = next(iter(context.modules))
    round_ = pledging_round(context, facilitator, required_modules=frozenset({module_id}))

    at = open_screen(pledge.render, member, id=round_.id)

    assert [b.label for b in at.button][:1] == ["講座を受ける"]
    assert "必要な講座をすべて修了した方が 1 名以上" in [shown.value for shown in at.caption]


def test_what_the_quorum_lacks_is_told_by_duty(context, open_screen, facilitator, member):
    module_id = next(iter(context.modules))
    round_ = pledging_round(
        context,
        facilitator,
        required_modules=frozenset({module_id}),
        people_by_duty=((Duty.FINANCE, 1),),
        grants_grace=True,
    )

    at = open_screen(pledge.render, member, language="en", id=round_.id)

    asked = (
        "1 person who has passed every required module; including 1 for finance; "
        "companies that received credits in an earlier round may pledge without passes"
    )
    assert asked in [shown.value for shown in at.caption]
    assert any("Too few people in charge of finance" in shown.value for shown in at.markdown)


def test_a_proposed_pledge_is_approved_by_another(context, open_screen, facilitator):
    proposer = join(context, Kind.MEMBER, Role.BUYER, needs_approval=True)
    approver = colleague(context, proposer, Role.APPROVER)
    round_ = pledging_round(context, facilitator)
    place(context, proposer, round_, 700)

    at = open_screen(pledge.render, approver, id=round_.id)
    act(at, "700 kg の申込を承認する").click().run()
    at.button(key="approve").click()
    [b for b in at.button if b.label == "700 kg の申込を承認する"][-1].click()
    at.run()

    with context.database.read() as tx:
        assert pledges.pooled(tx, round_.id) == (700, 1)


def test_a_foreign_round_is_not_found_and_leads_back(open_screen, member):
    at = open_screen(pledge.render, member, id="nowhere")

    assert "見つかりません" in at.error[0].value


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("screen", [rounds, round_page, pledge, allocation, invoices])
def test_every_screen_of_a_round_that_is_open_renders(
    open_screen, member, round_, language, screen
):
    at = open_screen(screen.render, member, language, id=round_.id)

    assert at.exception == []
    assert len(at.title) == 1


@pytest.fixture
def cleared(context, clock, facilitator):
    """Three companies, two offers, cleared: fewer companies than may be counted."""
    round_, members, sellers = a_market(
        context,
        facilitator,
        [(50_000, None, 0), (30_000, None, 0), (20_000, 1_000, 0)],
        [(40_000, 4_300, 0), (60_000, 6_000, 0)],
    )
    clock.at = round_.bidding_closes_at
    clock.forward(microseconds=1)
    clear_round(context, round_.id)
    return round_, members, sellers


@pytest.mark.parametrize("language", ["ja", "en"])
def test_after_clearing_everybody_sees_the_awards_and_the_member_its_share(
    open_screen, facilitator, cleared, language
):
    round_, members, sellers = cleared
    for actor in (members[0], facilitator, sellers[0][0]):
        at = open_screen(round_page.render, actor, language, id=round_.id)
        assert at.exception == []
        assert len(at.table[1].value) == 2
    mine = open_screen(allocation.render, members[0], language, id=round_.id)
    none = open_screen(allocation.render, members[2], language, id=round_.id)

    assert mine.metric[0].value == "50.000 t"
    assert none.metric[0].value == "0 kg"
    assert len(none.info) == 1


def test_the_allocation_opens_with_the_round_that_has_been_cleared(
    context, open_screen, facilitator, cleared, clock
):
    round_, members, _ = cleared
    later = clock.at + timedelta(days=1)
    waiting = pledging_round(
        context,
        facilitator,
        pledging_opens_at=later,
        pledging_closes_at=later + timedelta(days=7),
        bidding_closes_at=later + timedelta(days=14),
    )
    clock.forward(days=2)
    place(context, members[0], waiting, 500)

    at = open_screen(allocation.render, members[0])

    assert at.selectbox[0].value == round_.id
    assert at.metric[0].value == "50.000 t"


def test_no_number_of_others_is_on_a_members_page(open_screen, cleared):
    round_, members, _ = cleared

    at = open_screen(round_page.render, members[0], id=round_.id)

    told = [m.value for m in at.metric]
    assert "5 社未満" in told
    assert all("30.000" not in str(element) for element in (told, at.caption, at.markdown))


def test_an_invoice_can_be_taken_away_as_pdf(open_screen, cleared):
    _, members, _ = cleared

    at = open_screen(invoices.render, members[0])

    assert len(at.get("download_button")) == 2
