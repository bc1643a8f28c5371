"""The club's commands: `python -m club`."""

from club.cli import app

app()
