"""Certificates of one's own passes: issued, shared and not any more, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from club.domain.errors import NotAllowed, NotFound, PhaseRefused, StandingRefused
from club.domain.organisations import Kind, Role
from club.domain.pass_certificates import is_token, written_number
from club.operations.certifying import share_again, stop_sharing
from club.operations.viewing.own_record import my_record
from club.operations.viewing.passed import (
    my_passed,
    my_passed_try,
    pass_credential,
    pass_paper,
    verify_pass,
)
from club.store import journal, pass_certificates
from curriculum.certificates import Validity
from tests.builders import NOON, colleague, join
from tests.club.operations.certified import WHY, a_certificate, certify, reinstate, withdraw
from tests.club.operations.trying import MODULE, right, start, take, with_module, wrong


@pytest.fixture
def learner(context):
    return join(context)


def validity(context, certificate):
    return verify_pass(context, certificate.token).worth.validity


def test_a_certificate_holds_which_try_and_a_token_and_the_public_page_all_that_follows(
    context, learner, clock
):
    certificate, attempt = a_certificate(context, learner)
    found = verify_pass(context, certificate.token)

    assert (certificate.attempt_id, certificate.issued_at) == (attempt.id, NOON)
    assert is_token(certificate.token)
    assert (found.number, found.passed_on) == (written_number(certificate), NOON.date())
    assert found.holder.startswith("試験")
    assert found.title == context.modules[MODULE].title
    assert found.worth.until == NOON + timedelta(days=context.modules[MODULE].valid_days)
    assert (found.worth.validity, found.newer_version) == (Validity.VALID, None)


def test_a_try_has_one_certificate_however_often_and_at_once_it_is_asked_for(context, learner):
    attempt = take(context, learner, right)
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda n: certify(context, learner, attempt, f"r{n}"), range(4)))

    assert made == [made[0]] * 4
    assert certify(context, learner, attempt, "later") == made[0]


def test_certificates_are_numbered_one_after_the_other_and_their_tokens_differ(context, learner):
    one, _ = a_certificate(context, learner)
    other, _ = a_certificate(context, join(context))

    assert other.number == one.number + 1
    assert other.token != one.token


def test_what_is_no_pass_now_is_not_certified(context, learner, clock):
    failed = take(context, learner, wrong, "failed")
    unfinished = start(context, learner, "open")
    for attempt in (failed, unfinished):
        with pytest.raises(StandingRefused, match="nothing_to_certify"):
            certify(context, learner, attempt)
    assert my_passed(context, learner) == ()

    passed = take(context, learner, right, "open")
    clock.forward(days=context.modules[MODULE].valid_days)
    with pytest.raises(StandingRefused, match="nothing_to_certify"):
        certify(context, learner, passed)


def test_nobody_else_certifies_reads_or_closes_it(context, learner, facilitator):
    certificate, attempt = a_certificate(context, learner)
    another = take(context, learner, right, "another")
    others = [colleague(context, learner), join(context), facilitator]
    for number, other in enumerate(others):
        with pytest.raises(NotFound):
            certify(context, other, another, f"r{number}")
        for read in (pass_paper, pass_credential):
            with pytest.raises(NotFound):
                read(context, other, certificate.id)
        for change in (stop_sharing, share_again):
            with pytest.raises(NotFound):
                change(context, other, request_id=f"s{number}", certificate_id=certificate.id)
        with pytest.raises(NotFound):
            my_passed_try(context, other, attempt.id)
        assert my_passed(context, other) == ()
    assert verify_pass(context, certificate.token) is not None


def test_who_is_no_learner_has_no_certificates(context):
    treasurer = join(context, Kind.OPERATOR, Role.TREASURER)

    with pytest.raises(NotAllowed):
        my_passed(context, treasurer)


def test_one_that_is_closed_is_as_if_it_had_never_been_and_comes_back_at_its_address(
    context, learner
):
    certificate, _ = a_certificate(context, learner)
    stop_sharing(context, learner, request_id="stop", certificate_id=certificate.id)

    assert verify_pass(context, certificate.token) is None
    assert my_passed(context, learner)[0].url is None
    for read in (pass_paper, pass_credential):
        with pytest.raises(NotFound):
            read(context, learner, certificate.id)
    with pytest.raises(PhaseRefused):
        stop_sharing(context, learner, request_id="stop again", certificate_id=certificate.id)

    share_again(context, learner, request_id="share", certificate_id=certificate.id)
    assert verify_pass(context, certificate.token) is not None


def test_the_same_request_twice_is_one_deed(context, learner):
    certificate, _ = a_certificate(context, learner)
    for change, request_id in ((stop_sharing, "stop"), (share_again, "share")):
        asked = {"request_id": request_id, "certificate_id": certificate.id}

        assert change(context, learner, **asked) == change(context, learner, **asked)


def test_ones_record_holds_what_is_kept_of_ones_certificates(context, learner):
    certificate, attempt = a_certificate(context, learner)
    a_certificate(context, colleague(context, learner))

    assert my_record(context, learner)["certificates"] == [
        {
            "number": written_number(certificate),
            "try": attempt.id,
            "public_page": f"http://localhost:8501/passes/{certificate.token}",
            "issued_at": NOON.isoformat(),
            "closed_at": None,
        }
    ]


def test_the_public_page_tells_at_once_what_was_withdrawn_and_what_was_given_back(
    context, learner, facilitator
):
    certificate, _ = a_certificate(context, learner)
    withdraw(context, facilitator, learner)
    assert validity(context, certificate) is Validity.WITHDRAWN
    assert [passed.reason for passed in my_passed(context, learner)] == [WHY]
    with pytest.raises(StandingRefused):
        pass_paper(context, learner, certificate.id)

    reinstate(context, facilitator, learner)
    assert validity(context, certificate) is Validity.VALID


def test_it_expires_with_the_pass_and_with_a_new_version_of_the_module(context, learner, clock):
    certificate, _ = a_certificate(context, learner)
    newer = with_module(context, version=2)
    outdated = verify_pass(newer, certificate.token)

    assert (outdated.worth.validity, outdated.worth.until) == (Validity.EXPIRED, None)
    assert (outdated.version, outdated.newer_version) == (1, 2)
    clock.forward(days=context.modules[MODULE].valid_days)
    assert validity(context, certificate) is Validity.EXPIRED


def test_one_of_a_module_that_is_no_longer_taught_has_expired_under_its_id(context, learner):
    certificate, _ = a_certificate(context, learner)
    found = verify_pass(replace(context, modules={}), certificate.token)

    assert (found.title.ja, found.worth.validity) == (MODULE, Validity.EXPIRED)


def test_of_each_module_the_last_pass_is_offered_besides_what_is_certified(context, learner, clock):
    first, attempt = a_certificate(context, learner)
    clock.forward(days=1)
    take(context, learner, right, "second")
    clock.forward(days=1)
    third = take(context, learner, right, "third")

    offered = my_passed(context, learner)
    assert [(p.try_id, p.certificate) for p in offered] == [(third.id, None), (attempt.id, first)]


def test_the_chain_knows_the_try_and_never_the_token(context, learner):
    certificate, _ = a_certificate(context, learner)
    stop_sharing(context, learner, request_id="stop", certificate_id=certificate.id)
    share_again(context, learner, request_id="share", certificate_id=certificate.id)

    with context.database.read() as tx:
        links = journal.links(tx, journal.CLUB)
    assert [link.kind for link in links[1:]] == [
        "pass_certificate.issued",
        "pass_certificate.closed",
        "pass_certificate.shared",
    ]
    assert certificate.token not in str(links)


def test_what_is_stored_says_nothing_of_validity(context, learner, facilitator):
    certificate, _ = a_certificate(context, learner)
    withdraw(context, facilitator, learner)

    with context.database.read() as tx:
        assert pass_certificates.get(tx, certificate.id) == certificate


def test_what_an_invented_company_holds_says_that_it_is_invented(context, learner):
    real, _ = a_certificate(context, learner)
    somebody = join(context, is_invented=True)
    invented, _ = a_certificate(context, somebody)

    assert not verify_pass(context, real.token).is_invented
    assert verify_pass(context, invented.token).is_invented
    assert pass_paper(context, somebody, invented.id).is_invented


def test_a_token_that_was_never_given_is_none(context, learner):
    a_certificate(context, learner)

    assert verify_pass(context, "0" * 32) is None
