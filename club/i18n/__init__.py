"""Every sentence a person may read, in Japanese and English."""

from club.i18n.speech import LANGUAGES, Speech, choose

__all__ = ["LANGUAGES", "Speech", "choose"]
