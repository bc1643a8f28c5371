import json
from fractions import Fraction
from hashlib import sha256

from auctions.offers import Claim
from auctions.record import document_bytes, document_hash, plain, result_document
from tests.auctions.books import CEILING, SEED, an_offer, cleared, whole_lots

OFFERS = [an_offer("first", 10, 400, 1), an_offer("second", 7, 500, 2)]
BOOK = ([Claim("a", 9), Claim("b", 4, 1, 900)], whole_lots(OFFERS), OFFERS)


def document_of(book):
    return result_document(*book, cleared(book), ceiling_per_t=CEILING, seed=SEED)


def test_a_document_says_what_went_in_and_what_came_out():
    document = json.loads(document_bytes(document_of(BOOK)))

    assert document["claims"][1] == {
        "id": "b",
        "quantity_kg": 4,
        "minimum_kg": 1,
        "limit_per_t": 900,
    }
    assert [award["offer"] for award in document["clearing"]["awards"]] == ["first", "second"]
    assert document["clearing"]["member_price_per_t"] == "5500/13"
    assert document["seed"] == SEED.hex()


def test_the_hash_is_of_the_canonical_bytes():
    document = document_of(BOOK)

    assert document_hash(document) == sha256(document_bytes(document)).hexdigest()


def test_numbers_that_json_readers_round_are_written_as_digits():
    assert plain([2**53 - 1, 2**53, -(2**53), True, None, "x"]) == [
        2**53 - 1,
        str(2**53),
        str(-(2**53)),
        True,
        None,
        "x",
    ]
    assert plain({"ratio": Fraction(-1, 3)}) == {"ratio": "-1/3"}
