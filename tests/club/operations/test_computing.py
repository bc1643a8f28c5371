"""What is computed between a clearing's two transactions."""

from auctions import sealing
from club.domain.offers import OfferTerms, sealed_facts
from club.operations.computing import Task, compute

PAIR = sealing.round_keys(b"k" * 32)
SEED = b"s" * 32


def an_envelope(number, terms, **facts):
    inside = sealed_facts(terms, round_id="r", lot_id=f"lot{number}", supplier_id="s") | facts
    nonce = bytes([number]) * 32
    envelope = sealing.seal_offer(PAIR.public, inside, nonce, ephemeral_seed=nonce)
    row = {
        "id": f"e{number}",
        "lot": f"lot{number}",
        "project": "p",
        "supplier": "s",
        "is_supplier_approved": True,
        "sequence": number,
        "quantity_bound_kg": 1_000,
        "commitment": envelope.commitment.hex(),
        "ciphertext_hash": sealing.sha256(envelope.ciphertext).hexdigest(),
        "received_at": "2026-11-22T03:00:00.000000+00:00",
    }
    return row, envelope.ciphertext


def a_task(*envelopes, claims=((600, None), (400, None))):
    return Task(
        inputs={
            "round": "r",
            "ceiling_per_t": 10_000,
            "wanted_kg": 100,
            "claims": [
                {"id": f"c{n}", "quantity_kg": kg, "minimum_kg": 0, "limit_per_t": limit}
                for n, (kg, limit) in enumerate(claims)
            ],
            "envelopes": [row for row, _ in envelopes],
        },
        ciphertexts={row["id"]: ciphertext for row, ciphertext in envelopes},
        private_key=PAIR.private,
        seed=SEED,
    )


def terms(quantity_kg=500, price_per_t=4_000, minimum_kg=0):
    return OfferTerms(quantity_kg=quantity_kg, price_per_t=price_per_t, minimum_kg=minimum_kg)


def test_what_is_outside_the_lot_the_ceiling_or_made_out_to_others_is_void():
    envelopes = [
        an_envelope(1, terms(quantity_kg=1_001)),
        an_envelope(2, terms(price_per_t=10_001)),
        an_envelope(3, terms(quantity_kg=10, minimum_kg=11)),
        an_envelope(4, terms(), quantity_kg="500"),
        an_envelope(5, terms(), supplier="another"),
        an_envelope(6, terms(), round="another"),
        an_envelope(7, terms(quantity_kg=5)),
    ]

    result = compute(a_task(*envelopes)).result

    assert result["void"] == {f"e{n}": "outside_terms" for n in range(1, 7)}
    assert [row["id"] for row in result["opened"]] == ["e7"]


def test_the_opened_facts_and_nonces_prove_the_commitments():
    rows = [an_envelope(1, terms()), an_envelope(2, terms(700))]

    result = compute(a_task(*rows)).result

    for (row, _), opened in zip(rows, result["opened"], strict=True):
        sealing.check_commitment(
            opened["facts"], bytes.fromhex(opened["nonce"]), bytes.fromhex(row["commitment"])
        )
        assert opened["id"] == row["id"]


def test_a_task_shows_neither_key_nor_seed_when_it_is_printed():
    assert repr(PAIR.private) not in repr(a_task())
    assert repr(SEED) not in repr(a_task())
