"""Questions on today's catalogue: made from its lots, marked as any question, and kept nowhere.

The same seed over the same catalogue is the same questions. What a choice is worth and why is
told only with the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from club.domain.catalogue_questions import Asked, Judged, OfLots, draw
from club.domain.eligibility import READ_ON, RULES, Use, Verdict, facts_of, find
from club.domain.errors import InputRefused, NotFound, TermsRefused
from club.domain.lots import Lot, Project
from club.domain.organisations import Actor, Role
from club.i18n import Speech
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.viewing.answers import Option, Reason, Worth
from club.operations.viewing.eligibility import listed, reason_id, sources_of, today
from curriculum.marking import Answer, mark
from curriculum.questions import Choice, MultiChoice
from curriculum.texts import Source, Text

MOST_QUESTIONS = 5
LONGEST_SEED = 64
WRONG = Fraction(-1, 2)
"""What a wrong choice takes off, as in the modules' own questions."""
LESSON = "claims"
"""The lesson of the module on uses that teaches to choose."""
SPEECHES = (Speech("ja"), Speech("en"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueQuestion:
    """One question as it is shown before it is answered."""

    id: str
    """Other words or another answer would be another id."""
    number: int
    of: int
    stem: Text
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueMarked:
    """What an answer came to, and why."""

    mark: Fraction
    reasons: tuple[Reason, ...]
    explanation: Text
    sources: tuple[Source, ...]


def catalogue_questions(context: Context, actor: Actor, seed: str) -> tuple[CatalogueQuestion, ...]:
    """The questions of a seed; none where the catalogue has too little to ask about."""
    questions = _questions(context, actor, seed)
    return tuple(
        CatalogueQuestion(
            id=question.id,
            number=number,
            of=len(questions),
            stem=question.stem,
            options=_options(question),
        )
        for number, question in enumerate(questions, 1)
    )


def mark_catalogue_question(
    context: Context, actor: Actor, *, seed: str, question_id: str, given: Answer
) -> CatalogueMarked:
    """Mark an answer by the rule for all questions.

    Raises TermsRefused where the catalogue or a rule has changed since it was asked, InputRefused
    for no answer and for a choice that was not offered.
    """
    questions = {question.id: question for question in _questions(context, actor, seed)}
    if question_id not in questions:
        raise TermsRefused("changed_meanwhile")
    question = questions[question_id]
    if not given:
        raise InputRefused("missing", field="answer")
    if not set(given) <= set(question.choice_ids):
        raise InputRefused("unknown_choice", field="answer")
    worths = {choice.id: choice.weight > 0 for choice in question.choices}
    why = {choice.id: choice.why for choice in question.choices}
    return CatalogueMarked(
        mark=mark(question, given),
        reasons=tuple(
            Reason(
                option=option,
                is_chosen=option.id in given,
                worth=Worth.RIGHT if worths[option.id] else Worth.WRONG,
                why=why[option.id],
            )
            for option in _options(question)
        ),
        explanation=question.explanation,
        sources=question.sources,
    )


def _options(question: MultiChoice) -> tuple[Option, ...]:
    return tuple(Option(id=choice.id, text=choice.text) for choice in question.choices)


def _questions(context: Context, actor: Actor, seed: str) -> tuple[MultiChoice, ...]:
    """Made anew from the catalogue as it is now."""
    if not 0 < len(seed) <= LONGEST_SEED:
        raise NotFound
    with looking(context, actor, Role.LEARNER) as (tx, _fresh):
        on = today(context, tx)
        lots = _one_of_each(listed(tx))
    judged = [
        Judged(
            lot=lot.id,
            findings=tuple(find(use, facts_of(project, lot), on=on) for use in Use),
        )
        for lot, project in lots.values()
    ]
    asked = draw(judged, seed, MOST_QUESTIONS)
    return tuple(_question(context, each, lots) for each in asked)


def _one_of_each(rows: list[tuple[Lot, Project]]) -> dict[str, tuple[Lot, Project]]:
    """One lot a project and its labels: two that differ in nothing asked about look alike."""
    first: dict[tuple[str, frozenset[str]], tuple[Lot, Project]] = {}
    for lot, project in rows:
        first.setdefault((project.id, frozenset(lot.labels)), (lot, project))
    return {lot.id: (lot, project) for lot, project in first.values()}


def _question(context: Context, asked: Asked, lots: dict[str, tuple[Lot, Project]]) -> MultiChoice:
    """The drawn lots or uses with their words; what the rules say is what the choices are worth."""
    if isinstance(asked, OfLots):
        stem, about = _both("eligibility.ask_lots", use=asked.use), f"eligibility.about.{asked.use}"
        offered = [(id, _lot_words(*lots[id]), finding) for id, finding in asked.choices]
    else:
        stem, about = _of_lot(*lots[asked.lot]), "eligibility.about_uses"
        offered = [(each.use.value, _use_words(each.use), each) for each in asked.choices]
    rights = sum(finding.verdict is Verdict.ELIGIBLE for _, _, finding in offered)
    choices = tuple(
        Choice(
            id=id,
            text=text,
            weight=Fraction(1, rights) if finding.verdict is Verdict.ELIGIBLE else WRONG,
            why=_both(reason_id(finding)),
        )
        for id, text, finding in offered
    )
    findings = [finding for _, _, finding in offered]
    cited = tuple(dict.fromkeys(source for each in findings for source in each.sources))
    return MultiChoice(
        id=_id(stem, choices),
        version=1,
        status="ready",
        topic="catalogue",
        lesson_id=LESSON,
        outcomes=(),
        points=1,
        asks_confidence=False,
        stem=stem,
        explanation=_both(about),
        sources=sources_of(context, cited),
        reviewed_on=READ_ON,
        review_by=min(RULES[finding.use].review_by for finding in findings),
        reviewer=None,
        choices=choices,
    )


def _id(stem: Text, choices: tuple[Choice, ...]) -> str:
    """Of the words and of what the choices are worth, so that a change of either is another."""
    parts = [stem.ja, *(f"{each.id}\0{each.text.ja}\0{each.weight}" for each in choices)]
    return sha256("\0".join(parts).encode()).hexdigest()


def _both(id: str, **facts: object) -> Text:
    ja, en = (speech.say(id, **facts) for speech in SPEECHES)
    return Text(ja=ja, en=en)


def _use_words(use: Use) -> Text:
    ja, en = (speech.word(use) for speech in SPEECHES)
    return Text(ja=ja, en=en)


def _of_lot(lot: Lot, project: Project) -> Text:
    ja, en = (
        speech.say("eligibility.ask_uses", lot=_lot_in(speech, lot, project)) for speech in SPEECHES
    )
    return Text(ja=ja, en=en)


def _lot_words(lot: Lot, project: Project) -> Text:
    ja, en = (_lot_in(speech, lot, project) for speech in SPEECHES)
    return Text(ja=ja, en=en)


def _lot_in(speech: Speech, lot: Lot, project: Project) -> str:
    """The facts that the rules look at, beside the name."""
    labels = tuple(speech.word(label) for label in sorted(lot.labels))
    return speech.say(
        "eligibility.lot_labelled" if labels else "eligibility.lot",
        project=speech.name(project),
        programme=project.programme,
        category=project.category,
        labels=labels,
    )
