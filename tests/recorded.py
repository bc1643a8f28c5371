"""Records of rounds that were cleared without a database: pledges and offers in, a record out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from auctions import sealing
from auctions.chain import GENESIS, Link, digest
from auctions.envelopes import one_price, sealed_facts
from auctions.record import document_hash
from auctions.recording.members import salt_of
from auctions.recording.values import Record
from auctions.rules import Value
from club.domain.lots import Basis, Category, Mechanism, Project
from club.domain.offers import Envelope, EnvelopeState
from club.domain.organisations import Kind, Organisation, Standing
from club.domain.records import Source, full_record
from club.domain.rounds import Phase, Round
from club.operations.computing import Task, compute
from tests.builders import NOON

SIGNING_KEY = b"a key that signs tested records!"
SECRET = b"s" * 32
PAIR = sealing.round_keys(b"k" * 32)
CEILING = 10_000
PLEDGES: list[tuple[int, int | None, int]] = [
    (30_000, None, 0),
    (20_000, 6_000, 0),
    (17_000, 6_000, 0),
    (11_000, 6_000, 500),
    (9_001, 5_500, 0),
    (8_000, 5_200, 0),
    (40_000, None, 39_999),
]
OFFERS = [(45_000, 4_001, 0), (45_000, 5_000, 0), (50_000, 9_000, 0), (21_000, 9_500, 0)]


def a_record(
    pledged: Sequence[tuple[int, int | None, int]] = PLEDGES,
    offered: Sequence[tuple[int, int, int]] = OFFERS,
    **terms: Any,
) -> Record:
    """The full record of a round of members' (kg, limit, minimum) and suppliers' (kg, price,
    minimum); with nothing said, one in which a member leaves and two suppliers lose."""
    return full_record(a_source(pledged, offered, **terms))


def a_source(
    pledged: Sequence[tuple[int, int | None, int]] = PLEDGES,
    offered: Sequence[tuple[int, int, int]] = OFFERS,
    suppliers: Sequence[str] = (),
    attributes: Sequence[Mapping[str, Value]] = (),
    **terms: Any,
) -> Source:
    """What is kept of the round. Suppliers and attributes, where they are given, are those of the
    offers in turn; terms such as pricing, sharing or rules stand among the frozen inputs.
    """
    round_ = _round()
    names = suppliers or [f"supplier {number}" for number in range(1, len(offered) + 1)]
    envelopes = [
        _envelope(number, *sent) for number, sent in enumerate(zip(offered, names, strict=True), 1)
    ]
    inputs = _inputs(pledged, envelopes, attributes) | terms
    inputs_hash = document_hash(inputs)
    seed = sealing.draw_seed(SECRET, bytes.fromhex(inputs_hash))
    ciphertexts = {envelope.id: envelope.ciphertext for envelope in envelopes}
    computed = compute(
        Task(inputs=inputs, ciphertexts=ciphertexts, private_key=PAIR.private, seed=seed)
    )
    result = computed.result
    document = result["document"]
    document |= {"clearing": document["clearing"] | {"shares": computed.shares}}
    result_hash = document_hash(
        result | {"document": document | {"clearing": _without_shares(document["clearing"])}}
    )
    won = {award["offer"] for award in document["clearing"]["awards"]}
    winners = [envelope for envelope in envelopes if envelope.id in won]
    return Source(
        round_=round_,
        club_ja="試験クラブ",
        club_en="Test club",
        inputs=inputs,
        inputs_hash=inputs_hash,
        document=document,
        result_hash=result_hash,
        opened=result["opened"],
        void=result["void"],
        envelopes=[replace(each, state=EnvelopeState.OPENED) for each in envelopes],
        projects_of_lots={each.lot_id: f"project of {each.lot_id}" for each in envelopes},
        links=_links(envelopes, inputs, result, result_hash),
        suppliers=[_supplier(id) for id in {each.supplier_id: None for each in winners}],
        projects=[_project(f"project of {each.lot_id}") for each in winners],
        secret_hash=sealing.secret_hash(SECRET).hex(),
        secret=SECRET.hex(),
        public_keys={
            "envelopes": ("X25519", PAIR.public.hex()),
            "records": ("Ed25519", sealing.verify_key_of(SIGNING_KEY).hex()),
        },
        salt=lambda member: salt_of(b"a secret that hides the rows", round_.id, member),
    )


def _without_shares(clearing: dict[str, Any]) -> dict[str, Any]:
    return {name: cell for name, cell in clearing.items() if name != "shares"}


def _round() -> Round:
    return Round(
        id="round",
        name_ja="試験ラウンド",
        name_en="Test round",
        phase=Phase.SETTLING,
        goal_kg=100_000,
        minimum_kg=10_000,
        member_minimum_kg=1,
        member_maximum_kg=10**12,
        ceiling_per_t=CEILING,
        pledging_opens_at=NOON - timedelta(days=2),
        pledging_closes_at=NOON - timedelta(days=1),
        bidding_closes_at=NOON,
        created_at=NOON - timedelta(days=2),
        created_by="facilitator",
    )


def _envelope(number: int, terms: tuple[int, int, int], supplier: str) -> Envelope:
    quantity_kg, price_per_t, minimum_kg = terms
    facts = sealed_facts(
        one_price(quantity_kg, price_per_t, minimum_kg),
        (),
        round_id="round",
        lot_id=f"lot {number}",
        supplier_id=supplier,
    )
    nonce = sha256(b"nonce %d" % number).digest()
    sealed = sealing.seal_offer(PAIR.public, facts, nonce, ephemeral_seed=nonce)
    return Envelope(
        id=f"envelope {number}",
        round_id="round",
        lot_id=f"lot {number}",
        supplier_id=supplier,
        sequence=number,
        quantity_bound_kg=quantity_kg + 1_000,
        commitment=sealed.commitment.hex(),
        ciphertext=sealed.ciphertext,
        state=EnvelopeState.STANDING,
        received_at=NOON + timedelta(seconds=number + 2),
        received_by=f"seller {number}",
    )


def _inputs(
    pledged: Sequence[tuple[int, int | None, int]],
    envelopes: Sequence[Envelope],
    attributes: Sequence[Mapping[str, Value]],
) -> dict[str, Any]:
    return {
        "round": "round",
        "ceiling_per_t": CEILING,
        "wanted_kg": 10_000,
        "pricing": "pay_as_offered",
        "sharing": "pro_rata",
        "rules": [],
        "criteria": [],
        "claims": [
            {
                "id": f"member {number:06}",
                "quantity_kg": quantity_kg,
                "minimum_kg": minimum_kg,
                "limit_per_t": limit_per_t,
            }
            for number, (quantity_kg, limit_per_t, minimum_kg) in enumerate(pledged, 1)
        ],
        "envelopes": [
            {
                "id": each.id,
                "lot": each.lot_id,
                "project": f"project of {each.lot_id}",
                "attributes": dict(attributes[place]) if attributes else {},
                "supplier": each.supplier_id,
                "is_supplier_approved": True,
                "sequence": each.sequence,
                "quantity_bound_kg": each.quantity_bound_kg,
                "commitment": each.commitment,
                "ciphertext_hash": sha256(each.ciphertext).hexdigest(),
                "received_at": each.received_at.isoformat(timespec="microseconds"),
            }
            for place, each in enumerate(envelopes)
        ],
    }


def _links(
    envelopes: Sequence[Envelope],
    inputs: dict[str, Any],
    result: dict[str, Any],
    result_hash: str,
) -> list[Link]:
    inputs_hash = document_hash(inputs)
    keys = {
        "public_key": PAIR.public.hex(),
        "secret_hash": sealing.secret_hash(SECRET).hex(),
    }
    auction = {name: inputs[name] for name in ("pricing", "sharing", "rules", "criteria")}
    auction |= {"wanted_kg": inputs["wanted_kg"]}
    terms = {"ceiling_per_t": inputs["ceiling_per_t"], "minimum_kg": 10_000, "auction": auction}
    told: list[tuple[str, str, dict[str, object]]] = [
        ("round.opened", "facilitator", {"id": "round"} | terms | keys),
        ("pledge.placed", "buyer", {"id": "pledge", "organisation": "member", "quantity_kg": 1}),
    ]
    for each in envelopes:
        facts: dict[str, object] = {
            "id": each.id,
            "sequence": each.sequence,
            "lot": each.lot_id,
            "supplier": each.supplier_id,
            "commitment": each.commitment,
            "replaces": None,
        }
        told.append(("offer.received", each.received_by, facts))
    closed: dict[str, object] = {"inputs_hash": inputs_hash, "envelopes": len(envelopes)}
    cleared = {
        "inputs_hash": inputs_hash,
        "result_hash": result_hash,
        "void": sorted(result["void"]),
        "bought_kg": result["summary"]["bought_kg"],
        "awards": [award["offer"] for award in result["document"]["clearing"]["awards"]],
        "club_head": {"number": 7, "hash": "7" * 64},
    }
    told += [("bidding.closed", "system", closed), ("round.cleared", "system", cleared)]
    told.append(("invoices.issued", "system", {"invoices": []}))
    return _linked(told)


def _linked(told: Sequence[tuple[str, str, dict[str, object]]]) -> list[Link]:
    links: list[Link] = []
    for number, (kind, by, facts) in enumerate(told, 1):
        body: dict[str, Any] = {
            "chain": "round",
            "number": number,
            "kind": kind,
            "made_at": NOON + timedelta(seconds=number),
            "made_by": by,
            "facts": facts,
            "previous": links[-1].hash if links else GENESIS,
        }
        links.append(Link(**body, hash=digest(**body)))
    return links


def _supplier(id: str) -> Organisation:
    return Organisation(
        id=id,
        kind=Kind.SUPPLIER,
        name_ja=f"{id}株式会社",
        name_en=f"{id} KK",
        standing=Standing.APPROVED,
        created_at=NOON,
    )


def _project(id: str) -> Project:
    return Project(
        id=id,
        name_ja=f"{id}の森",
        name_en=f"Forest of {id}",
        programme="J-Credit",
        country="JP",
        category=Category.FOREST,
        mechanism=Mechanism.REMOVAL,
        basis=Basis.NATURE,
        source="tests",
        source_read_on=NOON.date(),
        created_at=NOON,
        created_by="seller",
    )
