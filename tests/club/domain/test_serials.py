"""Reading ranges of serials as people paste them, and telling whether they overlap."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.domain.errors import InputRefused, TermsRefused
from club.domain.serials import Serials, read_serials, require_apart

NUMBERS = st.integers(0, 10**12)
PREFIXES = st.sampled_from(["", "JC-", "JC-2025-", "JPN-200-", "ｊｃ ", "VCS/"])


@pytest.mark.parametrize(
    ("text", "prefix", "first", "last"),
    [
        ("JC-2025-1001 to JC-2025-1233", "JC-2025-", 1001, 1233),
        ("JC-2025-1001 to 1233", "JC-2025-", 1001, 1233),
        ("JC-2025-1001-1233", "JC-2025-", 1001, 1233),
        ("JC-2025-1001 ~ JC-2025-1233", "JC-2025-", 1001, 1233),
        ("JC-2025-1001〜1233", "JC-2025-", 1001, 1233),
        ("JC-2025-1001～1233", "JC-2025-", 1001, 1233),
        ("JC-2025-1001から1233", "JC-2025-", 1001, 1233),
        ("　ＪＣ－２０２５－１００１ から １２３３　", "JC-2025-", 1001, 1233),
        ("1001 to 1233", "", 1001, 1233),
        ("KYOTO-7 to KYOTO-7", "KYOTO-", 7, 7),
    ],
)
def test_a_range_is_read_as_it_is_meant(text, prefix, first, last):
    assert read_serials(text) == Serials(prefix=prefix, first=first, last=last)


def test_leading_zeros_stay_as_the_registry_writes_them():
    serials = read_serials("JC-0099 to JC-0101")

    assert (serials.first_text, serials.last_text, serials.units) == ("JC-0099", "JC-0101", 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "JC-1001",
        "JC-5 to JC-4",
        "JC-1 to KC-2",
        "to",
        "JC-1 to",
        "J\x00-1 to 2",
        "x" * 300 + "1 to 2",
    ],
)
def test_what_is_no_range_is_refused(text):
    with pytest.raises(InputRefused) as refusal:
        read_serials(text)

    assert refusal.value.code == "serials_unreadable"


@given(prefix=PREFIXES, first=NUMBERS, more=st.integers(0, 10**6), width=st.integers(1, 15))
def test_what_is_written_is_read_again(prefix, first, more, width):
    written = Serials(prefix=prefix, first=first, last=first + more, width=width)

    read = read_serials(f"{written.first_text} to {written.last_text}")

    assert (read.units, read.first, read.last) == (written.units, first, first + more)
    assert (read.first_text, read.last_text) == (
        unicodedata.normalize("NFKC", written.first_text).strip(),
        unicodedata.normalize("NFKC", written.last_text).strip(),
    )


RANGES = st.builds(
    lambda prefix, first, more: Serials(prefix=prefix, first=first, last=first + more),
    st.sampled_from(["JC-", "jc-", "KC-"]),
    st.integers(0, 30),
    st.integers(0, 10),
)


@given(one=RANGES, other=RANGES)
def test_ranges_overlap_when_they_share_a_unit(one, other):
    def units(serials):
        return {
            (serials.prefix.lower(), number) for number in range(serials.first, serials.last + 1)
        }

    assert one.overlaps(other) == bool(units(one) & units(other))
    assert one.covers(other) == (units(other) <= units(one))


def test_an_overlap_names_the_range_that_was_there_first():
    with pytest.raises(TermsRefused) as refusal:
        require_apart(read_serials("JC-05 to JC-09"), [read_serials("JC-01 to JC-05")])

    assert refusal.value.facts == {"first": "JC-01", "last": "JC-05"}
