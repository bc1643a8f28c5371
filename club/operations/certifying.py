"""One's own passed try as a certificate that others may see: issued, shared, and not any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from club.domain.errors import NotFound, PhaseRefused, StandingRefused
from club.domain.organisations import Actor, Role
from club.domain.pass_certificates import TOKEN_BYTES, PassCertificate
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.learning import finished_tries, own_try
from club.operations.qualifying import attempt_of
from club.store import books, journal, learning, pass_certificates, people
from club.store.learning import AttemptRow
from curriculum.certificates import Validity, Worth, worth

SERIES = "PASS"


def issue_pass_certificate(
    context: Context, actor: Actor, *, request_id: str, try_id: str
) -> PassCertificate:
    """Give one's own passed try a certificate with a public page; a try has at most one.

    Raises NotFound for another's try, StandingRefused where it gives no valid pass now.
    """
    with begin(context, actor, Role.LEARNER, request_id=request_id) as deed:
        people.person(deed.tx, deed.by, lock=True)  # of two requests at once the second finds it
        row = own_try(learning.attempt(deed.tx, try_id), deed.by)
        issued = pass_certificates.of_attempt(deed.tx, row.id)
        if issued is not None:
            return issued
        own = learning.attempts_of_person(deed.tx, deed.by)
        held = worth_of(context, row, own, deed.at)
        if held is None or held.validity is not Validity.VALID:
            raise StandingRefused("nothing_to_certify")
        return _issue(deed, row)


def stop_sharing(
    context: Context, actor: Actor, *, request_id: str, certificate_id: str
) -> PassCertificate:
    """Let the public page of one's own certificate be no more, as if it had never been."""
    with begin(context, actor, Role.LEARNER, request_id=request_id) as deed:
        own = _own(deed, certificate_id)
        if deed.outcome_id is not None:
            return own
        return _set(deed, own, closed_at=deed.at)


def share_again(
    context: Context, actor: Actor, *, request_id: str, certificate_id: str
) -> PassCertificate:
    """Bring the public page back at the same address."""
    with begin(context, actor, Role.LEARNER, request_id=request_id) as deed:
        own = _own(deed, certificate_id)
        if deed.outcome_id is not None:
            return own
        return _set(deed, own, closed_at=None)


def worth_of(
    context: Context, row: AttemptRow, own: list[AttemptRow], now: datetime
) -> Worth | None:
    """What a certificate of the try is worth at this instant, by the gate's own rule.

    `own` are its person's tries. One at a module that the club no longer teaches has expired.
    None without a pass.
    """
    if row.finished_at is None:
        return None
    attempt = attempt_of(row, learning.quiz_of(row))
    module = context.modules.get(row.module_id)
    if module is None:
        return Worth(validity=Validity.EXPIRED, until=None) if attempt.has_passed else None
    return worth(attempt, finished_tries(own), module, now)


def _issue(deed: Deed, row: AttemptRow) -> PassCertificate:
    (number,) = books.next_numbers(deed.tx, SERIES, 1)
    certificate = PassCertificate(
        id=deed.context.new_id(),
        token=deed.context.random_bytes(TOKEN_BYTES).hex(),
        attempt_id=row.id,
        number=number,
        issued_at=deed.at,
    )
    pass_certificates.add(deed.tx, certificate)
    facts: dict[str, object] = {"try": row.id, "number": number}
    deed.done("pass_certificate.issued", certificate.id, chain=journal.CLUB, facts=facts)
    return certificate


def _own(deed: Deed, certificate_id: str) -> PassCertificate:
    """Let only its person change a certificate; another's looks like none."""
    certificate = pass_certificates.get(deed.tx, certificate_id, lock=True)
    if learning.attempt(deed.tx, certificate.attempt_id).person_id != deed.by:
        raise NotFound
    return certificate


def _set(deed: Deed, own: PassCertificate, *, closed_at: datetime | None) -> PassCertificate:
    if own.is_shared == (closed_at is None):
        raise PhaseRefused("already_done")
    after = replace(own, closed_at=closed_at)
    pass_certificates.change(deed.tx, after)
    kind = "pass_certificate.shared" if after.is_shared else "pass_certificate.closed"
    deed.done(kind, own.id, chain=journal.CLUB, facts={})
    return after
