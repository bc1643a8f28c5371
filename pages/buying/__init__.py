"""Buying: rounds, my pledge, what I got and why, my invoices."""

from club.domain.organisations import Kind, Role
from pages.buying import allocation, invoices, pledge, round_page, rounds, stay
from pages.parts.screens import Screen

MEMBERS = frozenset({Kind.MEMBER})
OTHERS = frozenset(Kind) - MEMBERS
"""Suppliers and the office look at rounds; they buy nothing in them."""
BUYERS = frozenset({Role.BUYER, Role.APPROVER})

SCREENS: tuple[Screen, ...] = (
    Screen("rounds", "buy", ":material/event_repeat:", rounds.render, kinds=MEMBERS),
    Screen("rounds", "market", ":material/event_repeat:", rounds.render, kinds=OTHERS),
    Screen("round", "buy", ":material/event:", round_page.render, in_menu=False),
    Screen("pledge", "buy", ":material/edit_note:", pledge.render, BUYERS, MEMBERS, in_menu=False),
    Screen("stay", "buy", ":material/how_to_vote:", stay.render, BUYERS, MEMBERS, in_menu=False),
    Screen("allocation", "buy", ":material/pie_chart:", allocation.render, BUYERS, MEMBERS),
    Screen("invoices", "buy", ":material/receipt_long:", invoices.render, BUYERS, MEMBERS),
)
