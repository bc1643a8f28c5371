"""The demonstration's files."""

import pytest
from pydantic import ValidationError

from club.demo import files
from club.demo.files import ClubFile, PersonaPage, read
from club.domain.organisations import Kind


def test_an_unknown_key_is_refused(tmp_path):
    path = tmp_path / "persona.yaml"
    path.write_text("{role: buyer, email: a@b.example, nick: x}", "utf-8")

    with pytest.raises(ValidationError, match="nick"):
        read(path, PersonaPage)


def test_a_wrong_kind_of_value_is_refused(tmp_path):
    path = tmp_path / "persona.yaml"
    path.write_text("{role: 1, email: a@b.example}", "utf-8")

    with pytest.raises(ValidationError, match="role"):
        read(path, PersonaPage)


def test_every_name_says_that_it_is_invented_in_both_languages():
    club: ClubFile = files.club_file()
    games = files.games_file()
    names = [(o.name_ja, o.name_en) for o in (club.operator, *club.organisations, games.operator)]
    names += [(game.name_ja, game.name_en) for game in games.games]
    names += [(supply.supplier_ja, supply.supplier_en) for supply in games.supplies]

    assert all(ja.startswith("（架空）") and en.endswith("(invented)") for ja, en in names)


def test_every_address_is_one_that_cannot_exist():
    club = files.club_file()
    people = [person for o in (club.operator, *club.organisations) for person in o.people]

    assert all(person.email.endswith(".example") for person in people)
    assert len({person.email for person in people}) == len(people)
    assert {page.email for page in club.personas} <= {person.email for person in people}


def test_every_key_that_is_named_is_there():
    club, projects, rounds = files.club_file(), files.projects_file(), files.rounds_file()
    of_kind = {kind: {o.key for o in club.organisations if o.kind is kind} for kind in Kind}
    lots = {lot.key for lot in rounds.lots}

    assert {p.source for p in projects.projects} == set(projects.sources)
    assert {lot.project for lot in rounds.lots} == {p.key for p in projects.projects}
    assert {lot.supplier for lot in rounds.lots} <= of_kind[Kind.SUPPLIER]
    for round_ in rounds.rounds:
        assert {pledge.member for pledge in round_.pledges} <= of_kind[Kind.MEMBER]
        assert {offer.lot for offer in round_.offers} <= lots


def test_what_is_invented_of_a_retirement_says_so():
    rounds = files.rounds_file()
    units = [u for r in rounds.rounds if r.ending for u in r.ending.units]
    serials = [u.serials for u in units] + [s.serials for s in files.games_file().supplies]

    assert all(text.startswith("DEMO-") for text in serials)
    assert all("invented" in u.reference for u in units)


def test_no_pledge_of_the_closed_round_is_left_out_by_its_limit():
    [closed] = [page for page in files.rounds_file().rounds if page.ending]
    dearest = max(offer.price_per_t for offer in closed.offers)

    assert all(p.limit_per_t is None or p.limit_per_t >= dearest for p in closed.pledges)
