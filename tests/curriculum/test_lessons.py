import pytest

from curriculum.errors import BadContent
from curriculum.lessons import Check, Prose
from curriculum.modules import load
from tests.curriculum.examples import Change, place

NAME = "en/01-high.md"


def test_a_lesson_is_one_step_a_heading_with_its_parts_in_order(folder):
    Change(NAME, "Twice a day.", "Twice a day.\n\n### Mostly\n\nNot always.").apply(folder)

    lesson = load(folder).lessons_in("en")[0]

    step = lesson.steps[0]
    assert (lesson.id, lesson.minutes, lesson.table_rows) == ("high", 10, 3)
    assert [step.title for step in lesson.steps] == ["high en"]
    assert step.parts[0] == Prose(
        markdown="Twice a day.\n\n### Mostly\n\nNot always.\n\n"
        "| hour | height |\n|---|---|\n| 6 | 2 |"
    )
    assert step.parts[1:] == (*lesson.charts, Check(question="high en?", answer="high en."))


@pytest.mark.parametrize(
    ("old", "new", "where", "code"),
    [
        ("---\n", "", "id: high", "no_front_matter"),
        ("minutes: 10", "minutes: ten", "minutes: ten", "not_whole"),
        ("minutes: 10", "minutes: 0", "minutes: 0", "too_small"),
        ("title: high en", "title: on", "title: on", "not_a_text"),
        ('[{doc: almanac, clause: "p. 4"}]', "[]", "sources: []", "no_source"),
        ("\n## high en", "Before\n## high en", "Before", "no_heading"),
        ("Twice a day.", "## Ebb\n\n## Flood", "## high en", "empty"),
        ("```check", "```poll", "```poll", "unknown_fence"),
        ("question: high en?", "question: no", "question: no", "not_a_text"),
        ("kind: bar", "kind: pie", "kind: pie", "not_allowed"),
        ("answer: high en.\n```", "answer: high en.", "```check", "open_fence"),
    ],
)
def test_a_broken_lesson_is_refused_where_it_breaks(folder, old, new, where, code):
    Change(NAME, old, new).apply(folder)

    with pytest.raises(BadContent) as caught:
        load(folder)

    fault = caught.value
    assert (fault.path, place(fault), fault.code) == (folder.joinpath(NAME), where, code)
