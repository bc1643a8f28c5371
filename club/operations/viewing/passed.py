"""Passed tries and their certificates: one's own, what the public may know, what the club sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from club.documents import PassPaper, issuer_of
from club.documents.bilingual import Bilingual
from club.domain.errors import NotFound, StandingRefused
from club.domain.organisations import Actor, Role
from club.domain.pass_certificates import PassCertificate, written_number
from club.operations import badging
from club.operations.certifying import worth_of
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.learning import own_try
from club.operations.settling import local_day
from club.store import learning, pass_certificates, people
from club.store.database import Connection
from club.store.learning import AttemptRow
from curriculum.badges import Award
from curriculum.certificates import Validity, Worth
from curriculum.modules import Module
from curriculum.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A passed try of one's own, what it is worth now, and its certificate if there is one."""

    try_id: str
    module_id: str
    title: Text
    version: int
    passed_at: datetime
    worth: Worth
    reason: str | None
    """Why it was withdrawn, where it is."""
    certificate: PassCertificate | None
    url: str | None
    """The public page, where it is shared."""

    @property
    def is_valid(self) -> bool:
        return self.worth.validity is Validity.VALID


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedPass:
    """What the public may know of a shared certificate, and nothing else."""

    number: str
    holder: str
    title: Text
    version: int
    newer_version: int | None
    """The module's version now, where it is another."""
    passed_on: date
    worth: Worth
    club_ja: str
    club_en: str
    is_invented: bool


def my_passed(context: Context, actor: Actor) -> tuple[Passed, ...]:
    """Tries that have a certificate or were withdrawn, and of each module the last that is a pass
    now; newest first."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        rows = learning.attempts_of_person(tx, fresh.person_id)
        told = (_passed(context, tx, row, rows) for row in rows)
        own = [passed for passed in told if passed is not None]
    last = {passed.module_id: passed.try_id for passed in own if passed.is_valid}
    kept = (p for p in own if p.certificate or p.reason or last.get(p.module_id) == p.try_id)
    return tuple(sorted(kept, key=lambda p: (p.passed_at, p.try_id), reverse=True))


def my_passed_try(context: Context, actor: Actor, try_id: str) -> Passed | None:
    """One try of one's own as `my_passed` shows it; None if it is no pass. Raises NotFound."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        row = own_try(learning.attempt(tx, try_id), fresh.person_id)
        return _passed(context, tx, row, learning.attempts_of_person(tx, fresh.person_id))


def pass_paper(context: Context, actor: Actor, certificate_id: str) -> PassPaper:
    """What the PDF of one's own certificate says.

    Raises NotFound where it is another's or not shared, StandingRefused where it is not valid.
    """
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        certificate, row, worth = _own_valid(context, tx, fresh, certificate_id)
        holder, is_invented = _holder(tx, row)
    module, quiz = context.modules[row.module_id], learning.quiz_of(row)
    assert row.finished_at is not None and worth.until is not None  # noqa: S101, PT018 - it is valid
    return PassPaper(
        number=written_number(certificate),
        issuer=issuer_of(context.settings),
        holder=holder,
        module_ja=module.title.ja,
        module_en=module.title.en,
        version=row.module_version,
        outcomes=tuple(Bilingual(o.text.ja, o.text.en) for o in module.outcomes),
        questions=len(quiz.asked),
        pass_mark_percent=int(quiz.pass_mark * 100),
        passed_on=local_day(context, row.finished_at),
        valid_until_on=local_day(context, worth.until),
        issued_on=local_day(context, certificate.issued_at),
        verify_url=badging.page_of(context, certificate),
        is_invented=is_invented,
    )


def pass_credential(context: Context, actor: Actor, certificate_id: str) -> str:
    """One's own certificate as a signed Open Badges credential. Raises as `pass_paper` does."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        certificate, row, worth = _own_valid(context, tx, fresh, certificate_id)
        holder, _ = _holder(tx, row)
    assert row.finished_at is not None and worth.until is not None  # noqa: S101, PT018 - it is valid
    status_list, status_index = badging.status_of(context, certificate)
    award = Award(
        id=badging.page_of(context, certificate),
        holder=holder,
        achievement=badging.achievement(
            context, context.modules[row.module_id], row.module_version
        ),
        issuer=badging.issuer(context),
        valid_from=row.finished_at,
        valid_until=worth.until,
        status_list=status_list,
        status_index=status_index,
    )
    return badging.signed(context, award)


def verify_pass(context: Context, token: str) -> VerifiedPass | None:
    """The certificate of a public address; None if there is none or it is no longer shared."""
    with context.database.read() as tx:
        certificate = pass_certificates.by_token(tx, token)
        if certificate is None or not certificate.is_shared:
            return None
        row = learning.attempt(tx, certificate.attempt_id)
        own = learning.attempts_of_person(tx, row.person_id)
        worth = worth_of(context, row, own, context.clock(tx))
        holder, is_invented = _holder(tx, row)
    module = context.modules.get(row.module_id)
    assert row.finished_at is not None and worth is not None  # noqa: S101, PT018 - only passes have certificates
    return VerifiedPass(
        number=written_number(certificate),
        holder=holder,
        title=_title(module, row),
        version=row.module_version,
        newer_version=module.version if module and module.version != row.module_version else None,
        passed_on=local_day(context, row.finished_at),
        worth=worth,
        club_ja=context.settings.club_name_ja,
        club_en=context.settings.club_name_en,
        is_invented=is_invented,
    )


def _holder(tx: Connection, row: AttemptRow) -> tuple[str, bool]:
    """The person's name, and whether they are invented, as their organisation is."""
    person = people.person(tx, row.person_id)
    return person.name, people.organisation(tx, person.organisation_id).is_invented


def _own_valid(
    context: Context, tx: Connection, actor: Actor, certificate_id: str
) -> tuple[PassCertificate, AttemptRow, Worth]:
    certificate = pass_certificates.get(tx, certificate_id)
    row = own_try(learning.attempt(tx, certificate.attempt_id), actor.person_id)
    if not certificate.is_shared:
        raise NotFound
    own = learning.attempts_of_person(tx, actor.person_id)
    worth = worth_of(context, row, own, context.clock(tx))
    if worth is None or worth.validity is not Validity.VALID:
        raise StandingRefused("nothing_to_certify")
    return certificate, row, worth


def _passed(
    context: Context, tx: Connection, row: AttemptRow, own: list[AttemptRow]
) -> Passed | None:
    worth = worth_of(context, row, own, context.clock(tx))
    if worth is None or row.finished_at is None:
        return None
    certificate = pass_certificates.of_attempt(tx, row.id)
    is_shared = certificate is not None and certificate.is_shared
    return Passed(
        try_id=row.id,
        module_id=row.module_id,
        title=_title(context.modules.get(row.module_id), row),
        version=row.module_version,
        passed_at=row.finished_at,
        worth=worth,
        reason=row.withdrawal_reason if row.is_withdrawn else None,
        certificate=certificate,
        url=badging.page_of(context, certificate) if certificate and is_shared else None,
    )


def _title(module: Module | None, row: AttemptRow) -> Text:
    """A module that the club no longer teaches is left its id."""
    return module.title if module else Text(ja=row.module_id, en=row.module_id)
