"""In what order terms stand, and how what is typed is compared with what is written."""

import re
from functools import lru_cache
from unicodedata import normalize

ROWS = "あかさたなはまやらわ"
"""The first kana of each row of the fifty sounds, under which a Japanese index lists."""
OTHERS = "0-9"
"""Where an English index lists what begins with no letter."""
_HIRAGANA_FROM_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_LARGE = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_KANA_BY_VOWEL = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
_MARKS = re.compile("[\u3099\u309a]")
_IGNORED = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Drop what a searcher cannot be asked to mind: width, case, script of kana, spaces, marks.

    `カーボン･ｸﾚｼﾞｯﾄ`, `かーぼんくれじっと` and `カーボン クレジット` become the same.
    """
    narrowed = normalize("NFKC", text).casefold().translate(_HIRAGANA_FROM_KATAKANA)
    return _IGNORED.sub("", narrowed)


def alphabetical(name: str) -> tuple[str, str]:
    """Sort by letters and digits alone, digits first; of equals, by the name as it is written."""
    return fold(name), name


def initial(name: str) -> str:
    """The heading of an English index under which the name stands."""
    first = fold(name)[:1].upper()
    return first if first.isascii() and first.isalpha() else OTHERS


def gojuon(reading: str) -> tuple[str, str, str]:
    """Sort readings in hiragana by the fifty sounds.

    First by the plain kana, in which a long vowel counts as that vowel and small kana count as
    large; of equals, plain before voiced before half-voiced; then by the reading as written.
    """
    apart = normalize("NFD", reading)
    plain = _spelt_out(_MARKS.sub("", apart).translate(_LARGE))
    return plain, _voices(apart), reading


def row(reading: str) -> str:
    """The heading of a Japanese index under which the reading stands."""
    first = gojuon(reading)[0][:1]
    return max((kana for kana in ROWS if kana <= first), default=ROWS[0])


def _spelt_out(kana: str) -> str:
    spelt = ""
    for sound in kana:
        spelt += _vowel(spelt[-1:]) if sound == "ー" else sound
    return spelt


def _vowel(kana: str) -> str:
    return next((vowel for vowel, all in _KANA_BY_VOWEL.items() if kana and kana in all), "")


def _voices(apart: str) -> str:
    """One digit a kana: 0 plain, 1 voiced, 2 half-voiced."""
    return re.sub("[^\u3099\u309a][\u3099\u309a]?", _voice, apart)


def _voice(sound: re.Match[str]) -> str:
    return {"\u3099": "1", "\u309a": "2"}.get(sound.group()[1:], "0")
