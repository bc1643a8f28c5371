"""How a round came to its clearing: audit chain, frozen inputs, envelopes and draws."""

from collections.abc import Mapping, Sequence
from typing import Any

from auctions import sealing
from auctions.chain import GENESIS, digest
from auctions.envelopes import Sender, step_id, terms_inside, unpacked
from auctions.offers import Lot, Offer
from auctions.record import document_hash
from auctions.recording.values import FROZEN, Commitment, Entry, Record
from auctions.refuted import Refuted, require
from auctions.scoring import Criterion
from auctions.verifying.findings import Finding, Findings, is_full, same, unchecked
from auctions.verifying.together import criteria_of, input_of

ENDS = ("round.cleared", "round.failed")


FROZEN_TERMS = (
    "round",
    "ceiling_per_t",
    "wanted_kg",
    "pricing",
    "sharing",
    "rules",
    "criteria",
)
"""What of a round's terms is among the inputs, by name."""


def check_history(record: Record) -> Findings:
    """Check in the order in which things happened; Refuted at the first that does not fit."""
    yield from _chain(record)
    yield from _said_in_the_chain(record)
    yield from _draws(record)
    yield from _inputs(record)
    if not record.events:
        yield from _commitments(record)


def _chain(record: Record) -> Findings:
    """Every entry holds the hash of the one before, and the last is the head."""
    previous, withheld = GENESIS, 0
    for number, entry in enumerate(record.chain, 1):
        where = f"entry {number} of the chain"
        same((entry.number, entry.previous), (number, previous), "chain", where)
        if entry.kind is None:
            require(not is_full(record), "withheld_entry", where)
            withheld += 1
        else:
            same(entry.hash, _digest(record, entry), "entry", where)
        previous = entry.hash
    heads = {head.chain: (head.number, head.hash) for head in record.chain_heads}
    same(heads.get(record.about.round), (len(record.chain), previous), "head", "the round's chain")
    told = f"unbroken through all {len(record.chain)} entries up to the clearing"
    yield Finding(
        "chain", told + (f"; {withheld} are withheld but for their hashes" * bool(withheld))
    )


def _digest(record: Record, entry: Entry) -> str:
    return digest(
        chain=record.about.round,
        number=entry.number,
        kind=entry.kind or "",
        made_at=entry.made_at or "",
        made_by=entry.made_by or "",
        facts=entry.facts or {},
        previous=entry.previous,
    )


def _said_in_the_chain(record: Record) -> Findings:
    """What the record says is what the chain was told at the time."""
    about, kinds = record.about, {entry.kind: entry for entry in record.chain}
    end = record.chain[-1] if record.chain else None
    if end is None or end.kind not in ENDS or "bidding.closed" not in kinds:
        raise Refuted("unfinished", "the chain: it does not end with a clearing")
    counted = [each for each in record.commitments if each.state in {"opened", "void"}]
    told: dict[str, object] = {
        "inputs_hash": about.inputs_hash,
        "result_hash": about.result_hash,
        "void": sorted([each.id for each in counted if each.state == "void"] + _suspended(record)),
    }
    if end.kind == "round.cleared":
        told |= {
            "bought_kg": record.cleared.bought_kg,
            "awards": [award.offer for award in record.awards],
        }
    else:
        same(record.awards, (), "awards", "a round that failed")
    _tells(end, told)
    same(about.cleared_at, end.made_at, "cleared_at", "metadata")
    club = {head.chain: {"number": head.number, "hash": head.hash} for head in record.chain_heads}
    same(club.get("club"), (end.facts or {}).get("club_head"), "head", "the club's chain")
    _tells(kinds["bidding.closed"], {"inputs_hash": about.inputs_hash, "envelopes": len(counted)})
    yield Finding("result", "its hash, and the awards, are those entered when it was cleared")
    yield from _promised(record)


def _suspended(record: Record) -> list[str]:
    """Ids of a live auction's offers that do not count; the public record has them nowhere else
    than in the entry that ends the chain."""
    if not record.events:
        return []
    if is_full(record):
        frozen: Any = input_of(record, "auction") or {}
        return list(frozen.get("suspended", []))
    known = {f"{record.about.round}-{line.sequence}" for line in record.events}
    told: Any = (record.chain[-1].facts or {}).get("void", [])
    return [id for id in told if id in known]


def _promised(record: Record) -> Findings:
    """The terms and keys are those that were entered when the round opened, before any offer."""
    about, inputs = record.about, {each.name: each.value for each in record.inputs}
    public = {key.name: key.public_key for key in record.keys}
    keys = {"secret_hash": about.secret_hash, "public_key": public.get("envelopes")}
    made = [entry for entry in record.chain if "secret_hash" in (entry.facts or {})]
    for entry in made[:1]:
        _tells(entry, keys)
        yield Finding(
            "keys", "the envelopes' key and the draws' secret were fixed before any offer"
        )
    if not made:
        yield unchecked("keys", "the entry that fixed them is withheld")
    for entry in record.chain:
        if entry.kind == "round.opened":
            _tells(entry, {"ceiling_per_t": inputs.get("ceiling_per_t")})
            _terms(record, entry, inputs)
            yield Finding("terms", "rules, prices and shares are those of the opening")


def _terms(record: Record, entry: Entry, inputs: Mapping[str, Any]) -> None:
    facts = entry.facts or {}
    auction = facts.get("auction") or {}
    for name in ("pricing", "sharing", "rules", "criteria"):
        same(inputs.get(name), auction.get(name), "chain_says_otherwise", f"{name} in inputs")
    is_live = auction.get("format", "sealed") != "sealed"
    same(bool(record.events), is_live, "chain_says_otherwise", "events")
    wanted_kg = auction.get("wanted_kg") or facts.get("minimum_kg")
    same(inputs.get("wanted_kg"), wanted_kg, "chain_says_otherwise", "wanted_kg in inputs")


