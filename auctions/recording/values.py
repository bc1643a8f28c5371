"""What the record of a round holds: one frozen value a table, the same for both kinds of record.

The public record leaves out, or leaves empty, what is nobody else's business: the members' rows,
who left, what losing suppliers could be known by. The full one, for auditors, holds everything.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from auctions.curves import limit_of
from auctions.formats.entrants import Entrant
from auctions.formats.history import Line
from auctions.offers import Claim, Lot, Offer
from auctions.recording.cut_offs import CutOff
from auctions.recording.members import Row
from auctions.results import Award, Flag, Tried, Yield

FORMAT = "tomoe/record/1"
Kind = Literal["public", "full"]
FROZEN = (
    "id",
    "lot",
    "project",
    "supplier",
    "is_supplier_approved",
    "sequence",
    "quantity_bound_kg",
    "commitment",
    "ciphertext_hash",
    "received_at",
)
"""What was frozen of every envelope, under the names of its columns here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which record this is, and the few facts that all the rest hangs on; hashes in hex."""

    format: str
    kind: Kind
    round: str
    name_ja: str
    name_en: str
    club_ja: str
    club_en: str
    is_invented: bool
    currency: str
    cleared_at: str
    inputs_hash: str
    """Over everything the outcome depends on, frozen when bidding closed."""
    result_hash: str
    secret_hash: str
    """Published when the round opened or, where openers sealed it, when bidding did."""
    secret: str
    seed: str
    """Of all draws: the hash of the secret and the inputs' hash."""
    tree_root: str
    """Of the members' rows."""
    tree_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One of the frozen inputs that are neither pledges nor envelopes."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    name: str
    algorithm: str
    public_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """Where an audit chain stood when the round was cleared."""

    chain: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the round's audit chain; of one that is withheld only the hashes are here."""

    number: int
    kind: str | None
    made_at: str | None
    made_by: str | None
    facts: Mapping[str, Any] | None
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A sealed envelope, and what was found inside. What could tell who a losing supplier is
    stands in the full record only: there `nonce` and `facts` open the commitment."""

    id: str
    sequence: int
    received_at: str
    commitment: str
    ciphertext_hash: str
    state: Literal["opened", "void", "replaced", "withdrawn"]
    void: str | None
    supplier: str
    is_supplier_approved: bool | None
    lot: str
    project: str
    quantity_bound_kg: int | None
    more: Mapping[str, Any] | None
    """What else was frozen of it when bidding closed, such as the lot's attributes."""
    nonce: str | None
    facts: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """A supplier that won."""

    id: str
    name_ja: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project that something was bought of."""

    id: str
    name_ja: str
    name_en: str
    programme: str
    registry_number: str | None
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandStep:
    """Kilograms wanted at a price or above it, and by how many companies."""

    limit_per_t: int
    demand_kg: int
    companies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRow:
    """One run over all limits; who had to leave after it stands in the full record only."""

    number: int
    limit_per_t: int | None
    bought_kg: int
    effective_cost: Fraction
    yielded: tuple[Yield, ...]
    has_left: bool
    left: str | None
    left_minimum_kg: int | None
    left_quota: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedRow:
    """One limit in one pass; its fields stand as columns of their own."""

    pass_number: int
    tried: Tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What the clearing came to. In the public record limit, demand and companies are empty where
    fewer than five companies take part."""

    pricing: str
    sharing: str
    limit_per_t: int | None
    demand_kg: int | None
    companies: int | None
    bought_kg: int
    wanted_kg: int | None
    effective_cost: Fraction
    member_price_per_t: Fraction | None
    value: int
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MixPrice:
    """A winning offer's price in the mix of offers, in kilograms: each member is rounded up where
    its fraction less the price is largest, which proves that no mix is fairer."""

    offer: str
    price: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """A row of the tree that stands for nobody."""

    salt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A whole record. Rows stand in their own order: entries, envelopes and awards as they came,
    limits from the highest, all others by id."""

    about: About
    inputs: tuple[Input, ...]
    keys: tuple[Key, ...]
    chain_heads: tuple[ChainHead, ...]
    chain: tuple[Entry, ...]
    commitments: tuple[Commitment, ...]
    suppliers: tuple[Supplier, ...]
    projects: tuple[Project, ...]
    lots: tuple[Lot, ...]
    offers: tuple[Offer, ...]
    entrants: tuple[Entrant, ...]
    """The lots that were bid for in a live auction, in the full record only."""
    events: tuple[Line, ...]
    """All that happened in a live auction; a sealed round has none."""
    demand: tuple[DemandStep, ...]
    passes: tuple[PassRow, ...]
    tried: tuple[TriedRow, ...]
    cleared: Cleared
    awards: tuple[Award, ...]
    cut_offs: tuple[CutOff, ...]
    members: tuple[Row, ...]
    """In the full record only, as are the fillers and the prices of the mix."""
    mix_prices: tuple[MixPrice, ...]
    fillers: tuple[Filler, ...]


def demand_steps(claims: Iterable[Claim], ceiling_per_t: int) -> Iterator[DemandStep]:
    """Demand and companies at each limit, the highest first."""
    at_limit: dict[int, list[int]] = {}
    for claim in claims:
        at_limit.setdefault(limit_of(claim, ceiling_per_t), []).append(claim.quantity_kg)
    demand_kg = companies = 0
    for limit in sorted(at_limit, reverse=True):
        demand_kg += sum(at_limit[limit])
        companies += len(at_limit[limit])
        yield DemandStep(limit_per_t=limit, demand_kg=demand_kg, companies=companies)
