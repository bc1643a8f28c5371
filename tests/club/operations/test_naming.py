"""Naming who can open a round, and their passphrases, on both databases."""

from dataclasses import replace

import pytest

from club.domain.auction_terms import AuctionTerms
from club.domain.errors import InputRefused, NotAllowed, NotFound, PhaseRefused
from club.domain.notices import NoticeKind
from club.domain.organisations import Kind, Standing
from club.domain.rounds import Phase
from club.operations.locking import set_passphrase, suggest_passphrase
from club.operations.naming import name_openers
from club.operations.opening import cancel_round, edit_auction, edit_round, open_round
from club.store import journal, openers, people, rounds
from tests.builders import colleague, join, move
from tests.ceremonies import (
    PASSPHRASES,
    drafted,
    name,
    opened,
    set_one,
    terms,
    three,
)
from tests.cleared import told
from tests.markets import invite, pledging_round, round_terms

GOOD = PASSPHRASES[0]


def named(context, round_):
    with context.database.read() as tx:
        return [opener.person_id for opener in openers.of_round(tx, round_.id)]


def keys(context, round_):
    with context.database.read() as tx:
        return openers.keys(tx, round_.id)


def links(context, round_):
    with context.database.read() as tx:
        return journal.links(tx, round_.id)


def refused(code, kind=InputRefused):
    return pytest.raises(kind, match=code)


def test_openers_are_named_in_order_each_once_and_may_be_replaced(context, facilitator):
    first, second, third = three(context, facilitator)
    round_ = drafted(context, facilitator)

    name(context, facilitator, round_, [first, second, first])
    before = named(context, round_)
    name(context, facilitator, round_, [third, first])

    assert before == [first.person_id, second.person_id]
    assert named(context, round_) == [third.person_id, first.person_id]
    with context.database.read() as tx:
        assert [opener.place for opener in openers.of_round(tx, round_.id)] == [1, 2]
    assert links(context, round_)[-1].facts == {
        "id": round_.id,
        "openers": [third.person_id, first.person_id],
        "needed": 2,
    }


@pytest.mark.parametrize("count", [0, 1, 21])
def test_there_are_as_many_as_are_needed_and_twenty_at_most(context, facilitator, count):
    round_ = drafted(context, facilitator)
    people_of_one = [colleague(context, facilitator) for _ in range(count)]

    with refused("openers_miscounted"):
        name(context, facilitator, round_, people_of_one)


def test_who_sells_is_kin_of_a_seller_or_is_not_there_is_no_opener(context, facilitator):
    member, other = join(context), join(context)
    seller = join(context, Kind.SUPPLIER)
    kin = join(context, affiliated_with=seller.organisation_id)
    suspended = join(context, standing=Standing.SUSPENDED)
    gone = join(context)
    with context.database.write() as tx:
        people.change_person(tx, replace(people.person(tx, gone.person_id), is_active=False))
    round_ = drafted(context, facilitator)
    invite(context, facilitator, round_, seller)

    for actor in (seller, kin, suspended, gone):
        with refused("not_an_opener"):
            name(context, facilitator, round_, [member, other, actor])
    assert named(context, round_) == []


def test_kin_of_a_supplier_that_is_not_invited_may_open(context, facilitator):
    seller = join(context, Kind.SUPPLIER)
    kin = join(context, affiliated_with=seller.organisation_id)
    round_ = drafted(context, facilitator)

    name(context, facilitator, round_, [kin, facilitator])

    assert named(context, round_) == [kin.person_id, facilitator.person_id]


def test_only_a_facilitator_names_and_only_where_openers_open(context, facilitator):
    member = join(context)
    ids = [member.person_id, facilitator.person_id]
    sealed, plain = drafted(context, facilitator), pledging_round(context, facilitator)

    with pytest.raises(NotAllowed):
        name_openers(context, member, request_id="n", round_id=sealed.id, person_ids=ids)
    with refused("not_without_openers"):
        name_openers(context, facilitator, request_id="n", round_id=plain.id, person_ids=ids)


def test_a_round_is_not_opened_before_its_openers_are_named(context, facilitator):
    round_ = drafted(context, facilitator)

    with refused("openers_miscounted"):
        open_round(context, facilitator, request_id="o", round_id=round_.id)


def test_a_draft_that_loses_its_openers_forgets_them(context, facilitator):
    by_terms, by_auction = drafted(context, facilitator), drafted(context, facilitator)
    for round_ in (by_terms, by_auction):
        name(context, facilitator, round_, three(context, facilitator))
    edit = {"context": context, "actor": facilitator}

    plain = round_terms(auction=AuctionTerms())
    edit_round(**edit, request_id="e1", round_id=by_terms.id, terms=plain)
    edit_auction(
        **edit,
        request_id="e2",
        round_id=by_auction.id,
        seen=by_auction.auction,
        auction=AuctionTerms(),
    )

    assert (named(context, by_terms), named(context, by_auction)) == ([], [])


def test_a_draft_that_needs_more_openers_than_are_named_is_not_opened(context, facilitator):
    round_ = drafted(context, facilitator)
    name(context, facilitator, round_, three(context, facilitator))
    edit_round(
        context,
        facilitator,
        request_id="e",
        round_id=round_.id,
        terms=round_terms(auction=terms(needed=4)),
    )

    with refused("openers_miscounted"):
        open_round(context, facilitator, request_id="o", round_id=round_.id)


