"""The full record of a cleared round, put together from what the club has kept of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from auctions import merkle, sealing
from auctions.chain import Link
from auctions.formats.entrants import Entrant
from auctions.formats.history import Line
from auctions.offers import Claim, Lot, Offer
from auctions.record import plain
from auctions.recording import members
from auctions.recording import values as recorded
from auctions.recording.cut_offs import cut_offs
from auctions.recording.values import Record
from auctions.rereading import reread
from auctions.results import Clearing
from auctions.sharing import mixed
from club.domain.lots import Project
from club.domain.offers import Envelope, EnvelopeState
from club.domain.organisations import Organisation
from club.domain.rounds import Round

ENDS = frozenset({"round.cleared", "round.failed"})
"""The kinds of entry with which the record's part of a round's chain ends."""
CURRENCY = "JPY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is kept of a cleared round, as the store and the keyring hold it."""

    round_: Round
    club_ja: str
    club_en: str
    inputs: Mapping[str, Any]
    inputs_hash: str
    document: Mapping[str, Any]
    """The engine's own, with everybody's kilograms of each award."""
    result_hash: str
    opened: Sequence[Mapping[str, Any]]
    void: Mapping[str, str]
    envelopes: Sequence[Envelope]
    """All that were ever received, whatever became of them."""
    projects_of_lots: Mapping[str, str]
    links: Sequence[Link]
    suppliers: Sequence[Organisation]
    """Those that won."""
    projects: Sequence[Project]
    """Those that something was bought of."""
    secret_hash: str
    secret: str
    public_keys: Mapping[str, tuple[str, str]]
    """Algorithm and key in hex, by what it is for."""
    events: Sequence[Line] = ()
    entrants: Sequence[Entrant] = ()
    """Of a live auction, with all that happened in it."""
    salt: Callable[[str], str]
    """Salts a member's row, or one that stands for nobody; nobody else can."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What was cleared, and what came out, as the engine's own values."""

    claims: tuple[Claim, ...]
    lots: tuple[Lot, ...]
    offers: tuple[Offer, ...]
    clearing: Clearing
    ceiling_per_t: int
    seed: bytes


def full_record(source: Source) -> Record:
    """Put the whole record together; what the engine wrote is read back strictly, or refused."""
    book = _book(source)
    salts = {claim.id: source.salt(claim.id) for claim in book.claims}
    rows = members.rows_of(book.claims, book.clearing, book.seed, salts)
    count = members.fillers_needed(len(rows))
    fillers = sorted(source.salt(f" nobody {number}") for number in range(count))
    leaves = members.leaves_of(rows, fillers)
    chain = _chain(source.links)
    return Record(
        about=_about(source, book, chain[-1], leaves),
        inputs=tuple(
            recorded.Input(name=name, value=source.inputs[name])
            for name in sorted(source.inputs)
            if name not in {"claims", "envelopes"}
        ),
        keys=tuple(
            recorded.Key(name=name, algorithm=algorithm, public_key=public_key)
            for name, (algorithm, public_key) in sorted(source.public_keys.items())
        ),
        chain_heads=tuple(_heads(source.round_.id, chain[-1])),
        chain=tuple(_entry(link) for link in chain),
        commitments=tuple(_commitments(source)),
        suppliers=tuple(
            recorded.Supplier(id=each.id, name_ja=each.name_ja, name_en=each.name_en)
            for each in sorted(source.suppliers, key=lambda each: each.id)
        ),
        projects=tuple(
            _project(each) for each in sorted(source.projects, key=lambda each: each.id)
        ),
        lots=book.lots,
        offers=book.offers,
        entrants=tuple(sorted(source.entrants, key=lambda each: each.lot)),
        events=tuple(source.events),
        demand=tuple(recorded.demand_steps(_standing(book), book.ceiling_per_t)),
        passes=tuple(_passes(book.clearing)),
        tried=tuple(
            recorded.TriedRow(pass_number=number, tried=tried)
            for number, run in enumerate(book.clearing.passes, 1)
            for tried in run.tried
        ),
        cleared=_cleared(book.clearing),
        awards=book.clearing.awards,
        cut_offs=cut_offs(book.claims, book.clearing, book.seed),
        members=tuple(rows),
        mix_prices=tuple(_mix_prices(book)),
        fillers=tuple(recorded.Filler(salt=salt) for salt in fillers),
    )


def _book(source: Source) -> _Book:
    inputs, clearing = reread(source.document)
    secret, closing_hash = bytes.fromhex(source.secret), bytes.fromhex(source.inputs_hash)
    return _Book(
        claims=inputs.claims,
        lots=inputs.lots,
        offers=inputs.offers,
        clearing=clearing,
        ceiling_per_t=inputs.ceiling_per_t,
        seed=sealing.draw_seed(secret, closing_hash),
    )


