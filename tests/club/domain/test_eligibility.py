"""What a lot may be used for, case by case as the documents have it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.domain.eligibility import (
    MODULE,
    READ_ON,
    RULES,
    Facts,
    Programme,
    Use,
    Verdict,
    facts_of,
    find,
    programme_of,
)
from club.domain.lots import Category, Label
from club.i18n.catalogue import sentences
from club.operations.context import load_modules

TODAY = date(2026, 11, 22)
J_FOREST = Facts(programme=Programme.J_CREDIT, category=Category.FOREST, labels=frozenset())
VCS = replace(J_FOREST, programme=Programme.OTHER)
every_facts = st.builds(
    Facts,
    programme=st.sampled_from(Programme),
    category=st.sampled_from(Category),
    labels=st.frozensets(st.sampled_from(Label)),
)


@pytest.mark.parametrize(
    ("use", "facts", "verdict", "code"),
    [
        (Use.GX_ETS, J_FOREST, "eligible", "named"),
        (Use.GX_ETS, replace(VCS, programme=Programme.JCM), "eligible", "named"),
        (Use.GX_ETS, VCS, "not_eligible", "private"),
        (Use.GX_ETS, replace(VCS, programme=Programme.UNKNOWN), "unknown", "programme"),
        (Use.SHK_ADJUSTED, J_FOREST, "eligible", "named"),
        (Use.SHK_ADJUSTED, VCS, "unknown", "not_named"),
        (Use.VOLUNTARY_REPORT, VCS, "eligible", "all_classes"),
        (Use.OFFSET, J_FOREST, "eligible", "listed"),
        (Use.OFFSET, VCS, "unknown", "quality"),
        (Use.SBT, J_FOREST, "not_eligible", "does_not_count"),
        (Use.SBT, replace(J_FOREST, category=Category.RENEWABLE_ENERGY), "eligible", "renewable"),
        (Use.SBT, replace(J_FOREST, category=Category.OTHER), "unknown", "category"),
        (Use.SBT, VCS, "not_eligible", "does_not_count"),
        (Use.RE100, J_FOREST, "not_eligible", "not_renewable"),
        (
            Use.RE100,
            replace(J_FOREST, category=Category.RENEWABLE_ENERGY),
            "unknown",
            "electricity_or_heat",
        ),
        (Use.RE100, VCS, "unknown", "not_listed"),
        (Use.CORSIA_FIRST, VCS, "not_eligible", "no_label"),
        (
            Use.CORSIA_FIRST,
            replace(VCS, labels=frozenset({Label.CORSIA_PILOT})),
            "not_eligible",
            "pilot_only",
        ),
        (
            Use.CORSIA_FIRST,
            replace(VCS, labels=frozenset({Label.CORSIA_PILOT, Label.CORSIA_FIRST})),
            "eligible",
            "labelled",
        ),
        (Use.VCMI, VCS, "not_eligible", "no_label"),
        (Use.VCMI, replace(VCS, labels=frozenset({Label.CCP})), "eligible", "labelled"),
    ],
)
def test_a_use_is_open_closed_or_not_known_as_the_documents_say(use, facts, verdict, code):
    found = find(use, facts, on=TODAY)

    assert (found.verdict, found.code) == (verdict, code)


@given(st.sampled_from(Use), every_facts)
def test_every_reason_has_its_sentence_and_every_finding_its_source(use, facts):
    found = find(use, facts, on=TODAY)

    assert f"eligibility.{use}.{found.code}" in sentences("ja")
    assert found.sources
    assert (found.use, found.version) == (use, RULES[use].version)


@pytest.mark.parametrize("use", Use)
def test_a_rule_past_its_review_says_nothing(use):
    last = RULES[use].review_by

    assert find(use, VCS, on=last).code != "stale"
    assert find(use, VCS, on=last + timedelta(days=1)).code == "stale"
    assert find(use, VCS, on=last + timedelta(days=1)).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("use", Use)
def test_what_a_rule_cites_is_a_document_of_the_module_on_uses(use):
    documents = {document.id: document for document in load_modules()[MODULE].documents}

    assert {cited.document for cited in RULES[use].sources} <= documents.keys()
    assert all(documents[cited.document].read_on <= READ_ON for cited in RULES[use].sources)
    assert READ_ON < RULES[use].review_by <= READ_ON + timedelta(days=305)


@given(every_facts)
def test_without_a_programme_that_is_known_nothing_is_said_that_hangs_on_it(facts):
    facts = replace(facts, programme=Programme.UNKNOWN)

    for use in set(Use) - {Use.CORSIA_FIRST, Use.VCMI}:
        assert find(use, facts, on=TODAY).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("written", "programme"),
    [
        ("J-Credit", Programme.J_CREDIT),
        ("Ｊ－クレジット", Programme.J_CREDIT),
        ("j credit", Programme.J_CREDIT),
        ("JCM", Programme.JCM),
        ("Gold Standard", Programme.OTHER),
        ("Jブルークレジット", Programme.OTHER),
        ("VCS", Programme.OTHER),
        ("J-Credits of our own", Programme.UNKNOWN),
        ("", Programme.UNKNOWN),
    ],
)
def test_a_programme_is_known_however_it_is_written(written, programme):
    assert programme_of(written) is programme


def test_the_facts_are_those_of_the_project_and_the_lot():
    class Thing:
        programme, category, labels = "VCS", Category.FOREST, frozenset({Label.CCP})

    assert facts_of(Thing, Thing) == replace(VCS, labels=frozenset({Label.CCP}))
