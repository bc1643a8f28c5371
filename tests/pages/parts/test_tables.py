"""What is taken away as CSV."""

from hypothesis import given
from hypothesis import strategies as st

from pages.parts.tables import as_csv


def test_a_csv_opens_in_a_spreadsheet_and_begins_no_formula():
    written = as_csv([{"name": "=1+1", "quantity_kg": 5, "note": None}])

    assert written.decode("utf-8-sig") == "name,quantity_kg,note\r\n'=1+1,5,\r\n"
    assert written.startswith(b"\xef\xbb\xbf")


def test_no_rows_are_an_empty_file():
    assert as_csv([]) == b"\xef\xbb\xbf"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=20))
def test_no_cell_of_text_begins_a_formula(text):
    body = as_csv([{"a": text}]).decode("utf-8-sig").removeprefix("a\r\n")

    assert body.lstrip('"')[:1] not in {"=", "+", "-", "@"}
