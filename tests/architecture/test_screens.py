"""Screens are inert: Streamlit may run a file of `pages/` by itself, past the sign-in."""

import ast
from pathlib import Path

import pytest

SCREENS = sorted(p for p in Path("pages").rglob("*.py") if p != Path("pages/shell.py"))
INERT = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.ClassDef,
    ast.Assign,
    ast.AnnAssign,
)


@pytest.mark.parametrize("path", SCREENS, ids=str)
def test_screens_do_nothing_when_imported(path):
    tree = ast.parse(path.read_text("utf-8"))
    body = [
        node
        for node in tree.body
        if not isinstance(node, INERT)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]

    assert [ast.unparse(node) for node in body] == []


def test_only_the_shell_lies_directly_in_pages():
    assert [p.name for p in sorted(Path("pages").glob("*.py"))] == ["__init__.py", "shell.py"]


@pytest.mark.parametrize("path", SCREENS, ids=str)
def test_screens_hold_no_sentence_of_their_own(path):
    """What a person reads stands in the catalogues; Japanese letters in a screen would not."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    written = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs
        and any("぀" <= letter <= "鿿" for letter in node.value)
        and node.value != "日本語"
    ]

    assert written == []


@pytest.mark.parametrize("path", SCREENS, ids=str)
def test_submit_buttons_are_made_in_one_place_so_that_two_clicks_are_one_deed(path):
    """`forms.submit` and `forms.button` change their key with the deed's request id."""
    if path == Path("pages/parts/forms.py"):
        return
    calls = [
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]

    assert "st.form_submit_button" not in calls
