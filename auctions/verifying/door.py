"""`python -m auctions verify FILE`: the record of a round, checked by anybody, in plain words."""

import argparse
import gc
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from auctions.reading import Malformed
from auctions.recording.files import read_file
from auctions.recording.row_files import RowFile
from auctions.recording.values import Kind, Record
from auctions.refuted import Refuted, require
from auctions.verifying.best import Challenge
from auctions.verifying.findings import Findings
from auctions.verifying.report import verify

HOLDS, DIFFERS, UNREADABLE = 0, 1, 2
KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        "public": "the public record: without members' pledges and rows, losers under pseudonyms",
        "full": "the full record: with every pledge, row and envelope",
    }
)
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "signature": "The file is not as it was signed",
        "no_seal": "The file bears no signature",
        "two_seals": "The file bears two signatures",
        "another_key": "The file was signed by another key than the one expected",
        "chain": "The audit chain is broken",
        "entry": "An entry of the audit chain is not what its hash was made of",
        "head": "The audit chain does not end where it should",
        "chain_says_otherwise": "The record says something else than the audit chain",
        "event": "An event of the live auction is not what its place in it allows",
        "not_an_auction": "What is told of the live auction is not what any auction writes",
        "ended_otherwise": "The live auction ended in other offers than were cleared",
        "closed_early": "Bidding was closed before the live auction had ended",
        "secret": "The secret of the draws is not the one whose hash was published",
        "seed": "The seed of the draws does not follow from the secret",
        "inputs_hash": "The inputs are not those that were frozen",
        "commitment": "An opened offer is not what its supplier committed to",
        "terms": "An offer has other terms than the envelope it came in",
        "row": "A member's row does not follow from the result",
        "tree": "The tree of the members' rows has another root",
        "not_in_the_tree": "This row is not one that the club committed to",
        "another_round": "This row is of another round",
        "quota": "The exact share is another one",
        "rounding": "The share was not rounded as the cut-off says",
        "amount": "The amount is another one",
        "result_hash": "The result is not the one whose hash was entered in the audit chain",
        "not_the_best": "The merit order buys more, or as much for less",
        "solved_otherwise": "Solved again, the round comes out otherwise",
        "challenged": "The challenge refutes the result",
    }
)


def main(arguments: Sequence[str]) -> int:
    """Check a file and print what was found; 1 where something differs, 2 where it is no record."""
    asked = _parser().parse_args(arguments)
    try:
        for line in _lines(asked):
            sys.stdout.write(line + "\n")
    except Refuted as refuted:
        sentence = SENTENCES.get(refuted.what, f"The rule {refuted.what!r} does not hold")
        sys.stdout.write(f"\nDIFFERS: {sentence} ({refuted.where}).\n")
        return DIFFERS
    except Malformed as malformed:
        sys.stdout.write(f"CANNOT BE READ: {malformed.message} ({malformed.where})\n")
        return UNREADABLE
    except OSError as error:
        sys.stdout.write(f"CANNOT BE READ: {error.strerror} ({error.filename})\n")
        return UNREADABLE
    return HOLDS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m auctions verify",
        description="Check the record of a round: that nobody changed it, and that it is right.",
    )
    parser.add_argument("file", type=Path, help="the record, a file that ends in .db")
    parser.add_argument("--key", help="the key, in hex, that must have signed it")
    parser.add_argument("--row", type=Path, help="a member's own row, to be found in the record")
    parser.add_argument("--challenge", type=Path, help="another purchase, to hold against it")
    parser.add_argument("--optimal", action="store_true", help="solve the round again and compare")
    return parser


def _lines(asked: argparse.Namespace) -> Iterator[str]:
    record, key = read_file(asked.file.read_bytes())
    gc.freeze()  # it stays to the end, and nothing is found by looking through it again and again
    row = RowFile(asked.row.read_bytes()) if asked.row else None
    challenge = Challenge.read(asked.challenge.read_bytes()) if asked.challenge else None
    yield from _head(record, key)
    require(asked.key is None or asked.key.lower() == key, "another_key", key)
    yield from _told(verify(record, row=row, challenge=challenge, optimal=asked.optimal))


def _head(record: Record, key: str) -> Iterator[str]:
    about = record.about
    yield f"{about.name_en} ({about.name_ja}), {about.club_en}"
    yield f"round {about.round}, cleared at {about.cleared_at}" + " (invented)" * about.is_invented
    yield f"This is {KINDS[about.kind]}."
    yield f"It is as it was signed by the key {key}:"
    yield "compare it with the one that your club has told you, or give it by --key."
    yield ""


def _told(findings: Findings) -> Iterator[str]:
    left = []
    for finding in findings:
        if finding.is_checked:
            yield f"ok  {finding.subject}: {finding.words}"
        else:
            left.append(f"--  {finding.subject}: {finding.words}")
    if left:
        yield from ("", "Not checked, because this record does not show it:", *left)
    yield from ("", "Nothing differs.")
