"""Home: what needs my attention now, the club in figures, and the terms."""

from pages.home import home, opening, terms
from pages.parts.screens import Screen

SCREENS: tuple[Screen, ...] = (
    Screen("home", "home", ":material/home:", home.render),
    Screen("opening", "home", ":material/lock_open:", opening.render, in_menu=False),
    Screen("terms", "home", ":material/gavel:", terms.render),
)
