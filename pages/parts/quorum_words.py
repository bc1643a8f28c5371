"""What a round asks of a company's people, in words."""

from __future__ import annotations

from club.domain.rounds import Round
from pages.parts.visit import Visit


def asked(visit: Visit, round_: Round) -> str:
    """One line: how many people, of which duties, and whom the round lets off."""
    if not round_.required_modules:
        return visit.say("progress.quorum.none")
    parts = [visit.say("progress.quorum.people", count=round_.quorum)]
    if round_.people_by_duty:
        joint = visit.speech.say("progress.quorum.joint")
        duties = joint.join(
            visit.say("progress.quorum.duty", duty=duty, count=count)
            for duty, count in round_.people_by_duty
        )
        parts.append(visit.say("progress.quorum.duties", duties=duties))
    if round_.grants_grace:
        parts.append(visit.say("progress.quorum.grace"))
    return visit.speech.say("progress.quorum.stop").join(parts)
