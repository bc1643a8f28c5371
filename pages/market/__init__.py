"""What there is to buy: the catalogue, and a card for every project."""

from pages.market import catalogue, project
from pages.parts.screens import Screen

SCREENS: tuple[Screen, ...] = (
    Screen("catalogue", "market", ":material/travel_explore:", catalogue.render),
    Screen("project", "market", ":material/forest:", project.render, in_menu=False),
)
