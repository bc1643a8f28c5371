"""Openers' passphrases: what counts, what is refused, what is suggested."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.openers import NONCE_BYTES, SALT_BYTES, WrongPassphrase
from auctions.sealing import round_keys
from club.domain.errors import InputRefused
from club.identity.passphrases import (
    LONGEST,
    NEEDED,
    SUGGESTED_BYTES,
    check,
    counted,
    lock,
    suggestion,
    unlock,
)
from tests.builders import LIGHT

KNOWN = ["あおば食品株式会社", "Aoba Foods Inc.", "Haru Tanaka", "haru@aoba-foods.example"]


@pytest.mark.parametrize(
    ("passphrase", "letters"),
    [
        ("", 0),
        ("kettle", 6),
        ("夕立のあと", 10),
        ("ｶﾗｽ", 6),
        ("kettle kettle KETTLE Ｋｅｔｔｌｅ", 6),
        ("aaaaaaaa", 2),
        ("12345678", 2),
        ("87654321", 2),
        ("abcxyz", 4),
        ("password1 qwertyuiop", 5),
        ("Aoba Foods haru tanaka kettle", 6),
        ("あおば食品株式会社の薬缶", 6),
        ("correct horse battery staple", 0),
    ],
)
def test_only_what_has_to_be_guessed_is_counted(passphrase, letters):
    assert counted(passphrase, KNOWN) == letters


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [
        ("", "missing"),
        (" \n　", "missing"),
        ("nineteen letters ok", "passphrase_too_weak"),
        ("夕立のあと蝉時雨", "passphrase_too_weak"),
        ("abababababababababababababab", "passphrase_too_weak"),
        ("Haru Tanaka of Aoba Foods Inc.", "passphrase_too_weak"),
        ("x" * (LONGEST + 1), "too_long"),
    ],
)
def test_a_poor_passphrase_is_refused_and_told_nowhere(passphrase, code):
    with pytest.raises(InputRefused) as refused:
        check(passphrase, known=KNOWN)

    assert refused.value.code == code
    assert passphrase not in map(str, refused.value.facts.values()) or passphrase == ""


@pytest.mark.parametrize("passphrase", ["夕立のあとに蝉時雨を聞いた", "a kettle sings before snow"])
def test_a_sentence_of_ones_own_is_accepted(passphrase):
    check(passphrase, known=KNOWN)


@given(st.binary(min_size=SUGGESTED_BYTES, max_size=SUGGESTED_BYTES))
def test_a_suggestion_is_four_words_of_three_syllables(chance):
    words = suggestion(chance).split(" ")

    assert [len(word) for word in words] == [6, 6, 6, 6]


@given(st.sets(st.binary(min_size=SUGGESTED_BYTES, max_size=SUGGESTED_BYTES), max_size=50))
def test_other_chance_is_another_suggestion(chances):
    assert len({suggestion(chance) for chance in chances}) == len(chances)


def test_nearly_every_suggestion_counts_enough():
    made = [suggestion(n.to_bytes(2) * 4 + b"\x5a") for n in range(0, 2**16, 97)]
    enough = [words for words in made if counted(words, KNOWN) >= NEEDED]

    assert len(made) - len(enough) < len(made) // 4


def test_other_than_nine_bytes_suggest_nothing():
    with pytest.raises(ValueError, match="random bytes"):
        suggestion(b"short")


@given(st.text(min_size=1, max_size=40))
@settings(deadline=None, max_examples=30)
def test_what_is_locked_opens_with_the_same_passphrase_only(passphrase):
    pair = round_keys(b"k" * 32)
    key = lock(pair, passphrase, salt=b"s" * SALT_BYTES, nonce=b"n" * NONCE_BYTES, work=LIGHT)

    assert unlock(key, passphrase) == pair.private
    with pytest.raises(WrongPassphrase):
        unlock(key, passphrase + "!")
