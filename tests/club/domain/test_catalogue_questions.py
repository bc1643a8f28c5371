"""Questions drawn from a catalogue: always some right and some wrong, never what is not known."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from club.domain.catalogue_questions import CHOICES, Judged, OfLots, draw
from club.domain.eligibility import Facts, Programme, Use, Verdict, find
from club.domain.lots import Category, Label

TODAY = date(2026, 11, 22)
few = settings(max_examples=60, deadline=None)
facts = st.builds(
    Facts,
    programme=st.sampled_from(Programme),
    category=st.sampled_from(Category),
    labels=st.frozensets(st.sampled_from(Label), max_size=2),
)
catalogues = st.lists(facts, max_size=8).map(
    lambda lots: [
        Judged(lot=f"lot{n}", findings=tuple(find(use, each, on=TODAY) for use in Use))
        for n, each in enumerate(lots)
    ]
)
seeds = st.text(min_size=1, max_size=64)


def findings_of(asked):
    if isinstance(asked, OfLots):
        return [finding for _, finding in asked.choices]
    return list(asked.choices)


@few
@given(catalogues, seeds)
def test_every_question_has_right_and_wrong_choices_and_nothing_open(judged, seed):
    for asked in draw(judged, seed, 5):
        verdicts = [finding.verdict for finding in findings_of(asked)]
        assert 2 <= len(verdicts) <= CHOICES
        assert set(verdicts) == {Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE}


@few
@given(catalogues, seeds)
def test_no_question_and_no_choice_comes_twice(judged, seed):
    asked = draw(judged, seed, 5)

    assert len(set(asked)) == len(asked) <= 5
    for each in asked:
        if isinstance(each, OfLots):
            assert len({lot for lot, _ in each.choices}) == len(each.choices)
            assert {finding.use for _, finding in each.choices} == {each.use}
        else:
            assert len({finding.use for finding in each.choices}) == len(each.choices)


@few
@given(catalogues, seeds, st.randoms())
def test_only_the_seed_and_the_lots_decide_not_their_order(judged, seed, chance):
    shuffled = list(judged)
    chance.shuffle(shuffled)

    assert draw(shuffled, seed, 5) == draw(judged, seed, 5)


@few
@given(catalogues, seeds)
def test_a_question_on_a_use_is_missed_only_where_the_catalogue_gives_none(judged, seed):
    asked = {each.use for each in draw(judged, seed, 100) if isinstance(each, OfLots)}
    verdicts = {
        use: {f.verdict for each in judged for f in each.findings if f.use is use} for use in Use
    }

    both = {Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE}
    assert asked == {use for use in Use if verdicts[use] >= both}


def test_an_empty_catalogue_gives_no_question():
    assert draw([], "seed", 5) == ()
