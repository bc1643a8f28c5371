"""Notices leave once, in their reader's language, and trouble with one holds up no other."""

import email
import email.policy
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from string import Formatter

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from club.domain.notices import Notice, NoticeKind
from club.domain.organisations import Kind
from club.i18n import LANGUAGES
from club.i18n.catalogue import sentences
from club.operations.announcing import announce_failure
from club.operations.deed import begin_system
from club.operations.notifying import FIRST_WAIT, send_waiting, wait_after, words
from club.operations.telling import round_facts
from club.store import journal
from club.store.tables import notices
from tests.builders import NOON, join, open_round

FACTS = {
    "organisation": "試験株式会社",
    "name": "試験 一",
    "link": "http://localhost:8501/identity/invitation?token=abc",
    "expires_at": NOON.isoformat(),
    "project_ja": "試験の森",
    "project_en": "Test forest",
    "module_ja": "試験の講座",
    "module_en": "Test module",
    "quantity_kg": 12_345,
    "value_jpy": 1_000_000,
    "total_jpy": 1_100_000,
    "due_on": "2026-12-22",
    "number": "INV-2026-00001",
    "sequence": 3,
    "received_at": NOON.isoformat(),
    "commitment": "ab" * 32,
    "reason": "below_minimum",
    "outcome": "takes_part",
    "openers": 3,
    "needed": 2,
    "given": 1,
    "count": 1,
    "opening_days": 3,
    "until_at": NOON.isoformat(),
    "explain_by_at": NOON.isoformat(),
    "answer_by_at": NOON.isoformat(),
    "price_per_t": 2_400,
    "before_kg": 20_000,
    "said": "在庫が確保できないとの連絡",
    "replaced_number": "INV-2026-00000",
    "paid_before_jpy": 0,
}


def a_notice(id="n1", kind=NoticeKind.JOIN_REQUESTED, **given):
    values = {
        "id": id,
        "kind": kind,
        "address": "buyer@club.example",
        "person_id": None,
        "language": "ja",
        "facts": FACTS,
        "queued_at": NOON,
    }
    return Notice(**values | given)


def queue(context, *queued):
    with context.database.write() as tx:
        for notice in queued:
            journal.queue(tx, notice)


def mails(context):
    """What lies in the outbox folder, by name."""
    return {
        path.name: email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(context.settings.outbox_folder.glob("*"))
    }


class Inbox:
    """A mail server that keeps what it takes, and refuses one address."""

    def __init__(self):
        self.taken = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - the library's name
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the library's name
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.taken.append((envelope.rcpt_tos[0], mail))
        return "250 OK"


@contextmanager
def serving(inbox, **options):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        controller.stop()


def by_smtp(context, url):
    return replace(context, settings=replace(context.settings, smtp_url=url))


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_text_in_both_languages(context, kind, language):
    round_ = open_round(context, join(context, Kind.OPERATOR))
    notice = a_notice(kind=kind, language=language, facts=FACTS | round_facts(round_))

    with context.database.read() as tx:
        said = words(context, tx, notice)

    assert said.subject
    assert said.body
    assert "{" not in said.subject + said.body


def test_both_languages_name_the_same_facts():
    def blanks(language):
        return {
            id: {name for _, name, _, _ in Formatter().parse(forms[0]) if name}
            for id, forms in sentences(language).items()
            if id.startswith("notices.")
        }

    assert blanks("ja") == blanks("en")


def test_a_notice_becomes_a_file_once_and_is_marked(context):
    buyer = join(context)
    round_ = open_round(context, join(context, Kind.OPERATOR))
    facts = FACTS | round_facts(round_)
    queue(context, a_notice(kind=NoticeKind.INVOICED, facts=facts, person_id=buyer.person_id))
    expected_link = f"{context.settings.base_url}/round?id={round_.id}"

    first, again = send_waiting(context), send_waiting(context)

    assert (first, again) == (1, 0)
    [(name, mail)] = mails(context).items()
    text = mail.get_content()
    assert name == "20261122T030000-n1.eml"
    assert mail["Subject"] == (
        "【巴カーボンクレジット共同購入クラブ】ご請求書 INV-2026-00001（「試験ラウンド」）"
    )
    assert mail["To"] == "buyer@club.example"
    assert "ご請求金額（税込）：¥1,100,000" in text
    assert "お支払期限：2026/12/22" in text
    assert "数量：12.345 t" in text
    assert FACTS["link"] in text or expected_link in text
    with context.database.read() as tx:
        assert [n.sent_at for n in journal.notices_of(tx, buyer.person_id)] == [NOON]


def test_the_link_goes_to_the_rounds_page_unless_the_facts_bring_one(context):
    round_ = open_round(context, join(context, Kind.OPERATOR))
    with context.database.read() as tx:
        own = words(context, tx, a_notice(kind=NoticeKind.INVITED))
        of_round = words(
            context,
            tx,
            a_notice(
                kind=NoticeKind.PLEDGE_PLACED, facts={"round_id": round_.id, "quantity_kg": 7}
            ),
        )
        home = words(context, tx, a_notice(facts={"organisation": "A", "name": "B"}))

    assert own.link == FACTS["link"]
    assert of_round.link == f"http://localhost:8501/round?id={round_.id}"
    assert "「試験ラウンド」" in of_round.subject
    assert home.link == "http://localhost:8501/"


