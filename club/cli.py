"""Commands for those who run a club: serve, migrate, found, demo, prove."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

import typer

from club import logs
from club.demo import playing, seeding
from club.operations.context import Context, process_context
from club.operations.founding import found_club, is_founded
from club.operations.viewing.proving import prove
from club.settings import ROOT
from club.store.migrating import migrate as bring_up_to_date
from curriculum.errors import BadContent

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


@app.command()
def serve() -> None:
    """Migrate, seed the demo club if the database is empty, and serve."""
    logs.configure(readable=sys.stderr.isatty())
    context = _context()
    bring_up_to_date(context.database)
    if not is_founded(context):
        seeding.seed(context)
    _greet(context)
    address = urlsplit(context.settings.base_url)
    environment = dict(os.environ)
    if seeding.is_demo(context):
        environment["TOMOE_DEMO"] = "1"
    port = environment.get("TOMOE_PORT") or str(address.port or 8501)
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    os.chdir(ROOT)
    os.execve(sys.executable, [*command, "--server.port", port], environment)  # noqa: S606 - our own server


@app.command()
def migrate() -> None:
    """Bring the database to the tables of this version."""
    bring_up_to_date(_context().database)
    print("The database is up to date.")


@app.command()
def found(name_ja: str, name_en: str, facilitator_email: str) -> None:
    """Found a club in an empty database; prints the first facilitator's invitation."""
    context = _context()
    bring_up_to_date(context.database)
    link = found_club(context, name_ja=name_ja, name_en=name_en, email=facilitator_email)
    print(f"The first facilitator registers here, within 14 days:\n  {link}")


@app.command()
def demo(folder: Path = ROOT / "data" / "var" / "demo") -> None:
    """Play one whole round without a browser, in a database of its own made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    for line in playing.play(folder):
        print(line)


@app.command(name="prove")
def prove_books() -> None:
    """Recompute the books: exits 1 and says what differs, if anything does."""
    proof = prove(_context())
    for line in proof.lines:
        print(line)
    raise typer.Exit(0 if proof.holds else 1)


def _context() -> Context:
    """Open this process's context; where the school's files are broken, say where, and end."""
    try:
        return process_context()
    except BadContent as fault:
        print(f"The school's files cannot be read. {fault}", file=sys.stderr)
        raise typer.Exit(1) from None


def _greet(context: Context) -> None:
    print(f"Tomoe  {context.settings.base_url}\n")
    personas = seeding.personas(context)
    if personas:
        print("A demonstration club: companies, people and prices are invented. Sign in as")
        for persona in personas:
            print(f"  {persona.role:<12} {persona.email:<34} {persona.organisation}")
        print("by one click on the sign-in page, or with the password", seeding.PASSWORD)
        print()
    sys.stdout.flush()
