from shutil import copytree

import pytest

from curriculum.errors import BadContent
from curriculum.lessons import Check, Prose, Task
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


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('["06", 2]', '["06", high]', '\'high\' should be a number such as 1, "0.5" or "1/3".'),
        ('["06", 2]', '["06"]', "Each row gives its x, then a value for each series."),
        ("series: [water]", "series: []", "Each row gives its x, then a value for each series."),
        ("alt: high en\n", "", "The key 'alt' is missing."),
        ("series: [water]", "series: [water", "This is not YAML:"),
    ],
)
def test_a_broken_chart_is_refused_in_a_sentence(folder, old, new, sentence):
    Change(NAME, old, new).apply(folder)

    with pytest.raises(BadContent) as caught:
        load(folder)

    assert caught.value.path == folder.joinpath(NAME)
    assert caught.value.sentence.startswith(sentence)


def test_a_lesson_in_shift_jis_is_refused_in_a_sentence(folder):
    path = folder.joinpath("ja", "01-high.md")
    path.write_bytes(
        path.read_text("utf-8").replace("Twice a day.", "一日に二度。").encode("shift_jis")
    )

    with pytest.raises(BadContent) as caught:
        load(folder)

    assert (caught.value.path, caught.value.sentence) == (path, "This file is not UTF-8 text.")


def test_a_lesson_in_a_language_that_is_not_spoken_is_refused_in_a_sentence(folder):
    copytree(folder.joinpath("en"), folder.joinpath("fr"))

    with pytest.raises(BadContent) as caught:
        load(folder)

    assert caught.value.path == folder.joinpath("fr", "01-high.md")
    assert caught.value.sentence == "'fr' is not a language here; known: ja, en."


def with_task(folder, block):
    for language in ("ja", "en"):
        path = folder.joinpath(language, "01-high.md")
        path.write_text(f"{path.read_text('utf-8')}\n```task\n{block}\n```\n", "utf-8")
    return folder


def test_a_task_names_the_screens_where_it_is_done(folder):
    lesson = load(with_task(folder, "opens: [catalogue, my_lots]")).lessons[0]

    assert lesson.tasks == (Task(opens=("catalogue", "my_lots")),)


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ("opens: []", "A task opens one screen or more, each named once."),
        ("opens: [a, a]", "A task opens one screen or more, each named once."),
        ("opens: [../audit]", "'../audit' is not the name of a screen."),
        ("leads: [a]", "'leads' is not a known key here; known: opens."),
    ],
)
def test_a_broken_task_is_refused_in_a_sentence(folder, block, sentence):
    with pytest.raises(BadContent) as caught:
        load(with_task(folder, block))

    assert caught.value.sentence == sentence


def test_a_task_opens_the_same_screens_in_every_language(folder):
    with_task(folder, "opens: [catalogue]")
    Change(NAME, "opens: [catalogue]", "opens: [rounds]").apply(folder)

    with pytest.raises(BadContent, match="The screens of the tasks differ between ja and en"):
        load(folder)
