"""The catalogue by its uses, and questions on it, on both databases."""

from dataclasses import replace
from fractions import Fraction

import pytest

from club.domain.eligibility import Use, Verdict
from club.domain.errors import InputRefused, NotAllowed, NotFound, TermsRefused
from club.domain.lots import Category, Label
from club.domain.organisations import Kind, Role
from club.i18n import Speech
from club.operations.viewing.catalogue_questions import (
    catalogue_questions,
    mark_catalogue_question,
)
from club.operations.viewing.eligibility import choose_for
from club.store import catalogue
from tests.builders import a_lot, a_project, join


@pytest.fixture
def learner(context):
    return join(context)


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


def listed(context, seller, **given):
    """A lot of a project of its own with these facts."""
    labels = given.pop("labels", frozenset())
    project = a_project(seller, **given)
    with context.database.write() as tx:
        catalogue.add_project(tx, project)
    return a_lot(context, seller, project_id=project.id, labels=labels)


@pytest.fixture
def lots(context, seller):
    return {
        "forest": listed(context, seller, name_ja="森", name_en="Forest"),
        "solar": listed(
            context, seller, name_ja="太陽", name_en="Solar", category=Category.RENEWABLE_ENERGY
        ),
        "abroad": listed(
            context,
            seller,
            name_ja="海外",
            name_en="Abroad",
            programme="VCS",
            country="PE",
            labels=frozenset({Label.CCP}),
        ),
    }


def right_of(context, actor, seed, question):
    """The right choices, found by marking each alone."""
    return tuple(
        option.id
        for option in question.options
        if mark_catalogue_question(
            context, actor, seed=seed, question_id=question.id, given=(option.id,)
        ).mark
    )


def test_everybody_sees_each_lot_by_the_rule_for_a_use(context, learner, lots):
    found = choose_for(context, learner, Use.GX_ETS)

    assert {row.lot.id: row.finding.verdict for row in found.lots} == {
        lots["forest"].id: Verdict.ELIGIBLE,
        lots["solar"].id: Verdict.ELIGIBLE,
        lots["abroad"].id: Verdict.NOT_ELIGIBLE,
    }
    assert [source.document.id for source in found.sources] == ["ccjp-gx", "aikawa-2026"]


def test_an_empty_catalogue_shows_no_lot_and_gives_no_question(context, learner):
    assert choose_for(context, learner, Use.GX_ETS).lots == ()
    assert catalogue_questions(context, learner, "seed") == ()


def test_without_the_module_there_are_rules_and_no_documents(context, learner, lots):
    found = choose_for(replace(context, modules={}), learner, Use.GX_ETS)

    assert found.sources == ()
    assert len(found.lots) == 3


def test_the_same_seed_over_the_same_catalogue_is_the_same_questions(context, learner, lots):
    first, second = (catalogue_questions(context, learner, "seed") for _ in range(2))

    assert first == second
    assert [question.number for question in first] == list(range(1, len(first) + 1))
    assert first


def test_a_question_shows_nothing_of_its_answer(context, learner, lots):
    for question in catalogue_questions(context, learner, "seed"):
        shown = repr(question)
        assert "weight" not in shown
        assert "why" not in shown


def test_what_the_chooser_says_is_what_the_question_marks(context, learner, lots):
    """One set of rules: every choice of lots is right exactly where the chooser says so."""
    for seed in ("a", "b", "c"):
        for question in catalogue_questions(context, learner, seed):
            right = set(right_of(context, learner, seed, question))
            for option in question.options:
                if option.id in set(Use):
                    continue
                use = next(use for use in Use if f"「{use_word(use)}」" in question.stem.ja)
                verdicts = {
                    row.lot.id: row.finding.verdict
                    for row in choose_for(context, learner, use).lots
                }
                assert (option.id in right) == (verdicts[option.id] is Verdict.ELIGIBLE)


def use_word(use):
    return Speech("ja").word(use)


def test_all_right_choices_earn_the_whole_mark_and_a_wrong_one_takes_half_off(
    context, learner, lots
):
    [question, *_] = catalogue_questions(context, learner, "seed")
    right = right_of(context, learner, "seed", question)
    [wrong, *_] = [option.id for option in question.options if option.id not in right]

    def marked(*given):
        return mark_catalogue_question(
            context, learner, seed="seed", question_id=question.id, given=given
        )

    assert marked(*right).mark == 1
    assert marked(*right, wrong).mark == Fraction(1, 2)
    assert marked(wrong).mark == 0
    assert [reason.is_chosen for reason in marked(*right).reasons].count(True) == len(right)
    assert all(reason.why.ja and reason.why.en for reason in marked(wrong).reasons)


def test_a_question_is_not_marked_once_the_catalogue_has_changed(context, learner, seller, lots):
    questions = catalogue_questions(context, learner, "seed")
    for number in range(4):
        listed(context, seller, name_ja=f"新{number}", name_en=f"New {number}", programme="VCS")

    changed = {question.id for question in catalogue_questions(context, learner, "seed")}
    [gone, *_] = [question for question in questions if question.id not in changed]
    with pytest.raises(TermsRefused) as caught:
        mark_catalogue_question(
            context, learner, seed="seed", question_id=gone.id, given=(gone.options[0].id,)
        )
    assert caught.value.code == "changed_meanwhile"


@pytest.mark.parametrize("given", [(), ("nothing offered",)])
def test_what_is_no_answer_is_refused(context, learner, lots, given):
    [question, *_] = catalogue_questions(context, learner, "seed")

    with pytest.raises(InputRefused):
        mark_catalogue_question(context, learner, seed="seed", question_id=question.id, given=given)


@pytest.mark.parametrize("seed", ["", "x" * 65])
def test_a_seed_that_no_screen_gives_out_finds_nothing(context, learner, lots, seed):
    with pytest.raises(NotFound):
        catalogue_questions(context, learner, seed)


def test_who_is_no_learner_is_asked_nothing(context, lots):
    buyer = join(context, Kind.MEMBER, Role.BUYER)

    with pytest.raises(NotAllowed):
        catalogue_questions(context, buyer, "seed")
