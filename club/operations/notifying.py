"""Sending what waits in the outbox, each notice in its reader's language.

A notice is taken in one short transaction, sent outside of any (a slow server must not hold the
database), and marked in another. A crash in between sends at most that one notice again, once
the time it was taken for is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from urllib.parse import urlencode, urlsplit

from club.domain.notices import Notice, NoticeKind
from club.i18n import Speech
from club.logs import log
from club.operations import mailing
from club.operations.context import Context
from club.operations.mailing import Carrier, Unreachable
from club.store import outbox, people, rounds
from club.store.database import Connection
from club.store.outbox import Taken

MOST = 20
"""How many notices one call sends, so that the clock has other things done in between."""
TAKEN_FOR = timedelta(minutes=5)
"""How long a notice is this host's alone; far longer than a server may take."""
TYPED_REASONS = frozenset(
    {NoticeKind.ROUND_CANCELLED, NoticeKind.AUCTION_PAUSED, NoticeKind.PASS_WITHDRAWN}
)
"""Notices whose reason is a person's own words; elsewhere it is a code with a sentence."""
CLOSED_FOR = timedelta(minutes=1)
"""How long all notices wait when the way out is closed."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(days=1)


def send_waiting(context: Context) -> int:
    """Send what is due, oldest first; how many left.

    A notice that its server does not take is put off, ever longer, and does not hold up the
    others; where nothing can leave, all wait a minute.
    """
    sent = 0
    with mailing.carrier(context.settings) as way:
        while sent < MOST:
            taken = _take(context)
            if taken is None:
                break
            try:
                sent += _send(context, way, taken)
            except Unreachable as closed:
                log(__name__).warning("mail_unreachable", error=type(closed.__cause__).__name__)
                _put_off_all(context, taken)
                break
    return sent


def _take(context: Context) -> Taken | None:
    with context.database.read() as tx:
        if not outbox.is_any_due(tx, context.clock(tx)):
            return None
    with context.database.write() as tx:
        at = context.clock(tx)
        return outbox.take(tx, at, until=at + TAKEN_FOR)


def _send(context: Context, way: Carrier, taken: Taken) -> int:
    notice = taken.notice
    try:
        with context.database.read() as tx:
            mail = compose(context, tx, notice)
        way.carry(mail, f"{notice.queued_at:%Y%m%dT%H%M%S}-{notice.id}")
    except Unreachable:
        raise
    except Exception as failure:  # noqa: BLE001 - one notice's trouble must not stop the others
        log(__name__).warning(
            "notice_put_off", notice_id=notice.id, kind=notice.kind, error=type(failure).__name__
        )
        _put_off(context, taken)
        return 0
    with context.database.write() as tx:
        outbox.mark_sent(tx, notice, context.clock(tx))
    return 1


def wait_after(failures: int) -> timedelta:
    """How long a notice waits after so many failures: a minute, then four times as long each."""
    return min(FIRST_WAIT * (1 << 2 * min(failures - 1, 10)), LONGEST_WAIT)


def _put_off(context: Context, taken: Taken) -> None:
    failures = taken.failures + 1
    with context.database.write() as tx:
        until = context.clock(tx) + wait_after(failures)
        outbox.put_off(tx, taken.notice.id, failures=failures, until=until)


def _put_off_all(context: Context, taken: Taken) -> None:
    with context.database.write() as tx:
        at = context.clock(tx)
        until = at + CLOSED_FOR
        outbox.put_off_all(tx, at, until=until)
        outbox.put_off(tx, taken.notice.id, failures=taken.failures, until=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A notice as its reader sees it, on Home and by mail."""

    subject: str
    body: str
    link: str
    """The address of the page it is about."""


def words(context: Context, tx: Connection, notice: Notice) -> Words:
    """What a notice says."""
    settings = context.settings
    speech = Speech(notice.language, settings.time_zone)
    facts = {name: _read(name, fact) for name, fact in notice.facts.items()}
    facts["club"] = speech.text(settings, "club_name")
    facts |= _named(tx, speech, facts)
    for name in ("reason", "outcome"):
        if name in facts and notice.kind not in TYPED_REASONS:
            facts[name] = _explained(speech, name, facts)
    stem = f"notices.{notice.kind}"
    return Words(
        subject=" ".join(speech.say(f"{stem}.subject", **facts).split()),
        body=speech.say(f"{stem}.body", **facts),
        link=_link(settings.base_url, facts),
    )


def compose(context: Context, tx: Connection, notice: Notice) -> EmailMessage:
    """The mail that carries a notice; the same notice is always the same message."""
    settings = context.settings
    speech = Speech(notice.language, settings.time_zone)
    said = words(context, tx, notice)
    club = speech.text(settings, "club_name")
    mail = EmailMessage()
    mail["From"] = formataddr((club, settings.mail_from))
    mail["To"] = notice.address
    mail["Subject"] = speech.say("notices.mail_subject", club=club, subject=said.subject)
    mail["Date"] = format_datetime(notice.queued_at)
    mail["Message-ID"] = f"<{notice.id}@{urlsplit(settings.base_url).hostname or 'localhost'}>"
    mail["Content-Language"] = notice.language
    mail["Auto-Submitted"] = "auto-generated"
    text = speech.say(
        "notices.frame",
        greeting=_greeting(tx, speech, notice),
        body=said.body,
        link=said.link,
        club=club,
        address=settings.base_url,
    )
    mail.set_content(text + "\n")
    return mail


def _greeting(tx: Connection, speech: Speech, notice: Notice) -> str:
    if notice.person_id is None:
        return speech.say("notices.greeting_unnamed")
    return speech.say("notices.greeting", name=people.person(tx, notice.person_id).name)


def _read(name: str, fact: object) -> object:
    """A fact as it was before it became JSON."""
    if isinstance(fact, str) and name.endswith("_at"):
        return datetime.fromisoformat(fact)
    if isinstance(fact, str) and name.endswith("_on"):
        return date.fromisoformat(fact)
    return fact


def _named(tx: Connection, speech: Speech, facts: dict[str, object]) -> dict[str, object]:
    """The names that the facts hold in both languages, in the reader's."""
    named = {
        stem: facts[f"{stem}_{speech.language}"]
        for stem in ("round", "project", "module")
        if f"{stem}_{speech.language}" in facts
    }
    if "round_id" in facts and "round" not in named:
        named["round"] = speech.name(rounds.get(tx, str(facts["round_id"])))
    return named


def _explained(speech: Speech, name: str, facts: dict[str, object]) -> str:
    """The sentence for a reason's or an outcome's code; a general one where there is none."""
    try:
        return speech.say(f"notices.{name}.{facts[name]}", **facts)
    except KeyError:
        return speech.say(f"notices.{name}.other")


def _link(base_url: str, facts: dict[str, object]) -> str:
    """A link that came with the facts, the round's page, or Home."""
    if "link" in facts:
        return str(facts["link"])
    if "round_id" in facts:
        return f"{base_url}/round?{urlencode({'id': facts['round_id']})}"
    return f"{base_url}/"
