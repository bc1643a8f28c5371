"""Openers' passphrases: how strong they must be, a suggestion, and the keys that they lock.

Whoever holds a copy of the disk may guess without end, as fast as argon2id lets them; nothing
else stands between them and an opener's share. So more is asked for than of a password, which
only ever meets the sign-in page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from threading import BoundedSemaphore

from auctions import openers
from auctions.openers import LockedKey, Work
from auctions.sealing import KeyPair
from club.domain.errors import InputRefused
from club.identity.passwords import COMMON

NEEDED = 20
"""Letters that count; four or five words."""
DIFFERENT = 8
LONGEST = 200
SHORTEST_KNOWN = 3
"""Shorter names are too many to leave out."""
OBVIOUS = frozenset(
    {"password", "passphrase", "secret", "letmein", "opensesame", "qwerty", "asdfgh", "zxcvbn"}
    | {"correct horse battery staple", "carbon", "credit", "offset", "auction", "opener"}
    | {"パスワード", "パスフレーズ", "ひらけごま", "開けごま", "合言葉", "秘密"}
    | {"カーボン", "クレジット", "オークション", "入札", "開札", "いろはにほへと"}
)
"""What one tries first at this door; lower case."""
SUGGESTED_BYTES = 9
_CONSONANTS = "kstnhmrgzdbp"
_SYLLABLES = [c + vowel for c in _CONSONANTS for vowel in "aiueo"] + ["ya", "yu", "yo", "wa"]
_IN_A_WORD = 3
_BITS = 6

# One at once: each takes 256 MiB, and several should queue, not exhaust the host.
_one_by_one = BoundedSemaphore(1)


def check(passphrase: str, *, known: Iterable[str]) -> None:
    """Refuse what is too easily guessed or too long; `known` is what anybody would try: names."""
    plain = openers.normal(passphrase)
    if not plain:
        raise InputRefused("missing", field="passphrase")
    if len(plain) > LONGEST:
        raise InputRefused("too_long", field="passphrase", longest=LONGEST)
    found = counted(plain, known)
    if found < NEEDED or len(set(plain.casefold())) < DIFFERENT:
        raise InputRefused("passphrase_too_weak", field="passphrase", found=found, needed=NEEDED)


def counted(passphrase: str, known: Iterable[str]) -> int:
    """How many letters count. A Japanese letter counts twice. What does not: names, passwords
    that everybody tries, a word said before, a letter that goes on as aaa, abc or cba do."""
    text = _folded(passphrase)
    for word in sorted(_guessed(known), key=len, reverse=True):
        text = text.replace(word, " ")
    return sum(
        2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for word in dict.fromkeys(text.split())
        for number, letter in enumerate(word)
        if not _goes_on(word[max(number - 2, 0) : number + 1])
    )


def suggestion(chance: bytes) -> str:
    """Four words that mean nothing and can be said aloud, from nine random bytes: 72 bits."""
    if len(chance) != SUGGESTED_BYTES:
        raise ValueError(f"{len(chance)} random bytes, not {SUGGESTED_BYTES}")
    number = int.from_bytes(chance)
    places = range(0, SUGGESTED_BYTES * 8, _BITS)
    said = [_SYLLABLES[number >> place & (1 << _BITS) - 1] for place in places]
    return " ".join("".join(said[at : at + _IN_A_WORD]) for at in range(0, len(said), _IN_A_WORD))


def _folded(text: str) -> str:
    return openers.normal(text).casefold()


def _guessed(known: Iterable[str]) -> set[str]:
    names = {_folded(name) for name in known}
    words = names | {word for name in names for word in name.split()} | COMMON | OBVIOUS
    return {word for word in words if len(word) >= SHORTEST_KNOWN}


def _goes_on(letters: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(letters)}
    return len(letters) > 2 and len(steps) == 1 and steps <= {-1, 0, 1}  # noqa: PLR2004 - a run


def lock(pair: KeyPair, passphrase: str, *, salt: bytes, nonce: bytes, work: Work) -> LockedKey:
    with _one_by_one:
        return openers.lock_key(pair, passphrase, salt=salt, nonce=nonce, work=work)


def unlock(key: LockedKey, passphrase: str) -> bytes:
    """The private key; raises WrongPassphrase."""
    with _one_by_one:
        return openers.unlock_key(key, passphrase)
