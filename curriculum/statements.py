"""What somebody did at a quiz, as xAPI statements: derived from the stored facts, so that the same
facts are always the same statements with the same ids.

ADL, Experience API 1.0.3, part two: Statements; the rules of `passed`, `failed` and masteryScore
from cmi5 (sections 9.3, 9.5.1 and 10.2.4).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from curriculum.questions import (
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    Question,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from curriculum.texts import Text

ACTIVITIES = "http://adlnet.gov/expapi/activities"
MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
INTERACTIONS: dict[type[Question], str] = {
    SingleChoice: "choice",
    MultiChoice: "choice",
    TrueFalse: "true-false",
    Numeric: "numeric",
    ShortAnswer: "fill-in",
    Matching: "matching",
    Ordering: "sequencing",
}
"""xAPI's interaction types; of a question that is no longer known it is `other`."""
PLACES = 4
"""Decimals of a scaled score, as cmi5 has them."""

Json = dict[str, Any]


class Verb(StrEnum):
    """ADL's verbs; each id is their address with this word."""

    ATTEMPTED = "attempted"
    ANSWERED = "answered"
    COMPLETED = "completed"
    PASSED = "passed"
    FAILED = "failed"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer; what is no longer known of its question is None."""

    question_id: str
    question_version: int
    interaction: str
    """xAPI's interaction type."""
    response: str | None
    """As xAPI writes it; None where it is not to be told."""
    mark: Fraction | None
    """What the answer earns by itself, before any price for answering again."""
    confidence: int | None
    answered_at: datetime
    number: int = 1
    """Which answer to the question it is in this try at the quiz."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One try at a module's quiz with all that was answered."""

    id: str
    module_id: str
    module_version: int
    title: Text
    pass_mark: Fraction
    started_at: datetime
    answers: tuple[Answered, ...]
    finished_at: datetime | None = None
    score: Fraction | None = None
    turns: tuple[datetime, ...] = ()
    """When what was passed was withdrawn, given back, withdrawn again and so on, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Whose records they are: the club's address, and its words for the verbs."""

    home: str
    words: Mapping[Verb, Text]


def statements(records: Records, person_id: str, tries: Iterable[Tried]) -> list[Json]:
    """All statements about one person, by instant, then in the order of the deeds, then by id.

    The actor is an account of the club with an opaque name, never a mail address. A registration
    lasts until a pass, so that it holds at most one.
    """
    told: list[tuple[datetime, int, Json]] = []
    passes: dict[tuple[str, int], int] = {}
    for tried in sorted(tries, key=lambda t: (t.started_at, t.id)):
        course = (tried.module_id, tried.module_version)
        facts = _About(records, person_id, tried, passes.setdefault(course, 0))
        told += [(at, order, made) for order, (at, made) in enumerate(facts.told())]
        passes[course] += facts.has_passed
    return [made for _, _, made in sorted(told, key=lambda one: (one[0], one[1], one[2]["id"]))]


