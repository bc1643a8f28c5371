"""Reviews: what was wrong or guessed comes back to its own person, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from club.domain.errors import InputRefused, NotAllowed, NotFound, PhaseRefused
from club.domain.organisations import Kind, Role
from club.operations.reviewing import answer_card
from club.operations.viewing.home import home
from club.operations.viewing.own_record import my_record
from club.operations.viewing.reviews import my_review
from club.store import reviews
from tests.builders import NOON, colleague, join
from tests.club.operations.trying import MODULE, answer, right, start, wrong
from tests.every_kind import EVERY_KIND, SINGLE, TRUE_FALSE, asking
from tests.schooled import take_one


@pytest.fixture
def learner(context):
    return join(context)


@pytest.fixture
def club(context, learner, clock):
    """A day after the learner got both questions of a quiz wrong."""
    club = asking(context, SINGLE, TRUE_FALSE)
    take_one(club, club.modules[MODULE], learner, wrong)
    clock.forward(days=1)
    return club


def due(context, actor):
    return [each.question_id for each in my_review(context, actor).plan.today]


def review(context, actor, question=SINGLE, given=None, request_id="r1", **more):
    return answer_card(
        context,
        actor,
        request_id=request_id,
        question_id=question.id,
        given=right(question) if given is None else given,
        **more,
    )


def stored(context, actor):
    with context.database.read() as tx:
        return reviews.of_person(tx, actor.person_id)


def test_what_was_wrong_in_a_quiz_comes_back_the_day_after_without_its_answer(club, learner):
    view = my_review(club, learner)

    assert [each.question_id for each in view.plan.today] == [SINGLE.id, TRUE_FALSE.id]
    assert view.question is not None
    assert (view.question.id, view.question.marked) == (SINGLE.id, None)


def test_on_the_day_itself_nothing_comes_back_and_the_next_day_is_named(context, learner):
    club = asking(context, SINGLE)
    take_one(club, club.modules[MODULE], learner, wrong)

    view = my_review(club, learner)

    assert (view.plan.today, view.question) == ((), None)
    assert str(view.next_on) == "2026-11-23"


def test_what_was_right_does_not_come_back_unless_it_was_a_guess(context, learner, clock):
    club = asking(context, SINGLE, TRUE_FALSE)
    take_one(club, club.modules[MODULE], learner, right, confidence=2)
    guesser = colleague(club, learner)
    take_one(club, club.modules[MODULE], guesser, right, confidence=1)

    clock.forward(days=30)

    assert due(club, learner) == []
    assert due(club, guesser) == [SINGLE.id, TRUE_FALSE.id]


def test_a_question_that_may_still_be_answered_again_is_no_card(context, learner, clock):
    club = asking(context, SINGLE, TRUE_FALSE, tries=2)
    attempt = start(club, learner)
    answer(club, learner, attempt, SINGLE, wrong(SINGLE))

    clock.forward(days=5)

    assert due(club, learner) == []


def test_an_answer_is_kept_as_it_was_given_and_the_card_leaves_the_queue(club, learner, clock):
    kept = review(club, learner, confidence=3)

    assert stored(club, learner) == [kept]
    assert (kept.question_id, tuple(kept.raw), kept.confidence) == (SINGLE.id, right(SINGLE), 3)
    assert (kept.question_version, kept.answered_at) == (SINGLE.version, clock.at)
    assert due(club, learner) == [TRUE_FALSE.id]
    assert my_review(club, learner).plan.done == 1


def test_after_the_answer_its_explanation_is_told(club, learner):
    kept = review(club, learner, given=wrong(SINGLE))

    shown = my_review(club, learner, kept.id).question

    assert shown is not None
    assert shown.marked is not None
    assert (shown.id, shown.marked.mark) == (SINGLE.id, 0)
    assert shown.marked.explanation == SINGLE.explanation


def test_a_wrong_answer_comes_back_the_next_day_and_a_right_one_later(club, learner, clock):
    review(club, learner, SINGLE, wrong(SINGLE), "r1")
    review(club, learner, TRUE_FALSE, right(TRUE_FALSE), "r2", confidence=3)

    clock.forward(days=1)

    assert due(club, learner) == [SINGLE.id]


def test_the_same_request_twice_is_one_answer(club, learner):
    first = review(club, learner)

    assert review(club, learner, given=wrong(SINGLE)) == first
    assert stored(club, learner) == [first]


def test_a_second_answer_on_the_same_day_is_refused(club, learner):
    first = review(club, learner)

    with pytest.raises(PhaseRefused) as refusal:
        review(club, learner, request_id="r2")

    assert refusal.value.code == "already_done"
    assert stored(club, learner) == [first]


def test_of_two_answers_at_once_one_is_kept(club, learner):
    def try_to_answer(number):
        try:
            review(club, learner, request_id=f"r{number}")
        except PhaseRefused as refusal:
            return refusal.code
        return "kept"

    with ThreadPoolExecutor(4) as threads:
        outcomes = sorted(threads.map(try_to_answer, range(4)))

    assert outcomes == ["already_done"] * 3 + ["kept"]
    assert len(stored(club, learner)) == 1


def test_anothers_queue_cannot_be_answered_and_anothers_answer_not_seen(club, learner):
    kept = review(club, learner)
    other = colleague(club, learner)

    assert due(club, other) == []
    with pytest.raises(NotFound):
        review(club, other, TRUE_FALSE, request_id="r2")
    with pytest.raises(NotFound):
        my_review(club, other, kept.id)
    assert stored(club, other) == []


def test_a_question_that_is_not_due_is_not_found(club, learner):
    with pytest.raises(NotFound):
        review(club, learner, EVERY_KIND[1])


@pytest.mark.parametrize(
    ("given", "more", "code"),
    [
        ((), {}, "missing"),
        (("nowhere",), {}, "unknown_choice"),
        (("c0",), {"confidence": 4}, "unknown_choice"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_the_card_stays(club, learner, given, more, code):
    with pytest.raises(InputRefused) as refusal:
        review(club, learner, given=given, **more)

    assert refusal.value.code == code
    assert stored(club, learner) == []
    assert SINGLE.id in due(club, learner)


def test_a_question_that_was_rewritten_or_withdrawn_comes_back_no_more(club, learner):
    rewritten = asking(club, replace(SINGLE, version=2), TRUE_FALSE)
    retired = asking(club, replace(SINGLE, status="retired"), TRUE_FALSE)

    assert due(rewritten, learner) == [TRUE_FALSE.id]
    assert due(retired, learner) == [TRUE_FALSE.id]


def test_the_answer_to_a_question_that_was_rewritten_is_not_shown(club, learner):
    kept = review(club, learner)

    with pytest.raises(NotFound):
        my_review(asking(club, replace(SINGLE, version=2), TRUE_FALSE), learner, kept.id)


def test_home_says_how_many_come_back_today(club, learner):
    cards = {card.kind: card for card in home(club, learner).cards}

    assert cards["review"].facts == {"count": 2}
    assert cards["review"].path == "review"


def test_with_nothing_due_home_says_nothing_of_it(club, learner):
    assert "review" not in {card.kind for card in home(club, colleague(club, learner)).cards}


def test_ones_record_holds_ones_reviews(club, learner):
    review(club, learner, confidence=2)

    assert my_record(club, learner)["reviews"] == [
        {
            "question": SINGLE.id,
            "question_version": 1,
            "given": list(right(SINGLE)),
            "confidence": 2,
            "answered_at": club.now().isoformat(),
        }
    ]


def test_the_day_begins_at_midnight_in_the_clubs_zone(context, learner, clock):
    club = asking(context, SINGLE)
    take_one(club, club.modules[MODULE], learner, wrong, at=NOON)

    clock.at = NOON.replace(hour=14, minute=59)  # 23:59 in Tokyo
    before = due(club, learner)
    clock.forward(minutes=1)

    assert (before, due(club, learner)) == ([], [SINGLE.id])


def test_who_is_no_learner_reviews_nothing(club):
    actor = join(club, Kind.MEMBER, Role.BUYER)

    with pytest.raises(NotAllowed):
        my_review(club, actor)
    with pytest.raises(NotAllowed):
        review(club, actor)
