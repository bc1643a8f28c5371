"""Learning: modules, lessons, quizzes, reviews, one's own passes and the company's."""

from club.domain.organisations import Kind, Role
from pages.learning import (
    cases,
    catalogue_quiz,
    glossary,
    lesson,
    modules,
    my_learning,
    practice,
    quiz,
    review,
    team,
)
from pages.parts.screens import Screen

LEARNERS = frozenset({Role.LEARNER})
BUYERS = frozenset({Role.BUYER, Role.APPROVER})
MEMBERS = frozenset({Kind.MEMBER})

SCREENS: tuple[Screen, ...] = (
    Screen("modules", "learn", ":material/school:", modules.render, LEARNERS),
    Screen("lesson", "learn", ":material/menu_book:", lesson.render, LEARNERS, in_menu=False),
    Screen("quiz", "learn", ":material/quiz:", quiz.render, LEARNERS, in_menu=False),
    Screen(
        "practice", "learn", ":material/sports_esports:", practice.render, LEARNERS, in_menu=False
    ),
    Screen("glossary", "learn", ":material/dictionary:", glossary.render, LEARNERS),
    Screen("cases", "learn", ":material/cases:", cases.render, LEARNERS),
    Screen("review", "learn", ":material/cached:", review.render, LEARNERS),
    Screen(
        "catalogue_quiz", "learn", ":material/rule:", catalogue_quiz.render, LEARNERS, in_menu=False
    ),
    Screen("my_learning", "learn", ":material/workspace_premium:", my_learning.render, LEARNERS),
    Screen("team", "learn", ":material/groups:", team.render, BUYERS, kinds=MEMBERS),
)
