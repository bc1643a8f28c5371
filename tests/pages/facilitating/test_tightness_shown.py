"""What rules do to a past round reads rightly in every case, in both languages."""

from fractions import Fraction

import pytest

from auctions.inputs import Bought
from auctions.rules import CountRule, EachRule
from auctions.tightness import RuleTightness, Tightness
from club.domain.organisations import Kind
from club.i18n import Speech
from club.operations.measuring import PastBook
from pages.facilitating import tightness_shown
from tests.builders import join
from tests.markets import pledging_round
from tests.pages.facilitating.conftest import words
from tests.pages.reading import as_read

CAP = EachRule(name="cap", each="supplier", max_share=Fraction(1, 3), hard=False, order=1)
MANY = CountRule(name="many", min_suppliers=3, minimum_award_kg=1, hard=False, order=2)


SLACK = "Does not bind: the same is bought without it"


def bought(kg, per_t=4_000):
    by_offer = {"offer": kg} if kg else {}
    return Bought(by_offer=by_offer, effective_cost=Fraction(kg * per_t, 1_000))


def of(rule, without, *, binds=False, reached=Fraction(1, 3), yields_by=0):
    return RuleTightness(
        rule=rule.name,
        reached=reached,
        yields_by=Fraction(yields_by),
        without=without,
        binds=binds,
    )


@pytest.fixture
def shown(context, open_screen, facilitator):
    """All words of the screen and, rule by rule, what is said of it."""
    round_ = pledging_round(context, facilitator)
    book = PastBook(round_=round_, demand_kg=9_000, offered_kg=8_000)

    def show(under, free, *rows, language="en", rules=(CAP, MANY)):
        found = Tightness(under_all=under, under_none=free, rules=rows)
        reader = join(context, Kind.OPERATOR)
        at = open_screen(
            lambda visit: tightness_shown.show(visit, book, found, rules), reader, language
        )
        assert not at.exception
        table = [row[1:] for row in as_read(at.table[0]).itertuples(index=False, name=None)]
        return words(at), table

    return show


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("under", "free", "verdict", "facts"),
    [
        (bought(5_000), bought(5_000), "no_change", {}),
        (bought(4_000), bought(5_000), "less", {"less_kg": 1_000}),
        (bought(5_000, 4_200), bought(5_000), "dearer", {"more_per_t": 200}),
        (bought(0), bought(5_000), "nothing", {}),
        (bought(6_000), bought(5_000), "other", {}),
    ],
)
def test_all_rules_against_none_is_told_in_a_sentence(shown, language, under, free, verdict, facts):
    row = of(CAP, None, binds=None)

    said, _ = shown(under, free, row, language=language)

    assert Speech(language).say(f"auction_terms.tight.{verdict}", **facts) in said


def test_that_rules_bind_only_together_is_told(shown):
    rows = [of(each, bought(4_000)) for each in (CAP, MANY)]

    said, _ = shown(bought(4_000), bought(5_000), *rows)

    assert Speech("en").say("auction_terms.tight.together") in said


@pytest.mark.parametrize(
    ("row", "effect"),
    [
        (
            of(CAP, bought(4_500), binds=True),
            ("33.33…%", "Binds: without it 500 kg more is bought"),
        ),
        (
            of(CAP, bought(4_000, 3_900), binds=True),
            ("33.33…%", "Binds: without it ¥100 / t cheaper on average"),
        ),
        (of(CAP, bought(3_000), binds=True), ("33.33…%", "Binds: the result differs without it")),
        (of(CAP, bought(4_000)), ("33.33…%", SLACK)),
        (of(CAP, None, binds=None), ("33.33…%", "Could not be proved")),
        (
            of(MANY, bought(4_000), binds=True, reached=Fraction(2), yields_by=1),
            ("2 suppliers", "Yielded by 1"),
        ),
        (
            of(MANY, bought(4_000), reached=None),
            ("", SLACK),
        ),
    ],
)
def test_each_rule_says_what_it_does(shown, row, effect):
    _, table = shown(bought(4_000), bought(4_500), row)

    assert table == [effect]


def test_of_rules_that_let_nothing_be_bought_each_says_whether_it_does_so_alone(shown):
    rows = [
        of(CAP, bought(0), reached=None),
        of(MANY, bought(500), binds=True, reached=None),
    ]

    _, table = shown(bought(0), bought(4_500), *rows)

    assert table == [
        ("", "Nothing is bought without it either"),
        ("", "Binds: without it 500 kg more is bought"),
    ]
