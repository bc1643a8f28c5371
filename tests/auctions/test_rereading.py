"""A result document is read back as it was."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.record import result_document
from auctions.rereading import reread
from tests.auctions.explained import inputs_of
from tests.auctions.ruled_books import ruled_books


def by_id(rows):
    return tuple(sorted(rows, key=lambda row: row.id))


def by_name(rules):
    return tuple(sorted(rules, key=lambda rule: rule.name))


@settings(max_examples=40, deadline=None)
@given(ruled_books(), st.none() | st.integers(1, 12), st.booleans())
def test_what_a_document_was_written_from_is_read_back(book, wanted_kg, has_shares):
    inputs = inputs_of(*book, wanted_kg=wanted_kg)
    inputs = replace(
        inputs,
        claims=by_id(inputs.claims),
        lots=by_id(inputs.lots),
        offers=by_id(inputs.offers),
        rules=by_name(inputs.rules),
    )
    clearing = inputs.cleared()
    document = result_document(
        inputs.claims,
        inputs.lots,
        inputs.offers,
        clearing,
        ceiling_per_t=inputs.ceiling_per_t,
        seed=inputs.seed,
        rules=inputs.rules,
    )
    if not has_shares:
        del document["clearing"]["shares"]

    found = reread(json.loads(json.dumps(document)))

    assert found == (inputs, clearing if has_shares else replace(clearing, shares={}))
