"""What every operation is handed: the database, the clock, chance, the keys, the settings."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from auctions.formats.history import State
from auctions.openers import WORK, Work
from club.keyring import Keyring
from club.operations.answer_books import AnswerBook
from club.settings import ROOT, Settings
from club.settings import read as read_settings
from club.store import database as store
from club.store.database import Connection, Database
from curriculum import cases, glossary, linking, modules
from curriculum.cases import Case
from curriculum.linking import Glossary
from curriculum.modules import Module


@cache
def load_modules() -> Mapping[str, Module]:
    """The curriculum by module id, read once a process."""
    return {module.id: module for module in modules.load_all(ROOT / "data" / "modules")}


@cache
def load_glossary() -> Glossary:
    """The terms of the school, read once a process."""
    path = ROOT / "data" / "glossary.yaml"
    return linking.glossary_of(glossary.load_glossary(path, modules=load_modules()))


@cache
def load_cases() -> Mapping[str, Case]:
    """The case studies by id, read once a process."""
    lessons = modules.lesson_places(load_modules().values())
    read = cases.load_cases(ROOT / "data" / "cases", lessons=lessons)
    return {case.id: case for case in read}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Made once a process; a test or the demo round passes a fixed clock and fixed chance."""

    settings: Settings
    database: Database
    keys: Keyring
    clock: Callable[[Connection], datetime] = store.now
    """Read inside a transaction, after its lock."""
    random_bytes: Callable[[int], bytes] = field(default=os.urandom)
    passphrase_work: Work = WORK
    """What it costs to guess an opener's passphrase; a test asks for less."""
    followed: dict[str, State] = field(default_factory=dict, repr=False, compare=False)
    """Live auctions by round, as far as this process has followed their records."""
    answer_books: dict[str, AnswerBook] = field(default_factory=dict, repr=False, compare=False)
    """Answers of finished tries by module, as far as this process has read them."""
    modules: Mapping[str, Module] = field(default_factory=load_modules)
    glossary: Glossary = field(default_factory=load_glossary, repr=False, compare=False)
    cases: Mapping[str, Case] = field(default_factory=load_cases, repr=False, compare=False)

    def new_id(self) -> str:
        return self.random_bytes(10).hex()

    def now(self) -> datetime:
        """The time outside any deed: for showing, never for deciding."""
        with self.database.read() as tx:
            return self.clock(tx)


def open_context(settings: Settings) -> Context:
    """The context of this process on its real clock and chance."""
    return Context(
        settings=settings,
        database=Database(settings.database_url),
        keys=Keyring(settings.keys_folder),
    )


@cache
def process_context() -> Context:
    """The one context of this process, for the server and its screens."""
    return open_context(read_settings())
