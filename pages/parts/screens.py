"""What a screen is: a path, a place in the menu, and who may open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from club.domain.organisations import Kind, Role
from pages.parts.visit import Visit

SECTIONS = ("home", "learn", "buy", "sell", "market", "hold", "facilitate")
"""The order of the menu; a section's words are `menu.section.<name>`."""


@dataclass(frozen=True)
class Screen:
    """One screen; its title is `menu.<path>`."""

    path: str
    section: str
    icon: str
    render: Callable[[Visit], None]
    roles: frozenset[Role] = frozenset()
    """Whose screen it is; empty means everybody's."""
    kinds: frozenset[Kind] = frozenset(Kind)
    in_menu: bool = True

    def is_for(self, visit: Visit) -> bool:
        return visit.actor.kind in self.kinds and (not self.roles or visit.has(*self.roles))
