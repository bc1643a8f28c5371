"""Members' rows: all of them in the full record, or one's own against the root of the tree."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from auctions import merkle
from auctions.explaining import result_of
from auctions.record import document_hash
from auctions.recording.cut_offs import CutOff, cut_offs
from auctions.recording.members import (
    Row,
    fillers_needed,
    leaf_of,
    leaves_of,
    rows_of,
)
from auctions.recording.row_files import RowFile
from auctions.recording.values import Record
from auctions.refuted import require
from auctions.ties import draw
from auctions.verifying.findings import Finding, Findings, is_full, same, unchecked
from auctions.verifying.purchase import claims_of, clearing_of
from auctions.verifying.together import ceiling_of, input_of, rules_of


def check_rows(record: Record) -> Findings:
    """Write every row again, and the tree, and what the chain has the hash of."""
    if not is_full(record):
        yield unchecked("rows", "the tree's root is told; who has a row can find it there (--row)")
        return
    claims, clearing = claims_of(record), clearing_of(record)
    seed, about = bytes.fromhex(record.about.seed), record.about
    salts = {row.member: row.salt for row in record.members}
    for told, expected in zip(record.members, rows_of(claims, clearing, seed, salts), strict=True):
        same(told, expected, "row", told.member)
    same(record.cut_offs, cut_offs(claims, clearing, seed), "cut_offs", "cut_offs")
    same(len(record.fillers), fillers_needed(len(claims)), "fillers", "fillers")
    leaves = leaves_of(record.members, (filler.salt for filler in record.fillers))
    tree = (merkle.root(leaves).hex(), len(leaves))
    same((about.tree_root, about.tree_size), tree, "tree", "metadata")
    yield Finding("rows", f"all {len(claims)} follow from the result, and their tree has this root")
    result, _ = result_of(
        claims,
        record.lots,
        record.offers,
        clearing,
        ceiling_per_t=ceiling_of(record),
        seed=seed,
        rules=rules_of(record),
        opened=[
            {"id": each.id, "facts": each.facts, "nonce": each.nonce}
            for each in record.commitments
            if each.state == "opened"
        ],
        void=_void(record),
    )
    same(about.result_hash, document_hash(result), "result_hash", "metadata")
    yield Finding("result", "all of it together has the hash that the chain was told")


def _void(full: Record) -> dict[str, str]:
    """Why what was sent in did not count, by id; of a live auction's offers there is one reason."""
    frozen: Any = input_of(full, "auction") or {}
    suspended = dict.fromkeys(frozen.get("suspended", []), "suspended")
    return {each.id: each.void for each in full.commitments if each.void is not None} | suspended


def check_row(record: Record, told: RowFile) -> Findings:
    """Check one member's row: that it is the one the club committed to, and that it is right."""
    row, about = told.row, record.about
    same(told.round, about.round, "another_round", "row")
    same((told.tree_root, told.proof.size), (about.tree_root, about.tree_size), "tree", "row")
    is_in = merkle.is_proved(leaf_of(row), told.proof, bytes.fromhex(about.tree_root))
    require(is_in, "not_in_the_tree", row.member)
    same(told.cut_offs, record.cut_offs, "cut_offs", "row")
    yield Finding("row", f"{row.member} pledged {row.quantity_kg} kg: this row is in the tree")
    if row.outcome == "takes_part":
        yield from _takes_part(record, row)
    else:
        _takes_no_part(record, row)
        yield Finding("row", f"it takes no part ({row.outcome}), gets nothing and owes nothing")


def _takes_part(record: Record, row: Row) -> Findings:
    cleared, where = record.cleared, row.member
    cuts = {cut.purpose: cut for cut in record.cut_offs}
    limit_per_t, price = row.limit_per_t, cleared.member_price_per_t
    require(
        row.pool_kg is not None and row.pool_kg > 0 and cleared.demand_kg in {None, row.pool_kg},
        "pool",
        where,
    )
    quota = row.quota or Fraction(0)
    if cleared.sharing == "pro_rata":
        expected = Fraction(cleared.bought_kg * row.quantity_kg, row.pool_kg or 1)
        same(quota, expected, "quota", where)
    else:
        yield unchecked("row", f"what {cleared.sharing} makes due depends on all pledges")
    require(row.minimum_kg <= quota <= row.quantity_kg, "quota_outside_pledge", where)
    require(
        limit_per_t is None
        or (
            price is not None and price <= limit_per_t and (cleared.limit_per_t or 0) <= limit_per_t
        ),
        "price_above_limit",
        where,
    )
    _is_rounded(record, row, quota, cuts["share"])
    _is_mixed(record, row.kilograms, row)
    owed = Fraction(cleared.value * row.total_kg, cleared.bought_kg)
    amount = _rounded(owed, cuts["amount"], _draw(record, "amount", row))
    same(row.amount, amount, "amount", where)
    due = f"due {quota} of {cleared.bought_kg} kg, which were bought of {row.pool_kg} kg wanted"
    yield Finding("row", f"{due}: {row.total_kg} kg, rounded as the cut-off says")
    yield Finding("row", f"owes {row.amount} of {cleared.value}, by kilograms")


def _is_rounded(record: Record, row: Row, quota: Fraction, cut: CutOff) -> None:
    floor_kg, mine = quota.numerator // quota.denominator, _draw(record, "share", row)
    up = cut.is_above(quota - floor_kg, mine)
    told = (row.floor_kg, row.remainder, row.draw, row.is_rounded_up, row.total_kg)
    same(told, (floor_kg, quota - floor_kg, mine, up, floor_kg + up), "rounding", row.member)


def _is_mixed(record: Record, kilograms: Mapping[str, int], row: Row) -> None:
    """Of each award the exact part, rounded down or up; together all kilograms."""
    won = {award.offer: award.quantity_kg for award in record.awards}
    require(kilograms.keys() <= won.keys(), "unknown_award", row.member)
    same(sum(kilograms.values()), row.total_kg, "sum_of_awards", row.member)
    for offer, kg in won.items():
        exact = Fraction(row.total_kg * kg, record.cleared.bought_kg)
        require(abs(kilograms.get(offer, 0) - exact) < 1, "mix", f"{row.member}, {offer}")


def _rounded(exact: Fraction, cut: CutOff, mine: str) -> int:
    floor = exact.numerator // exact.denominator
    return floor + cut.is_above(exact - floor, mine)


def _draw(record: Record, purpose: str, row: Row) -> str:
    return draw(bytes.fromhex(record.about.seed), purpose, row.member).hex()


def _takes_no_part(record: Record, row: Row) -> None:
    told = (row.pool_kg, row.quota, row.total_kg, dict(row.kilograms), row.amount)
    same(told, (None, None, 0, {}, 0), "takes_no_part", row.member)
    limit_per_t = record.cleared.limit_per_t
    if row.outcome == "limit_below" and limit_per_t is not None:
        below = row.limit_per_t is not None and row.limit_per_t < limit_per_t
        require(below, "limit_covers_it", row.member)
    require(row.outcome != "left" or any(run.has_left for run in record.passes), "left", row.member)
    nothing = record.cleared.bought_kg == 0
    require(
        row.outcome == "left" or (row.outcome == "nothing_bought") == nothing,
        "nothing_bought",
        row.member,
    )