def _about(source: Source, book: _Book, end: Link, leaves: Sequence[bytes]) -> recorded.About:
    return recorded.About(
        format=recorded.FORMAT,
        kind="full",
        round=source.round_.id,
        name_ja=source.round_.name_ja,
        name_en=source.round_.name_en,
        club_ja=source.club_ja,
        club_en=source.club_en,
        is_invented=source.round_.is_invented,
        currency=CURRENCY,
        cleared_at=end.made_at.isoformat(timespec="microseconds"),
        inputs_hash=source.inputs_hash,
        result_hash=source.result_hash,
        secret_hash=source.secret_hash,
        secret=source.secret,
        seed=book.seed.hex(),
        tree_root=merkle.root(leaves).hex(),
        tree_size=len(leaves),
    )


def _chain(links: Sequence[Link]) -> Sequence[Link]:
    """The round's chain from its first entry to the clearing; what comes later is no part of it."""
    end = next(place for place, link in enumerate(links) if link.kind in ENDS)
    return links[: end + 1]


def _entry(link: Link) -> recorded.Entry:
    return recorded.Entry(
        number=link.number,
        kind=link.kind,
        made_at=link.made_at.isoformat(timespec="microseconds"),
        made_by=link.made_by,
        facts=plain(link.facts),
        previous=link.previous,
        hash=link.hash,
    )


def _heads(round_id: str, end: Link) -> Iterator[recorded.ChainHead]:
    """Where the chains stood: the club's own is told by the entry that ends the round's."""
    club = end.facts.get("club_head")
    if isinstance(club, dict):
        yield recorded.ChainHead(chain="club", number=club["number"], hash=club["hash"])
    yield recorded.ChainHead(chain=round_id, number=end.number, hash=end.hash)


def _commitments(source: Source) -> Iterator[recorded.Commitment]:
    inside = {row["id"]: row for row in source.opened}
    frozen = {row["id"]: row for row in source.inputs["envelopes"]}
    for envelope in sorted(source.envelopes, key=lambda envelope: envelope.sequence):
        found = inside.get(envelope.id)
        yield recorded.Commitment(
            id=envelope.id,
            sequence=envelope.sequence,
            received_at=envelope.received_at.isoformat(timespec="microseconds"),
            commitment=envelope.commitment,
            ciphertext_hash=sha256(envelope.ciphertext).hexdigest(),
            state=_state(envelope, source.void),
            void=source.void.get(envelope.id),
            supplier=envelope.supplier_id,
            is_supplier_approved=frozen.get(envelope.id, {}).get("is_supplier_approved"),
            lot=envelope.lot_id,
            project=source.projects_of_lots[envelope.lot_id],
            quantity_bound_kg=envelope.quantity_bound_kg,
            more=_more(frozen[envelope.id]) if envelope.id in frozen else None,
            nonce=found["nonce"] if found else None,
            facts=found["facts"] if found else None,
        )


def _more(frozen: Mapping[str, Any]) -> dict[str, Any]:
    """What was frozen of an envelope and has no column of its own."""
    return {name: cell for name, cell in frozen.items() if name not in recorded.FROZEN}


def _state(envelope: Envelope, void: Mapping[str, str]) -> Any:
    """Opened, void, replaced or withdrawn."""
    if envelope.state is EnvelopeState.OPENED and envelope.id in void:
        return "void"
    return envelope.state.value


def _project(project: Project) -> recorded.Project:
    return recorded.Project(
        id=project.id,
        name_ja=project.name_ja,
        name_en=project.name_en,
        programme=project.programme,
        registry_number=project.registry_number,
        country=project.country,
    )


def _standing(book: _Book) -> list[Claim]:
    """The claims that are there in the last pass."""
    left = set(book.clearing.left)
    return [claim for claim in book.claims if claim.id not in left]


def _passes(clearing: Clearing) -> Iterator[recorded.PassRow]:
    for number, run in enumerate(clearing.passes, 1):
        yield recorded.PassRow(
            number=number,
            limit_per_t=run.limit_per_t,
            bought_kg=run.bought_kg,
            effective_cost=run.effective_cost,
            yielded=run.yielded,
            has_left=run.left is not None,
            left=run.left,
            left_minimum_kg=run.left_minimum_kg,
            left_quota=run.left_quota,
        )


def _mix_prices(book: _Book) -> Iterator[recorded.MixPrice]:
    """Mix again what was mixed when the round was cleared, now for the prices that prove it."""
    clearing = book.clearing
    won = {award.offer: award.quantity_kg for award in clearing.awards}
    if not won:
        return
    mix = mixed(clearing.totals_kg, won, book.seed)
    if mix.by_id() != clearing.shares:
        raise ValueError("mixed again, the members get other kilograms of the awards")
    for award in clearing.awards:
        price = Fraction(mix.prices[award.offer], clearing.bought_kg)
        yield recorded.MixPrice(offer=award.offer, price=price)


def _cleared(clearing: Clearing) -> recorded.Cleared:
    return recorded.Cleared(
        pricing=clearing.pricing,
        sharing=clearing.sharing,
        limit_per_t=clearing.limit_per_t,
        demand_kg=clearing.demand_kg,
        companies=len(clearing.participants),
        bought_kg=clearing.bought_kg,
        wanted_kg=clearing.wanted_kg,
        effective_cost=clearing.effective_cost,
        member_price_per_t=clearing.member_price_per_t,
        value=clearing.value,
        flags=clearing.flags,
    )
