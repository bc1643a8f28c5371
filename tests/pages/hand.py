"""Pressing buttons by what they say, and reading all that a screen tells."""

from __future__ import annotations

from club.i18n import Speech
from pages.parts.visit import plain


class Hand:
    """Presses what a sentence says; a dialog's button together with the one that asks for it."""

    def __init__(self, at, language="ja"):
        self.at = at
        self.speech = Speech(language, "Asia/Tokyo")

    def says(self, id, **facts):
        shown = {k: plain(fact) if type(fact) is str else fact for k, fact in facts.items()}
        return self.speech.say(id, **shown)

    def button(self, id, **facts):
        label = self.says(id, **facts)
        found = [button for button in self.at.button if button.label == label]
        assert found, f"{label!r} is not among {[b.label for b in self.at.button]}"
        return found[0]

    def press(self, id, **facts):
        self.at = self.button(id, **facts).click().run()
        return self.at

    def confirm(self, asked, act, **facts):
        self.press(asked)
        self.button(asked).click()
        return self.press(act, **facts)

    def has(self, id, **facts):
        return self.says(id, **facts) in [button.label for button in self.at.button]


def told(at):
    """Everything that was told after a deed, or refused."""
    return [element.value for element in (*at.success, *at.error, *at.warning)]


def words(at):
    """All text of a screen in one."""
    kinds = (at.title, at.subheader, at.markdown, at.caption, at.info, at.success, at.error)
    return "\n".join(str(element.value) for kind in kinds for element in kind)
