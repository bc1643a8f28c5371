"""What is computed between a clearing's two transactions."""

from dataclasses import replace

import pytest

from auctions import sealing
from auctions.envelopes import OfferTerms, Step, one_price, sealed_facts
from auctions.record import plain
from club.operations.computing import Task, compute
from tests.club.domain.test_auction_terms import QUALITY

PAIR = sealing.round_keys(b"k" * 32)
SEED = b"s" * 32


def an_envelope(number, terms, *, criteria=(), **facts):
    made_out = {"round_id": "r", "lot_id": f"lot{number}", "supplier_id": "s"}
    inside = sealed_facts(terms, criteria, **made_out) | facts
    nonce = bytes([number]) * 32
    envelope = sealing.seal_offer(PAIR.public, inside, nonce, ephemeral_seed=nonce)
    row = {
        "id": f"e{number}",
        "lot": f"lot{number}",
        "project": "p",
        "attributes": {"mechanism": ("removal", "avoidance")[number % 2]},
        "supplier": "s",
        "is_supplier_approved": True,
        "sequence": number,
        "quantity_bound_kg": 1_000,
        "commitment": envelope.commitment.hex(),
        "ciphertext_hash": sealing.sha256(envelope.ciphertext).hexdigest(),
        "received_at": "2026-11-22T03:00:00.000000+00:00",
    }
    return row, envelope.ciphertext


def a_task(*envelopes, claims=((600, None), (400, None)), rules=(), criteria=()):
    return Task(
        inputs={
            "round": "r",
            "ceiling_per_t": 10_000,
            "wanted_kg": 100,
            "pricing": "pay_as_offered",
            "sharing": "pro_rata",
            "rules": list(rules),
            "criteria": plain(criteria),
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
    return one_price(quantity_kg, price_per_t, minimum_kg)


def in_steps(*steps, minimum_kg=0):
    return OfferTerms(
        steps=tuple(Step(quantity_kg=kg, price_per_t=per_t) for kg, per_t in steps),
        minimum_kg=minimum_kg,
    )


def test_what_is_outside_the_lot_the_ceiling_or_made_out_to_others_is_void():
    envelopes = [
        an_envelope(1, terms(quantity_kg=1_001)),
        an_envelope(2, terms(price_per_t=10_001)),
        an_envelope(3, terms(quantity_kg=10, minimum_kg=11)),
        an_envelope(4, terms(), minimum_kg="500"),
        an_envelope(5, terms(), supplier="another"),
        an_envelope(6, terms(), round="another"),
        an_envelope(7, terms(quantity_kg=5)),
        an_envelope(8, in_steps((500, 4_000), (501, 5_000))),
        an_envelope(9, in_steps((500, 4_000), (100, 3_999))),
    ]

    result = compute(a_task(*envelopes)).result

    assert result["void"] == {f"e{n}": "outside_terms" for n in (1, 2, 3, 4, 5, 6, 8, 9)}
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


def test_each_step_is_an_offer_of_its_own_and_the_dear_ones_come_last():
    task = a_task(
        an_envelope(1, in_steps((300, 4_000), (300, 6_000), (300, 8_000))),
        an_envelope(2, terms(200, 5_000)),
        claims=((700, None),),
    )

    document = compute(task).result["document"]

    assert [row["id"] for row in document["offers"]] == ["e1", "e1-02", "e1-03", "e2"]
    assert {row["offer"]: row["quantity_kg"] for row in document["clearing"]["awards"]} == {
        "e1": 300,
        "e2": 200,
        "e1-02": 200,
    }


@pytest.mark.parametrize(("minimum_kg", "bought"), [(500, {"e2": 400}), (400, {"e1": 400})])
def test_steps_are_sold_under_their_lots_minimum_or_not_at_all(minimum_kg, bought):
    """Both steps together reach it, or the dearer whole lot is bought instead."""
    task = a_task(
        an_envelope(1, in_steps((400, 4_000), (200, 6_000), minimum_kg=minimum_kg)),
        an_envelope(2, terms(400, 5_000)),
        claims=((400, None),),
    )

    document = compute(task).result["document"]

    assert {row["offer"]: row["quantity_kg"] for row in document["clearing"]["awards"]} == bought


def test_the_rules_of_the_round_bind_what_its_envelopes_offer():
    half = {"name": "half", "where": {"mechanism": "removal"}, "min_share": "1/2"}
    rule = half | {"hard": True, "order": 0}
    envelopes = [an_envelope(1, terms(price_per_t=1_000)), an_envelope(2, terms(200, 9_000))]

    result = compute(a_task(*envelopes, rules=[rule])).result

    awards = result["document"]["clearing"]["awards"]
    assert {award["offer"]: award["quantity_kg"] for award in awards} == {"e1": 200, "e2": 200}
    assert result["document"]["rules"] == [
        rule | {"max_share": None, "where": {"mechanism": ["removal"]}}
    ]


def test_the_better_answer_beats_the_lower_price_and_is_paid_its_own():
    """4,400 with K = 10/9 counts as 3,960, below 4,000."""
    plain_one = replace(terms(500, 4_000), answers=(("q", "no"),))
    better = replace(terms(500, 4_400), answers=(("q", "yes"),))
    wrong = replace(terms(500, 1), answers=(("q", "perhaps"),))
    envelopes = [
        an_envelope(n, each, criteria=(QUALITY,)) for n, each in enumerate((plain_one, better), 1)
    ]
    void = an_envelope(3, wrong, criteria=(QUALITY,))

    task = a_task(*envelopes, void, claims=((500, None),), criteria=(QUALITY,))
    result = compute(task).result

    awards = result["document"]["clearing"]["awards"]
    assert [(a["offer"], a["quantity_kg"], a["price_per_t"]) for a in awards] == [
        ("e2", 500, 4_400)
    ]
    assert [row["coefficient"] for row in result["document"]["offers"]] == ["1/1", "10/9"]
    assert result["void"] == {"e3": "outside_terms"}
