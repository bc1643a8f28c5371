"""The rules use whole numbers only: no floats, no true division, no clock of their own."""

import ast
from pathlib import Path

import pytest

EDGES = {"auctions/branching.py", "auctions/relaxation.py"}
"""Where a solver searches in floats; what it finds is finished and checked in integers."""
RULES = sorted(
    path
    for root in ("auctions", "curriculum", "club/domain")
    for path in Path(root).rglob("*.py")
    if path.as_posix() not in EDGES
)


def inexact(tree):
    for node in ast.walk(tree):
        match node:
            case (
                ast.Constant(value=float())
                | ast.BinOp(op=ast.Div())
                | ast.AugAssign(op=ast.Div())
                | ast.Call(func=ast.Name(id="float" | "round" | "hash"))
                | ast.Attribute(attr="now" | "today" | "utcnow")
            ):
                yield f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("path", RULES, ids=str)
def test_rules_are_exact_and_clockless(path):
    assert list(inexact(ast.parse(path.read_text("utf-8")))) == []


def test_what_is_inexact_would_be_found():
    tree = ast.parse("a = 0.5\nb = a / 2\nc = round(b)\nd = datetime.now()")

    assert len(list(inexact(tree))) == 4