def test_openers_hear_of_it_when_the_round_opens_and_when_they_are_replaced(context, facilitator):
    first, second, third = join(context), join(context), join(context)
    round_ = drafted(context, facilitator)
    name(context, facilitator, round_, [first, second])
    while_drafted = told(context, first)
    open_round(context, facilitator, request_id="o", round_id=round_.id)
    name(context, facilitator, round_, [first, third])

    assert while_drafted == set()
    assert NoticeKind.OPENER_NAMED in told(context, first)
    assert NoticeKind.OPENER_RELEASED in told(context, second)
    assert NoticeKind.OPENER_NAMED in told(context, third)


def test_who_stays_keeps_the_passphrase_and_who_goes_loses_it(context, facilitator):
    first, second, third = three(context, facilitator)
    round_ = opened(context, facilitator, [first, second])
    set_one(context, round_, first, GOOD)
    set_one(context, round_, second, PASSPHRASES[1])

    name(context, facilitator, round_, [third, first])

    assert keys(context, round_).keys() == {first.person_id}


@pytest.mark.parametrize("phase", [Phase.BIDDING, Phase.CLEARING, Phase.SETTLING])
def test_once_bidding_is_open_neither_openers_nor_passphrases_change(context, facilitator, phase):
    named_ = three(context, facilitator)
    round_ = opened(context, facilitator, named_)
    move(context, round_, phase)

    with pytest.raises(PhaseRefused, match="wrong_phase"):
        name(context, facilitator, round_, named_)
    with pytest.raises(PhaseRefused, match="passphrase_fixed"):
        set_one(context, round_, named_[0], GOOD)


def test_a_passphrase_is_in_nothing_that_is_stored(context, facilitator):
    named_ = three(context, facilitator)
    round_ = opened(context, facilitator, named_)

    set_one(context, round_, named_[0], GOOD)

    key = keys(context, round_)[named_[0].person_id]
    assert (key.passes, key.memory_kib) == (
        context.passphrase_work.passes,
        context.passphrase_work.memory_kib,
    )
    assert len({key.public_key, key.locked, key.salt, key.nonce}) == 4
    last = links(context, round_)[-1]
    assert (last.kind, last.made_by) == ("passphrase.set", named_[0].person_id)
    assert last.facts == {"id": named_[0].person_id, "public_key": key.public_key.hex()}


def test_a_passphrase_may_be_changed_and_the_same_request_changes_it_once(context, facilitator):
    named_ = three(context, facilitator)
    round_ = opened(context, facilitator, named_)
    ask = {"round_id": round_.id, "passphrase": GOOD, "again": GOOD}
    set_passphrase(context, named_[0], request_id="s1", **ask)
    first = keys(context, round_)[named_[0].person_id]
    set_passphrase(context, named_[0], request_id="s1", **ask)
    same = keys(context, round_)[named_[0].person_id]
    set_passphrase(context, named_[0], request_id="s2", **ask)

    assert same == first
    assert keys(context, round_)[named_[0].person_id].public_key != first.public_key


@pytest.mark.parametrize(
    ("passphrase", "again", "code"),
    [
        ("", "", "missing"),
        ("twelve chars", "twelve chars", "passphrase_too_weak"),
        ("試験ラウンド 試験ラウンド Test round 試験", "", "passphrase_too_weak"),
        ("x" * 201, "x" * 201, "too_long"),
        (GOOD, GOOD + "。", "passphrases_differ"),
    ],
)
def test_a_poor_passphrase_is_refused_and_nothing_is_kept(
    context, facilitator, passphrase, again, code
):
    named_ = three(context, facilitator)
    round_ = opened(context, facilitator, named_)

    with refused(code):
        set_passphrase(
            context,
            named_[0],
            request_id="s",
            round_id=round_.id,
            passphrase=passphrase,
            again=again,
        )
    assert keys(context, round_) == {}


def test_others_find_nothing_to_set_and_openers_nothing_before_the_round_opens(
    context, facilitator
):
    named_ = three(context, facilitator)
    draft = drafted(context, facilitator)
    name(context, facilitator, draft, named_)
    round_ = opened(context, facilitator, named_)

    for actor, where in ((join(context), round_), (named_[0], draft)):
        with pytest.raises(NotFound):
            set_one(context, where, actor, GOOD)


def test_a_suggested_passphrase_is_another_each_time_and_may_be_set(context, facilitator):
    named_ = three(context, facilitator)
    round_ = opened(context, facilitator, named_)

    suggested = [suggest_passphrase(context, named_[0], round_.id) for _ in range(3)]
    set_one(context, round_, named_[0], suggested[0])

    assert len(set(suggested)) == 3
    assert keys(context, round_).keys() == {named_[0].person_id}


def test_no_key_is_made_before_bidding_opens(context, facilitator):
    round_ = opened(context, facilitator, three(context, facilitator))

    with context.database.read() as tx:
        assert rounds.key(tx, round_.id) is None
    assert list(context.keys.folder.glob("round-*")) == []


def test_a_cancelled_round_tells_its_openers_of_the_office(context, facilitator):
    round_ = opened(context, facilitator, three(context, facilitator))

    cancel_round(context, facilitator, request_id="c", round_id=round_.id, reason="試験")

    assert NoticeKind.ROUND_CANCELLED in told(context, facilitator)
