"""The opening ceremony, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from auctions.reading import Malformed
from auctions.recording.files import read_file
from auctions.refuted import Refuted
from auctions.verifying.report import verify
from club.domain.errors import InputRefused, NotFound, PhaseRefused, TermsRefused
from club.domain.organisations import Kind, Standing
from club.domain.rounds import Phase
from club.operations.closing import close_due
from club.operations.opening import cancel_round
from club.operations.publishing import full_file, public_file
from club.operations.unsealing import give_passphrase
from club.store import journal, offers, openers, people
from tests.builders import a_lot, context_on, join
from tests.ceremonies import PASSPHRASES, PRICE, bidding, closed, give, given, three
from tests.cleared import outcome, result_of
from tests.forged import with_one_bit_changed
from tests.markets import AFTER, invite, offer, stored


@pytest.fixture
def named(context, facilitator):
    return three(context, facilitator)


@pytest.fixture
def round_(context, clock, facilitator, named):
    return closed(context, clock, facilitator, named)


def prices(context, round_):
    with context.database.read() as tx:
        return [offer.price_per_t for offer in offers.of_round(tx, round_.id)]


def kinds(context, round_):
    with context.database.read() as tx:
        return [(link.kind, link.made_by) for link in journal.links(tx, round_.id)]


@pytest.mark.parametrize("pair", list(permutations(range(3), 2)))
def test_any_two_of_three_in_any_order_open_the_offers(context, round_, named, pair):
    first, second = pair
    give(context, round_, named[first], PASSPHRASES[first])
    with_one = close_due(context), prices(context, round_), stored(context, round_).phase
    give(context, round_, named[second], PASSPHRASES[second])
    with_two = close_due(context)

    assert with_one == ([], [], Phase.CLEARING)
    assert with_two == [round_.id]
    assert stored(context, round_).phase is Phase.SETTLING
    assert prices(context, round_) == [PRICE]


def test_the_chain_tells_who_did_what(context, clock, facilitator, round_, named):
    with pytest.raises(InputRefused, match="passphrase_wrong"):
        give(context, round_, named[0], PASSPHRASES[3])
    give(context, round_, named[0], PASSPHRASES[0])
    give(context, round_, named[2], PASSPHRASES[2])
    close_due(context)

    first, _, third = (actor.person_id for actor in named)
    told = kinds(context, round_)
    assert told[told.index(("bidding.closed", "system")) :][:6] == [
        ("bidding.closed", "system"),
        ("passphrase.refused", first),
        ("share.given", first),
        ("share.given", third),
        ("round.unsealed", third),
        ("round.cleared", "system"),
    ]


def test_before_bidding_has_closed_no_passphrase_is_taken(context, clock, facilitator, named):
    round_, _ = bidding(context, clock, facilitator, named)
    clock.at = round_.bidding_closes_at

    for moment in range(2):
        clock.at += AFTER * moment
        with pytest.raises(PhaseRefused, match="opening_not_begun"):
            give(context, round_, named[0], PASSPHRASES[0])
    assert given(context, round_) == []


def test_a_wrong_passphrase_changes_nothing_and_may_be_tried_again(context, round_, named):
    for wrong in ("", "夕立のあとに蝉時雨を聞いた？", PASSPHRASES[1]):
        with pytest.raises(InputRefused, match="passphrase_wrong"):
            give(context, round_, named[0], wrong)
    before = given(context, round_)

    give(context, round_, named[0], " 夕立のあとに蝉時雨を聞いた\n")

    assert before == []
    assert given(context, round_) == [named[0].person_id]


def test_who_is_no_opener_finds_nothing_here(context, round_):
    with pytest.raises(NotFound):
        give(context, round_, join(context), PASSPHRASES[0])


def test_a_passphrase_is_given_once_and_the_same_request_is_the_same_deed(context, round_, named):
    for _ in range(2):
        give_passphrase(
            context,
            named[0],
            request_id="g1",
            round_id=round_.id,
            passphrase=PASSPHRASES[0],
        )
    with pytest.raises(PhaseRefused, match="share_given"):
        give(context, round_, named[0], PASSPHRASES[0])
    assert given(context, round_) == [named[0].person_id]


def test_all_who_come_at_once_are_counted(context, round_, named):
    def one(actor_and_passphrase):
        try:
            give(context, round_, *actor_and_passphrase)
        except PhaseRefused as refusal:
            return refusal.code
        return "given"

    with ThreadPoolExecutor(3) as pool:
        told = sorted(pool.map(one, zip(named, PASSPHRASES, strict=False)))

    assert told == ["given", "given", "opening_over"]
    assert close_due(context) == [round_.id]


def test_what_was_given_survives_a_restart(context, clock, round_, named, tmp_path):
    give(context, round_, named[0], PASSPHRASES[0])
    fresh = context_on(context.database, clock, tmp_path)
    give(fresh, round_, named[1], PASSPHRASES[1])
    last = context_on(context.database, clock, tmp_path)

    assert close_due(last) == [round_.id]
    assert prices(last, round_) == [PRICE]


def test_a_host_without_the_clubs_key_cannot_open_and_another_can(
    context, clock, round_, named, tmp_path
):
    for place in range(2):
        give(context, round_, named[place], PASSPHRASES[place])

    stranger = context_on(context.database, clock, tmp_path / "elsewhere")

    assert close_due(stranger) == []
    assert close_due(context) == [round_.id]


def test_after_the_last_instant_of_the_opening_nobody_gives_any_more(context, clock, round_, named):
    clock.at = round_.bidding_closes_at + timedelta(days=3)
    give(context, round_, named[0], PASSPHRASES[0])
    clock.at += AFTER

    with pytest.raises(PhaseRefused, match="opening_late"):
        give(context, round_, named[1], PASSPHRASES[1])
    close_due(context)
    with pytest.raises(PhaseRefused, match="opening_over"):
        give(context, round_, named[1], PASSPHRASES[1])


def test_once_opened_no_share_is_left_and_the_third_is_not_needed(context, round_, named):
    for place in range(2):
        give(context, round_, named[place], PASSPHRASES[place])
    with pytest.raises(PhaseRefused, match="opening_over"):
        give(context, round_, named[2], PASSPHRASES[2])
    close_due(context)

    with context.database.read() as tx:
        shares = openers.shares(tx, round_.id).values()
    assert {(share.ciphertext, share.given) for share in shares} == {(None, None)}
    assert given(context, round_) == [actor.person_id for actor in named[:2]]


def test_a_share_that_is_not_the_one_dealt_is_named_and_opens_nothing(context, round_, named):
    with context.database.write() as tx:
        shares = openers.shares(tx, round_.id)
        first, second = (shares[actor.person_id] for actor in named[:2])
        openers.change_share(tx, replace(first, commitment=second.commitment))
        openers.change_share(tx, replace(second, ciphertext=first.ciphertext))

    for place in range(2):
        with pytest.raises(TermsRefused, match="share_damaged"):
            give(context, round_, named[place], PASSPHRASES[place])
    assert given(context, round_) == []


@pytest.mark.parametrize("suspended_at", ["before", "after"])
def test_what_a_suspended_supplier_sealed_is_never_opened(
    context, clock, facilitator, named, suspended_at
):
    round_, first = bidding(context, clock, facilitator, named)
    second = join(context, Kind.SUPPLIER)
    invite(context, facilitator, round_, second)
    offer(context, second, round_, a_lot(context, second), 20_000, PRICE + 1)
    if suspended_at == "before":
        suspend(context, first)
    clock.at = round_.bidding_closes_at + AFTER
    close_due(context)
    give(context, round_, named[0], PASSPHRASES[0])
    if suspended_at == "after":
        suspend(context, first)
    give(context, round_, named[1], PASSPHRASES[1])
    close_due(context)

    assert outcome(context, round_)[0] == [(20_000, PRICE + 1)]
    assert prices(context, round_) == [PRICE + 1]
    assert list(result_of(context, round_).result["void"].values()) == ["suspended"]
    assert str(PRICE) not in str(result_of(context, round_).result)


def suspend(context, actor):
    with context.database.write() as tx:
        organisation = people.organisation(tx, actor.organisation_id)
        people.change_organisation(tx, replace(organisation, standing=Standing.SUSPENDED))


def test_a_round_called_off_during_the_ceremony_stays_sealed(context, facilitator, round_, named):
    give(context, round_, named[0], PASSPHRASES[0])

    cancel_round(context, facilitator, request_id="c", round_id=round_.id, reason="試験")

    with pytest.raises(PhaseRefused, match="opening_over"):
        give(context, round_, named[1], PASSPHRASES[1])
    with context.database.read() as tx:
        shares = openers.shares(tx, round_.id).values()
    assert {(share.ciphertext, share.given) for share in shares} == {(None, None)}
    assert close_due(context) == []


def test_an_opener_who_has_left_the_club_gives_nothing(context, round_, named):
    with context.database.write() as tx:
        person = people.person(tx, named[0].person_id)
        people.change_person(tx, replace(person, is_active=False))

    with pytest.raises(Exception, match="not_allowed"):
        give(context, round_, named[0], PASSPHRASES[0])


@pytest.mark.parametrize("file_of", [public_file, full_file])
def test_the_record_of_a_round_that_openers_opened_verifies(
    context, facilitator, round_, named, file_of
):
    for place in (1, 2):
        give(context, round_, named[place], PASSPHRASES[place])
    close_due(context)

    file = file_of(context, facilitator, round_.id)
    record, _ = read_file(file)
    checked = [finding.subject for finding in verify(record) if finding.is_checked]

    assert {"chain", "terms", "draws", "envelopes"} <= set(checked)
    shown = {entry.kind for entry in record.chain}
    assert {"round.sealed", "round.unsealed"} <= shown
    for changed in with_one_bit_changed(file, 1_000):
        with pytest.raises((Refuted, Malformed)):
            read_file(changed)


def test_a_record_with_another_key_than_the_one_dealt_does_not_verify(
    context, facilitator, round_, named
):
    for place in (1, 2):
        give(context, round_, named[place], PASSPHRASES[place])
    close_due(context)
    record, _ = read_file(full_file(context, facilitator, round_.id))
    keys = [replace(key, public_key="00" * 32) for key in record.keys]

    with pytest.raises(Refuted, match="chain_says_otherwise"):
        list(verify(replace(record, keys=tuple(keys))))
