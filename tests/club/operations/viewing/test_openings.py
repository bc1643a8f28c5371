"""What is seen of an opening, and by whom, on both databases."""

import pytest

from club.domain.errors import NotAllowed, NotFound
from club.domain.organisations import Kind, Role
from club.operations.closing import close_due
from club.operations.viewing.desk import desk
from club.operations.viewing.openings import Stage, candidates, ceremony, opened_by
from club.operations.viewing.running import running
from tests.builders import colleague, join
from tests.ceremonies import (
    PASSPHRASES,
    bidding,
    closed,
    drafted,
    give,
    name,
    opened,
    set_all,
    three,
)
from tests.markets import AFTER, invite, pledging_round


@pytest.fixture
def named(context, facilitator):
    return three(context, facilitator)


def test_a_draft_is_the_offices_and_its_openers_find_it_once_it_is_open(
    context, facilitator, named
):
    draft = drafted(context, facilitator)
    name(context, facilitator, draft, named)
    round_ = opened(context, facilitator, named)

    assert ceremony(context, facilitator, draft.id).stage is Stage.NAMING
    with pytest.raises(NotFound):
        ceremony(context, named[0], draft.id)
    assert ceremony(context, named[0], round_.id).stage is Stage.SETTING


def test_it_shows_who_is_ready_and_who_has_come(context, clock, facilitator, named):
    setting = opened(context, facilitator, named)
    set_all(context, setting, named[:1])
    ready = ceremony(context, named[1], setting.id)
    round_ = closed(context, clock, facilitator, named)
    give(context, round_, named[2], PASSPHRASES[2])
    come = ceremony(context, named[1], round_.id)

    assert [row.is_ready for row in ready.openers] == [True, False, False]
    assert [row.is_me for row in ready.openers] == [False, True, False]
    assert (come.stage, come.given, come.needed) == (Stage.OPENING, 1, 2)
    assert [row.given_at is not None for row in come.openers] == [False, False, True]
    assert come.ends_at == come.waits_until


def test_the_stages_follow_the_round(context, clock, facilitator, named):
    round_, _ = bidding(context, clock, facilitator, named)
    stages = [ceremony(context, facilitator, round_.id).stage]
    clock.at = round_.bidding_closes_at + AFTER
    close_due(context)
    for place in range(2):
        stages.append(ceremony(context, facilitator, round_.id).stage)
        give(context, round_, named[place], PASSPHRASES[place])
    stages.append(ceremony(context, facilitator, round_.id).stage)
    close_due(context)
    stages.append(ceremony(context, facilitator, round_.id).stage)

    assert stages == [Stage.SEALED, Stage.OPENING, Stage.OPENING, Stage.COMPUTING, Stage.OVER]


def test_there_is_none_for_others_nor_where_the_server_opens(context, facilitator, named):
    round_, plain = opened(context, facilitator, named), pledging_round(context, facilitator)

    for actor, id in ((join(context), round_.id), (facilitator, plain.id)):
        with pytest.raises(NotFound):
            ceremony(context, actor, id)
    assert opened_by(context, join(context), plain.id) is None


def test_everybody_may_know_how_many_open_and_whose_people_they_are(context, facilitator, named):
    round_ = opened(context, facilitator, [*named, colleague(context, named[0])])
    seller = join(context, Kind.SUPPLIER)
    invite(context, facilitator, round_, seller)

    found = opened_by(context, seller, round_.id)

    assert (found.needed, found.openers) == (2, 4)
    assert [o.id for o in found.organisations] == [actor.organisation_id for actor in named]


def test_who_may_be_named_is_proposed_the_office_first(context, facilitator, named):
    seller = join(context, Kind.SUPPLIER)
    kin = join(context, affiliated_with=seller.organisation_id)
    draft = drafted(context, facilitator)
    invite(context, facilitator, draft, seller)

    found = [one.person.id for one in candidates(context, facilitator, draft.id)]

    assert found[0] == facilitator.person_id
    assert {actor.person_id for actor in named} <= set(found)
    assert not {seller.person_id, kin.person_id} & set(found)
    with pytest.raises(NotAllowed):
        candidates(context, colleague(context, facilitator, Role.AUDITOR), draft.id)


def test_a_key_is_missing_only_once_a_share_is_kept_that_this_host_cannot_read(
    context, clock, facilitator, named
):
    round_ = closed(context, clock, facilitator, named)
    before = desk(context, facilitator, round_.id).has_key
    give(context, round_, named[0], PASSPHRASES[0])
    here = desk(context, facilitator, round_.id).has_key, running(context, facilitator).missing_keys
    (context.keys.folder / "openings").unlink()

    assert before
    assert here == (True, ())
    assert not desk(context, facilitator, round_.id).has_key
    assert running(context, facilitator).missing_keys == (round_.id,)
