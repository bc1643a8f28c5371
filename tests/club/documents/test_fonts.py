from html import unescape
from threading import Thread

from babel.messages.pofile import read_po
from conftest import CLUB, MEMBERS, PROJECTS
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from club.documents.fonts import FONT, has_glyphs, markup, register
from club.i18n.catalogue import LOCALE
