"""Small files, small functions, and a test beside each."""

import ast
from pathlib import Path

import pytest

ROOTS = ("auctions", "club", "curriculum", "pages")
SOURCES = sorted(
    path for root in ROOTS for path in Path(root).rglob("*.py") if "migrations" not in path.parts
)


@pytest.mark.parametrize("path", [Path("app.py"), *SOURCES], ids=str)
def test_files_are_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_the_entry_point_is_under_60_lines_of_code():
    lines = Path("app.py").read_text("utf-8").splitlines()

    assert len([line for line in lines if line.strip()]) <= 60


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_functions_are_small(path):
    tree = ast.parse(path.read_text("utf-8"))
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > 60
    ]

    assert long == []


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_every_module_says_what_it_is(path):
    text = path.read_text("utf-8")

    assert not text.strip() or ast.get_docstring(ast.parse(text)) is not None
