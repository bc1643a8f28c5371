"""What there is to buy: the catalogue, a card for every project, and how to check a result."""

from pages.market import catalogue, checking, project, uses
from pages.parts.screens import Screen

SCREENS: tuple[Screen, ...] = (
    Screen("catalogue", "market", ":material/travel_explore:", catalogue.render),
    Screen("uses", "market", ":material/rule:", uses.render),
    Screen("project", "market", ":material/forest:", project.render, in_menu=False),
    Screen("check", "market", ":material/fact_check:", checking.render, in_menu=False),
)