@dataclass(frozen=True, slots=True)
class _About:
    """What the statements about one try have in common."""

    records: Records
    person_id: str
    tried: Tried
    earlier_passes: int

    @property
    def has_passed(self) -> bool:
        return self.tried.score is not None and self.tried.score >= self.tried.pass_mark

    def told(self) -> Iterator[tuple[datetime, Json]]:
        tried = self.tried
        yield tried.started_at, self._of(Verb.ATTEMPTED, tried.started_at)
        for answer in tried.answers:
            yield answer.answered_at, self._answered(answer)
        if tried.finished_at is None or tried.score is None:
            return
        took = {"completion": True, "duration": duration(tried.finished_at - tried.started_at)}
        yield tried.finished_at, self._of(Verb.COMPLETED, tried.finished_at, result=took)
        yield tried.finished_at, self._outcome(tried.finished_at, tried.score)
        told = ""
        for place, at in enumerate(tried.turns):
            if place % 2 == 0:
                yield at, self._voided(at, told)
            else:
                told = at.isoformat()
                yield tried.finished_at, self._outcome(tried.finished_at, tried.score, told)

    def _outcome(self, at: datetime, score: Fraction, about: str = "") -> Json:
        """What came of the try, told anew when it was given back: what was voided stays so."""
        mastery = _up(self.tried.pass_mark)
        scaled = max(_down(score), mastery) if self.has_passed else _down(score)
        verb = Verb.PASSED if self.has_passed else Verb.FAILED
        result = {"score": {"scaled": scaled}, "success": self.has_passed, "completion": True}
        return self._of(verb, at, result=result, extensions={MASTERY: mastery}, about=about)

    def _answered(self, answer: Answered) -> Json:
        home = self.records.home
        question = f"{home}/questions/{answer.question_id}/{answer.question_version}"
        definition = {
            "type": f"{ACTIVITIES}/cmi.interaction",
            "interactionType": answer.interaction,
        }
        result: Json = {}
        if answer.response is not None:
            result["response"] = answer.response
        if answer.mark is not None:
            result |= {"score": {"scaled": _down(answer.mark)}, "success": answer.mark == 1}
        if answer.confidence is not None:
            result["extensions"] = {f"{home}/xapi/confidence": answer.confidence}
        made = self._of(
            Verb.ANSWERED,
            answer.answered_at,
            result=result,
            about=f"{answer.question_id} {answer.number}",
        )
        made["object"] = {"objectType": "Activity", "id": question, "definition": definition}
        made["context"]["contextActivities"] = {"parent": [{"id": self._activity["id"]}]}
        return made

    def _voided(self, at: datetime, told: str) -> Json:
        """The club takes back that it was passed: xAPI's one way to say so."""
        return {
            "id": self._id(Verb.VOIDED, at.isoformat()),
            "actor": _account(self.records.home, "club"),
            "verb": self._verb(Verb.VOIDED),
            "object": {"objectType": "StatementRef", "id": self._id(Verb.PASSED, told)},
            "timestamp": _timestamp(at),
        }

    def _of(
        self,
        verb: Verb,
        at: datetime,
        *,
        result: Json | None = None,
        extensions: Json | None = None,
        about: str = "",
    ) -> Json:
        context: Json = {"registration": str(self._registration)}
        if extensions:
            context["extensions"] = extensions
        made = {
            "id": self._id(verb, about),
            "actor": _account(self.records.home, self.person_id),
            "verb": self._verb(verb),
            "object": self._activity,
            "context": context,
            "timestamp": _timestamp(at),
        }
        return made | ({"result": result} if result else {})

    def _id(self, verb: Verb, about: str) -> str:
        return str(uuid5(self._space, f"{self.tried.id} {verb} {about}"))

    @property
    def _space(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"{self.records.home}/xapi")

    @property
    def _registration(self) -> UUID:
        course = f"{self.tried.module_id} {self.tried.module_version}"
        return uuid5(self._space, f"{self.person_id} {course} {self.earlier_passes}")

    @property
    def _activity(self) -> Json:
        tried = self.tried
        return {
            "objectType": "Activity",
            "id": f"{self.records.home}/modules/{tried.module_id}/{tried.module_version}",
            "definition": {
                "type": f"{ACTIVITIES}/assessment",
                "name": {"ja": tried.title.ja, "en": tried.title.en},
            },
        }

    def _verb(self, verb: Verb) -> Json:
        words = self.records.words[verb]
        return {
            "id": f"http://adlnet.gov/expapi/verbs/{verb}",
            "display": {"ja": words.ja, "en": words.en},
        }


def response(interaction: str, given: Sequence[str]) -> str:
    """A raw answer as xAPI writes responses: parts by `[,]`, the two sides of a pair by `[.]`."""
    if interaction == "matching":
        given = [pair.replace("=", "[.]", 1) for pair in given]
    return "[,]".join(given)


def duration(time: timedelta) -> str:
    """An ISO 8601 duration to the hundredth of a second, rounded down."""
    hundredths = time // timedelta(milliseconds=10)
    return f"PT{hundredths // 100}.{hundredths % 100:02d}S"


def _account(home: str, name: str) -> Json:
    return {"objectType": "Agent", "account": {"homePage": home, "name": name}}


def _timestamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def _down(share: Fraction) -> Decimal:
    return Decimal(share * 10**PLACES // 1).scaleb(-PLACES)


def _up(share: Fraction) -> Decimal:
    return -_down(-share)
