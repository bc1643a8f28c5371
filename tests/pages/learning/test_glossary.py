"""The glossary: the search, the index, one term, and the way back to a lesson."""

from dataclasses import replace

from club.domain.organisations import Kind, Role
from curriculum.collation import row
from curriculum.linking import glossary_of
from pages.learning import glossary
from pages.parts.visit import plain
from tests.builders import join

PLACE = {"module": "quality", "lesson": "additionality", "step": "2"}


def shown_terms(at):
    return [b.key.removeprefix("term ") for b in at.button if b.key.startswith("term ")]


def test_the_index_opens_at_the_first_heading_of_ones_own_language(
    open_screen, context, learner, language, say
):
    at = open_screen(glossary.render, learner, language)

    assert at.title[0].value == say("menu.glossary")
    shown = [context.glossary.terms[id] for id in shown_terms(at)]
    headings = {row(t.reading) if language == "ja" else t.term.en[0].upper() for t in shown}
    assert headings == ({"あ"} if language == "ja" else {"A"})
    assert say("learning.glossary.intro", count=len(context.glossary.terms)) in [
        caption.value for caption in at.caption
    ]


def test_what_is_typed_is_found_and_nothing_found_is_said(open_screen, learner, language, say):
    at = open_screen(glossary.render, learner, language)

    at.text_input(key="glossary words").set_value("ﾂｲｶｾｲ").run()
    assert shown_terms(at)[0] == "additionality"
    at.text_input(key="glossary words").set_value("zzzz").run()
    assert at.info[0].value == say("learning.glossary.nothing_found")


def test_a_term_has_its_address_with_meaning_sources_and_relatives(
    open_screen, context, learner, language, say
):
    term = context.glossary.terms["retirement"]

    at = open_screen(glossary.render, learner, language, term="retirement")

    assert at.title[0].value == plain(term.term.in_language(language))
    assert plain(term.meaning.in_language(language)) in [m.value for m in at.markdown]
    assert [b.key for b in at.button] == [f"see {id}" for id in term.see]
    assert at.expander[0].label == say("learning.sources", count=len(term.sources))


def test_a_term_opened_from_a_lesson_leads_back_to_its_step(open_screen, learner, language, say):
    there = open_screen(glossary.render, learner, language, term="buffer", **PLACE)
    alone = open_screen(glossary.render, learner, language, term="buffer")

    assert say("learning.back_to_lesson") in [m.value for m in there.markdown]
    assert say("learning.back_to_lesson") not in [m.value for m in alone.markdown]


def test_a_term_that_does_not_exist_leads_to_all_terms(open_screen, learner, language, say):
    at = open_screen(glossary.render, learner, language, term="<b>")

    assert at.error[0].value == say("errors.not_found")
    assert say("learning.glossary.all") in [m.value for m in at.markdown]


def test_a_club_without_terms_says_what_will_be_here(open_screen, learner, language, say):
    def render(visit):
        bare = replace(visit.context, glossary=glossary_of(()))
        glossary.render(replace(visit, context=bare))

    at = open_screen(render, learner, language)

    assert at.info[0].value == say("learning.glossary.empty")


def test_who_is_no_learner_is_refused(open_screen, context, language, say):
    buyer = join(context, Kind.MEMBER, Role.BUYER)

    every = open_screen(glossary.render, buyer, language)
    one = open_screen(glossary.render, buyer, language, term="buffer")

    assert every.error[0].value == one.error[0].value == say("errors.not_allowed")
    assert len(shown_terms(every)) == 0
