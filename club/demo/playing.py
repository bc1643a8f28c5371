"""One whole round without a browser: nine games' tonnes, from the pledges to the certificates.

Clock, keys and chance are fixed, so that it says and writes the same each time, to the byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from auctions.envelopes import one_price
from club import settings
from club.demo import acts, files, report
from club.demo.chance import FixedChance
from club.demo.files import GamesFile, SupplyPage
from club.demo.outcome import Outcome, proofs, read_outcome, require_all, result, write_papers
from club.demo.stage import OPERATOR, Stage, new_people, set_stage
from club.demo.story import CLOSING, ELEVEN, MORNING, TEN, Days
from club.domain.lots import LotTerms, Mechanism, ProjectTerms
from club.domain.organisations import Kind, Role
from club.keyring import Keyring
from club.operations.cataloguing import add_lot, add_project
from club.operations.context import Context
from club.operations.founding import NewPerson, enter_invented, found_invented_club
from club.operations.organising import NewOrganisation
from club.operations.pledging import PledgeTerms
from club.operations.retiring import RetirementTerms
from club.store.database import Database
from club.store.migrating import migrate

ADDRESS = "http://localhost:8501"
"""What the QR codes of the certificates lead to."""
RESULT = "result.json"
OPENS, PLEDGED, PLEDGING_ENDS, OFFERED, BIDDING_ENDS = 0, 1, 10, 11, 20
PAID, DELIVERED, ACCEPTED, RETIRED, CERTIFIED = 40, 45, 46, 50, 51
"""The script, in days."""


def play(folder: Path) -> Iterator[str]:
    """Play the round into a new folder, telling what happens; raises NotProven at the end.

    FileExistsError where the folder is there already: nothing is ever played over.
    """
    folder.mkdir(parents=True)
    context = _context(folder)
    migrate(context.database)
    try:
        script = files.games_file()
        zone = ZoneInfo(context.settings.time_zone)
        days = Days(today=script.starts_on, zone=zone)
        stage = set_stage(context, days.at(OPENS, MORNING))
        lots = _enter_everybody(stage, script)
        round_id = _buy(stage, days, script, lots)
        _settle(stage, days, round_id, _retirements(script, days, lots))
        outcome = read_outcome(stage, round_id)
    finally:
        context.database.dispose()
    yield from report.told(script, outcome)
    yield from _prove(script, outcome, folder)


def _context(folder: Path) -> Context:
    """A club of its own in the folder; nothing of this machine's settings reaches it."""
    chance = FixedChance("one round of nine games")
    own = settings.read({"TOMOE_VAR": str(folder), "TOMOE_BASE_URL": ADDRESS})
    return Context(
        settings=own,
        database=Database(own.database_url),
        keys=Keyring(own.keys_folder, chance, {}),
        random_bytes=chance,
    )


def _enter_everybody(stage: Stage, script: GamesFile) -> dict[str, str]:
    """The office, a buyer for each game, and the two suppliers; their lots' ids by key."""
    office = found_invented_club(
        stage.context,
        name_ja=script.operator.name_ja,
        name_en=script.operator.name_en,
        persons=new_people(script.operator.people),
    )
    stage.enter(OPERATOR, Kind.OPERATOR, office)
    for number, game in enumerate(script.games, start=1):
        member = NewOrganisation(kind=Kind.MEMBER, name_ja=game.name_ja, name_en=game.name_en)
        _enter(stage, _key(number), member, Role.BUYER)
    for supply in script.supplies:
        supplier = NewOrganisation(
            kind=Kind.SUPPLIER, name_ja=supply.supplier_ja, name_en=supply.supplier_en
        )
        _enter(stage, supply.key, supplier, Role.SELLER)
    return {supply.key: _enter_lot(stage, supply, script) for supply in script.supplies}


def _key(number: int) -> str:
    return f"game-{number}"


def _enter(stage: Stage, key: str, new: NewOrganisation, role: Role) -> None:
    person = NewPerson(
        name=new.name_en, email=f"{key}@club.example", language="ja", roles=frozenset({role})
    )
    entered = enter_invented(stage.context, stage.facilitator, new, [person])
    stage.enter(key, new.kind, entered)


