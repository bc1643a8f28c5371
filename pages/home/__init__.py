"""Home: what needs my attention now, and the club in figures."""

from pages.home import home
from pages.parts.screens import Screen

SCREENS: tuple[Screen, ...] = (Screen("home", "home", ":material/home:", home.render),)