def _tells(entry: Entry, told: Mapping[str, object]) -> None:
    facts = entry.facts or {}
    for name, expected in told.items():
        where = f"{name} in entry {entry.number} ({entry.kind})"
        same(expected, facts.get(name), "chain_says_otherwise", where)


def _draws(record: Record) -> Findings:
    about = record.about
    secret = _bytes(about.secret, "secret")
    same(about.secret_hash, sealing.secret_hash(secret).hex(), "secret", "metadata")
    seed = sealing.draw_seed(secret, _bytes(about.inputs_hash, "inputs_hash"))
    same(about.seed, seed.hex(), "seed", "metadata")
    yield Finding(
        "draws", "the secret is the one whose hash was published, the seed follows from it"
    )


def _bytes(digits: str, name: str) -> bytes:
    try:
        found = bytes.fromhex(digits)
    except ValueError:
        found = b""
    require(len(found) == sealing.KEY_BYTES, "not_a_hash", f"{name} in metadata")
    return found


def _inputs(record: Record) -> Findings:
    """Freeze the inputs again; only the full record holds the pledges that are among them."""
    inputs = {each.name: each.value for each in record.inputs}
    for name in FROZEN_TERMS:
        require(name in inputs, "inputs", name)
    same(inputs.get("round"), record.about.round, "round", "inputs")
    for name in ("wanted_kg", "pricing", "sharing"):
        if name in inputs:
            same(getattr(record.cleared, name), inputs[name], name, "cleared")
    if not is_full(record):
        yield unchecked(
            "inputs", "their hash is over the members' pledges, which only the full record holds"
        )
        return
    inputs["claims"] = [
        {
            "id": row.member,
            "quantity_kg": row.quantity_kg,
            "minimum_kg": row.minimum_kg,
            "limit_per_t": row.limit_per_t,
        }
        for row in record.members
    ]
    counted = (each for each in record.commitments if each.state in {"opened", "void"})
    inputs["envelopes"] = [_frozen(each) for each in counted]
    same(record.about.inputs_hash, document_hash(inputs), "inputs_hash", "metadata")
    yield Finding("inputs", "pledges and envelopes are those frozen when bidding closed")


def _frozen(each: Commitment) -> dict[str, Any]:
    return {name: getattr(each, name) for name in FROZEN} | dict(each.more or {})


def _commitments(record: Record) -> Findings:
    """Every offer comes from an envelope; where that is opened, it is what was committed to."""
    of_lot: dict[str, list[Offer]] = {}
    for offer in record.offers:
        of_lot.setdefault(offer.lot, []).append(offer)
    lots = {lot.id: lot for lot in record.lots}
    opened = [each for each in record.commitments if each.state == "opened"]
    same(sorted(lots), sorted({each.lot for each in opened}), "lots", "opened envelopes")
    same(sorted(of_lot), sorted(lots), "offers", "opened envelopes")
    criteria = criteria_of(record)
    shown = 0
    for each in opened:
        steps = of_lot[each.lot]
        ids = [step_id(each.id, place) for place in range(len(steps))]
        same(ids, [offer.id for offer in steps], "offers", each.id)
        for offer in steps:
            told = (offer.supplier, offer.project, offer.sequence)
            same(told, (each.supplier, each.project, each.sequence), "offer", offer.id)
        if each.nonce is not None and each.facts is not None:
            _opens(each, criteria, lots[each.lot], steps)
            shown += 1
        else:
            require(not is_full(record), "unopened", each.id)
    _received(record)
    yield Finding("envelopes", f"{shown} of {len(opened)} opened offers are what was committed to")
    if shown < len(opened):
        losing = f"{len(opened) - shown} losing offers stand under pseudonyms; their commitments"
        yield unchecked("envelopes", f"{losing} are opened in the full record only")
    if void := [each for each in record.commitments if each.state == "void"]:
        yield unchecked(
            "envelopes", f"{len(void)} did not count; why, only the club's key could show"
        )


def _opens(
    each: Commitment, criteria: Sequence[Criterion], lot: Lot, steps: Sequence[Offer]
) -> None:
    """What is inside was committed to, and lot and offers are what it comes to."""
    facts = dict(each.facts or {})
    try:
        nonce, committed = bytes.fromhex(each.nonce or ""), bytes.fromhex(each.commitment)
        sealing.check_commitment(facts, nonce, committed)
    except (sealing.SealingError, ValueError) as error:
        raise Refuted("commitment", each.id) from error
    made_out_to = (facts.get("lot"), facts.get("supplier"))
    same((each.lot, each.supplier), made_out_to, "terms", each.id)
    sender = Sender(
        id=each.id,
        supplier=each.supplier,
        project=each.project,
        lot=each.lot,
        sequence=each.sequence,
        quantity_bound_kg=each.quantity_bound_kg or 0,
        attributes=(each.more or {}).get("attributes", {}),
    )
    try:
        expected = unpacked(sender, terms_inside(facts), criteria)
    except ValueError as error:
        raise Refuted("terms", each.id) from error
    same(expected, (lot, list(steps)), "terms", each.id)


def _received(record: Record) -> None:
    """Entries of envelopes that are not withheld tell the same of them, and of the time."""
    known = {each.id: each for each in record.commitments}
    names = ("sequence", "lot", "supplier", "commitment")
    for entry in record.chain:
        if entry.kind == "offer.received":
            facts = entry.facts or {}
            said = (entry.made_at, *(facts.get(name) for name in names))
            each = known.get(str(facts.get("id")))
            told = each and (each.received_at, *(getattr(each, name) for name in names))
            same(told, said, "envelope", f"entry {entry.number}")
