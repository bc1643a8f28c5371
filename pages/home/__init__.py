"""Home: what needs my attention now, the club in figures, and the terms."""

from pages.home import home, terms
from pages.parts.screens import Screen

SCREENS: tuple[Screen, ...] = (
    Screen("home", "home", ":material/home:", home.render),
    Screen("terms", "home", ":material/gavel:", terms.render),
)
