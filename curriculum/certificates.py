"""What the certificate of a passed try is worth: computed on every read, by the gate's one rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from curriculum.gates import Attempt, current_pass, lapsed_at
from curriculum.modules import Module


class Validity(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """Whether a certificate may be relied on, and until when."""

    validity: Validity
    until: datetime | None
    """When the pass lapses or lapsed; None where that is not why it is no longer valid."""


def worth(
    attempt: Attempt, attempts: Iterable[Attempt], module: Module, now: datetime
) -> Worth | None:
    """Tell what the certificate of this try of the person's is worth; None if it did not pass.

    What the person did later changes nothing: whoever passes again gets another certificate. One
    of an older version has expired, as the pass has, and without a date; one that was withdrawn
    is withdrawn whether or not it would have lapsed since.
    """
    if not attempt.has_passed:
        return None
    if attempt.is_withdrawn:
        return Worth(validity=Validity.WITHDRAWN, until=None)
    known = [a for a in attempts if a.finished_at <= attempt.finished_at]
    held = current_pass(known, module, now)
    if held is not None:
        return Worth(validity=Validity.VALID, until=held.expires_at)
    return Worth(validity=Validity.EXPIRED, until=lapsed_at(known, module, now))