def test_a_reason_is_told_in_words_and_an_unknown_one_sends_to_the_page(context):
    round_ = open_round(context, join(context, Kind.OPERATOR))
    join(context)
    with begin_system(context) as deed:
        announce_failure(deed, round_, "no_offers")
    facts = FACTS | round_facts(round_) | {"reason": "never_heard_of"}

    send_waiting(context)
    with context.database.read() as tx:
        unknown = words(context, tx, a_notice(kind=NoticeKind.ROUND_FAILED, facts=facts))

    assert all("有効な応札がありませんでした" in m.get_content() for m in mails(context).values())
    assert "詳しくは下のページをご覧ください" in unknown.body


def test_hosts_that_send_at_once_send_each_notice_once(context):
    queue(context, *(a_notice(f"n{number:02d}") for number in range(12)))
    inbox = Inbox()

    with serving(inbox) as address, ThreadPoolExecutor(4) as threads:
        host = by_smtp(context, f"smtp://{address}")
        sent = list(threads.map(lambda _: send_waiting(host), range(4)))

    assert sum(sent) == 12
    assert sorted(m["Message-ID"] for _, m in inbox.taken) == [
        f"<n{number:02d}@localhost>" for number in range(12)
    ]


def test_a_server_takes_the_mail_as_it_was_written(context):
    queue(context, a_notice(language="en"))
    inbox = Inbox()

    with serving(inbox) as address:
        send_waiting(by_smtp(context, f"smtp://{address}"))

    [(address, mail)] = inbox.taken
    assert address == "buyer@club.example"
    assert mail["From"] == "Tomoe Carbon Buyers' Club <club@localhost>"
    assert mail["Subject"] == "Tomoe Carbon Buyers' Club: 試験株式会社 asks to join"
    assert "試験 一 (試験株式会社) has asked to join the club." in mail.get_content()


def test_an_address_that_is_refused_waits_ever_longer_and_holds_up_no_other(context, clock):
    queue(context, a_notice("n1", address="nobody@club.example"), a_notice("n2"))
    inbox = Inbox()

    with serving(inbox) as address:
        host = by_smtp(context, f"smtp://{address}")
        sent = [send_waiting(host)]
        clock.forward(seconds=59)
        sent.append(send_waiting(host))
        with context.database.write() as tx:
            tx.execute(notices.update().values(address="moved@club.example"))
        clock.forward(seconds=1)
        sent.append(send_waiting(host))

    assert sent == [1, 0, 1]
    assert [to for to, _ in inbox.taken] == ["buyer@club.example", "moved@club.example"]
    assert [wait_after(n) for n in (1, 2, 3)] == [FIRST_WAIT, 4 * FIRST_WAIT, 16 * FIRST_WAIT]
    assert wait_after(50) == timedelta(days=1)


def test_without_a_server_everything_waits_a_minute_and_nothing_is_lost(context, clock):
    queue(context, a_notice("n1"), a_notice("n2"))
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        closed = by_smtp(context, f"smtp://127.0.0.1:{nobody.getsockname()[1]}")
        sent = [send_waiting(closed), send_waiting(context)]
    clock.forward(minutes=1)
    sent.append(send_waiting(context))

    assert sent == [0, 0, 2]


def test_a_notice_that_cannot_be_written_holds_up_no_other(context):
    queue(context, a_notice("n1", facts={}), a_notice("n2"))

    assert send_waiting(context) == 1
    assert list(mails(context)) == ["20261122T030000-n2.eml"]


def test_a_host_that_dies_while_sending_leaves_the_notice_to_be_sent_again(context, clock):
    queue(context, a_notice("n1"), a_notice("n2", queued_at=NOON + timedelta(seconds=1)))

    class Died(BaseException):
        pass

    def die(_tx):
        raise Died

    def clock_until_sent(tx):
        return next(calls)(tx)

    calls = iter([clock, clock, die])
    dying = replace(context, clock=clock_until_sent)
    with pytest.raises(Died):
        send_waiting(dying)
    at_once = send_waiting(context)
    clock.forward(minutes=5)
    later = send_waiting(context)

    assert (at_once, later) == (1, 1)
    assert list(mails(context)) == ["20261122T030000-n1.eml", "20261122T030001-n2.eml"]


def test_a_server_on_this_machine_is_given_the_password(context):
    queue(context, a_notice())
    inbox = Inbox()
    seen = []

    def check(_server, _session, _envelope, _mechanism, given):
        seen.append(given)
        return AuthResult(success=given == LoginPassword(b"club", b"s/cret"))

    with serving(inbox, authenticator=check, auth_require_tls=False) as address:
        send_waiting(by_smtp(context, f"smtp://club:s%2Fcret@{address}"))

    assert seen == [LoginPassword(b"club", b"s/cret")]
    assert len(inbox.taken) == 1


def test_files_can_be_read_by_this_user_only(context):
    queue(context, a_notice())
    send_waiting(context)
    [path] = context.settings.outbox_folder.iterdir()

    assert path.stat().st_mode & 0o777 == 0o600
