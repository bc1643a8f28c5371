"""What people typed is shown as they typed it, whatever it looks like."""

import pytest

from club.domain.organisations import Kind
from pages.parts.visit import plain
from tests.builders import join


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("![x](https://evil.example/p.png)", r"\!\[x\]\(https\://evil\.example/p\.png\)"),
        ("**bold** <b>", r"\*\*bold\*\* \<b\>"),
        (":material/home: $x$", r"\:material/home\: \$x\$"),
        ("株式会社 巴", "株式会社 巴"),
    ],
)
def test_markdown_in_data_is_shown_as_text(typed, shown):
    assert plain(typed) == shown


def test_names_and_facts_from_people_are_made_plain(context, visit_of):
    actor = join(context, Kind.MEMBER, name_ja="*巴*")

    visit = visit_of(actor)

    assert visit.name(visit.organisation) == r"\*巴\*"
    assert r"\*巴\*" in visit.say("errors.not_a_number", typed="*巴*")
