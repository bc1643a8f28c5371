"""The screens of this journey; each file defines `render(visit)` and nothing else runs."""

from pages.parts.screens import Screen

SCREENS: tuple[Screen, ...] = ()
