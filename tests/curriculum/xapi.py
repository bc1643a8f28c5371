"""What xAPI 1.0.3 (part two, section 2) and cmi5 demand of statements, written down again."""

import re
from uuid import UUID

VERBS = "http://adlnet.gov/expapi/verbs/"
INTERACTIONS = {
    "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing",
    "likert", "numeric", "other",
}  # fmt: skip
MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"]+")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
DURATION = re.compile(r"P(?=.)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


def faults(statement):
    """The demands that one statement does not meet, by the path of what is at fault."""
    return [path for path, is_met in _demands(statement) if not is_met]


def faults_together(statements):
    """The demands on all the statements of one person together."""
    ids = [statement["id"] for statement in statements]
    voided = {statement["object"]["id"] for statement in statements if verb(statement) == "voided"}
    passed = [
        statement["context"]["registration"]
        for statement in statements
        if verb(statement) == "passed" and statement["id"] not in voided
    ]
    found = []
    if len(ids) != len(set(ids)):
        found.append("2.4.1: an id twice")
    if len(passed) != len(set(passed)):
        found.append("cmi5 9.3.4: two passed in one registration")
    if not voided <= set(ids):
        found.append("2.3.2: what is voided is not there")
    if voided & {statement["id"] for statement in statements if verb(statement) == "voided"}:
        found.append("2.3.2: a voiding that is voided")
    return found


def verb(statement):
    return statement["verb"]["id"].removeprefix(VERBS)


def _demands(statement):
    known = {"id", "actor", "verb", "object", "result", "context", "timestamp"}
    yield "2.2 no other property", set(statement) <= known
    yield "2.2 no null and nothing empty", not list(_holes(statement))
    yield "2.4.1 id", str(UUID(statement["id"])) == statement["id"]
    yield from _actor(statement["actor"])
    yield "2.4.3 verb", IRI.fullmatch(statement["verb"]["id"])
    yield "2.4.3 display", _is_language_map(statement["verb"]["display"])
    yield "2.4.7 timestamp", TIMESTAMP.fullmatch(statement["timestamp"])
    if verb(statement) == "voided":
        yield "2.3.2 object of voided", statement["object"]["objectType"] == "StatementRef"
        return
    yield from _activity(statement["object"])
    yield "2.4.6 registration", str(UUID(statement["context"]["registration"]))
    yield from _result(statement, statement.get("result", {}))
    for place in statement["context"].get("contextActivities", {}).values():
        yield "2.4.6.2 contextActivities", all(IRI.fullmatch(activity["id"]) for activity in place)


def _actor(actor):
    identifiers = set(actor) & {"mbox", "mbox_sha1sum", "openid", "account"}
    yield "2.4.2.3 one identifier, an account", identifiers == {"account"}
    yield "2.4.2.4 account", set(actor["account"]) == {"homePage", "name"}
    yield "2.4.2.4 homePage", IRI.fullmatch(actor["account"]["homePage"])
    yield "no mail address", "@" not in actor["account"]["name"]


def _activity(activity):
    definition = activity["definition"]
    yield "2.4.4.1 id", IRI.fullmatch(activity["id"])
    yield "2.4.4.1 type", IRI.fullmatch(definition["type"])
    yield "2.4.4.1 name", "name" not in definition or _is_language_map(definition["name"])
    interaction = definition.get("interactionType")
    yield "2.4.4.1 interactionType", interaction is None or interaction in INTERACTIONS
    is_interaction = definition["type"].endswith("/cmi.interaction")
    yield "2.4.4.1 interaction", (interaction is not None) == is_interaction


def _result(statement, result):
    scaled = result.get("score", {}).get("scaled")
    yield "2.4.5.1 scaled", scaled is None or -1 <= scaled <= 1
    yield "cmi5 four decimals", scaled is None or scaled == scaled.quantize(type(scaled)("0.0001"))
    yield "2.4.5 success", isinstance(result.get("success", True), bool)
    yield "2.4.5 completion", isinstance(result.get("completion", True), bool)
    yield "2.4.5 response", isinstance(result.get("response", ""), str)
    yield "2.4.5 duration", DURATION.fullmatch(result.get("duration", "PT0S"))
    for key in result.get("extensions", {}):
        yield "2.4.5 extensions", IRI.fullmatch(key)
    mastery = statement["context"].get("extensions", {}).get(MASTERY)
    match verb(statement):
        case "passed":
            yield "cmi5 9.5.1.1 scaled >= masteryScore", scaled >= mastery
            yield "cmi5 9.5.2 success", result["success"] is True
        case "failed":
            yield "cmi5 9.5.1.1 scaled < masteryScore", scaled < mastery
            yield "cmi5 9.5.2 success", result["success"] is False
        case "completed":
            yield "cmi5 9.5.3 completion", result["completion"] is True


def _is_language_map(words):
    return bool(words) and all(LANGUAGE.fullmatch(tag) and text for tag, text in words.items())


def _holes(value):
    if value is None or (isinstance(value, str | dict | list) and not value):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _holes(one)