def _enter_lot(stage: Stage, supply: SupplyPage, script: GamesFile) -> str:
    seller = stage.actor(supply.key, Role.SELLER)
    terms = ProjectTerms(
        name_ja=supply.project_ja,
        name_en=supply.project_en,
        programme="J-Credit",
        country="JP",
        category=supply.category,
        mechanism=Mechanism.UNSTATED,
        basis=supply.basis,
        source=script.source.title,
        source_read_on=script.source.read_on,
    )
    project = add_project(stage.context, seller, request_id=stage.request(), terms=terms)
    lot = LotTerms(
        project_id=project.id,
        supplier_id=seller.organisation_id,
        quantity_kg=supply.quantity_kg,
        is_invented=True,
    )
    return add_lot(stage.context, seller, request_id=stage.request(), terms=lot).id


def _buy(stage: Stage, days: Days, script: GamesFile, lots: dict[str, str]) -> str:
    """From the opening to the awards; the round's id."""
    stage.clock.put(days.at(OPENS, TEN))
    acts.accept_terms(stage)
    terms = acts.round_terms(
        script.round,
        opens_at=days.at(OPENS, ELEVEN),
        pledging_closes_at=days.at(PLEDGING_ENDS, CLOSING),
        bidding_closes_at=days.at(BIDDING_ENDS, CLOSING),
    )
    round_id = acts.open_round(stage, terms, [supply.key for supply in script.supplies]).id
    stage.clock.put(days.at(PLEDGED, TEN))
    for number, game in enumerate(script.games, start=1):
        pledge = PledgeTerms(quantity_kg=game.quantity_kg, limit_per_t=None, minimum_kg=0)
        acts.pledge(stage, _key(number), round_id, pledge)
    stage.clock.put(days.at(PLEDGING_ENDS, CLOSING))
    acts.close_pledging(stage, round_id)
    stage.clock.put(days.at(OFFERED, TEN))
    for supply in script.supplies:
        offer = one_price(
            quantity_kg=supply.quantity_kg, price_per_t=supply.price_per_t, minimum_kg=0
        )
        acts.offer(stage, supply.key, round_id, lot_id=lots[supply.key], offer_terms=offer)
    stage.clock.put(days.at(BIDDING_ENDS, CLOSING))
    acts.clear(stage, round_id)
    return round_id


def _retirements(script: GamesFile, days: Days, lots: dict[str, str]) -> dict[str, RetirementTerms]:
    """What the registry's record will say of each lot's units; invented, and says so."""
    return {
        lots[supply.key]: RetirementTerms(
            serials=supply.serials,
            retired_on=days.on(RETIRED),
            registry_reference=f"DEMO-{supply.key.upper()}（架空・invented）",
            beneficiary=f"{script.operator.name_ja} / {script.operator.name_en}",
            purpose_ja=script.round.purpose_ja,
            purpose_en=script.round.purpose_en,
        )
        for supply in script.supplies
    }


def _settle(
    stage: Stage, days: Days, round_id: str, terms_by_lot: dict[str, RetirementTerms]
) -> None:
    """From the invoices to the certificates."""
    serials = {lot_id: terms.serials for lot_id, terms in terms_by_lot.items()}
    stage.clock.put(days.at(PAID, TEN))
    acts.pay(stage, round_id)
    stage.clock.put(days.at(DELIVERED, TEN))
    acts.deliver(stage, round_id, serials)
    stage.clock.put(days.at(ACCEPTED, TEN))
    acts.accept(stage, round_id)
    stage.clock.put(days.at(RETIRED, TEN))
    acts.retire(stage, round_id, terms_by_lot)
    stage.clock.put(days.at(CERTIFIED, TEN))
    acts.certify(stage, round_id)


def _prove(script: GamesFile, outcome: Outcome, folder: Path) -> Iterator[str]:
    """Write everything, say what was written, and that nothing was lost."""
    pledges = [game.model_dump() for game in script.games]
    all_proofs = list(proofs(outcome, sum(game.quantity_kg for game in script.games)))
    written = write_papers(outcome, folder)
    content = result(outcome, pledges, all_proofs)
    digest = hashlib.sha256(content).hexdigest()
    (folder / RESULT).write_bytes(content)
    (folder / f"{RESULT}.sha256").write_text(f"{digest}  {RESULT}\n", "ascii")
    yield from report.papers(folder, written)
    yield f"  {RESULT}  SHA-256 {digest}"
    yield from report.proven(all_proofs)
    require_all(all_proofs)
