"""The record of a large round is soon written and signed, and verified sooner than cleared."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from functools import partial
from pathlib import Path

from auctions.doors import answer
from auctions.record import plain
from auctions.recording.values import Record
from auctions.rule_reading import rule_facts
from auctions.verifying import door
from benchmarks.findings import Finding
from benchmarks.ruled_books import RuledBook, ruled_book
from benchmarks.side_by_side import Work, compare
from club.domain.disclosure import public_record
from club.domain.records import full_record
from club.store.exporting import write_record
from tests.recorded import SIGNING_KEY, a_source

MEMBERS, AWARDS, OFFERS = 100_000, 20, 10_000
OF_JSON, OF_CLEARING = 20, 1
TURNS = 5
UNSAID = {"initial_price_per_t", "coefficient", "fixed_kg"}


def measure() -> list[Finding]:
    kinds = {"public": public_record, "full": lambda full: full}
    return [
        Finding(f"record of {MEMBERS:,} members, signed", *compare(_writing, TURNS), OF_JSON),
        *(
            Finding(
                f"verifying {OFFERS:,} offers, 20 rules, {kind}",
                *compare(partial(_verifying, kind), TURNS),
                OF_CLEARING,
            )
            for kind in kinds
        ),
    ]


def _writing() -> tuple[Work, Work]:
    """From what the club has kept of a round to the signed file, against JSON of its content."""
    pledged = [(1_000 + n % 977, None if n % 3 else 5_000 + n % 50, 0) for n in range(MEMBERS)]
    each_kg = sum(kg for kg, _, _ in pledged) * 9 // 10 // AWARDS
    source = a_source(pledged, [(each_kg, 3_000 + n, 0) for n in range(AWARDS)])
    content = plain(full_record(source))
    if len(content["awards"]) != AWARDS:
        raise ValueError("not every offer was bought")

    def ours():
        return write_record(full_record(source), SIGNING_KEY, [])

    return ours, lambda: json.dumps(content)


def _verifying(kind: str) -> tuple[Work, Work]:
    """`python -m auctions verify` against `python -m auctions clear` on the same book."""
    book = ruled_book(OFFERS, 1)
    full = full_record(_source(book))
    path = Path(tempfile.mkdtemp()) / "record.db"
    shown = public_record(full) if kind == "public" else full
    path.write_bytes(write_record(shown, SIGNING_KEY, []))
    question = json.dumps(_question(full)).encode()

    def ours():
        if not _verifies(path):
            raise ValueError("not verified")

    def theirs():
        told, _ = answer(["clear"], io.BytesIO(question))
        if json.loads(told)["bought_kg"] != full.cleared.bought_kg:
            raise ValueError("cleared otherwise")

    return ours, theirs


def _source(book: RuledBook):
    return a_source(
        [(claim.quantity_kg, None, 0) for claim in book.claims],
        [(offer.quantity_kg, offer.price_per_t, offer.minimum_kg) for offer in book.offers],
        [offer.supplier for offer in book.offers],
        [offer.attributes for offer in book.offers],
        rules=[rule_facts(rule) for rule in book.rules],
        ceiling_per_t=book.ceiling_per_t,
    )


def _question(full: Record):
    """The book as the door for scripts reads it."""
    kept = {each.name: each.value for each in full.inputs}
    offers = [
        {name: cell for name, cell in plain(offer).items() if name not in UNSAID}
        for offer in full.offers
    ]
    return {
        "demand": [{"id": row.member, "quantity_kg": row.quantity_kg} for row in full.members],
        "lots": [{"id": lot.id, "quantity_kg": lot.quantity_kg} for lot in full.lots],
        "offers": offers,
        **{name: kept[name] for name in ("rules", "ceiling_per_t", "pricing", "sharing")},
        "seed": full.about.seed,
    }


def _verifies(path: Path) -> bool:
    with contextlib.redirect_stdout(io.StringIO()):
        return door.main([str(path)]) == door.HOLDS
