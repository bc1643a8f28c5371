"""The club's secrets: files under `data/var/keys` that only this user may read, or variables.

Never in the database: whoever holds a copy of it can open no offer and forge no receipt.
On several hosts the same secrets come from the environment as `TOMOE_KEY_<NAME>` in hex
(`TOMOE_KEY_ROUND_<ID>` for a round), or from one shared folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Keyring:
    folder: Path
    random_bytes: Callable[[int], bytes] = os.urandom
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def secret(self, name: str, length: int = 32) -> bytes:
        """The secret of that name, made on first use; two that make it at once get the same."""
        return self.find(name) or self._make(name, length)

    def find(self, name: str) -> bytes | None:
        """The secret of that name, or None; unlike `secret` it never makes one."""
        variable = self.environment.get("TOMOE_KEY_" + name.upper().replace("-", "_"))
        if variable:
            return bytes.fromhex(variable)
        path = self.folder / name
        return bytes.fromhex(path.read_text("ascii")) if path.exists() else None

    def _make(self, name: str, length: int) -> bytes:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self.folder / f".{name}.{os.getpid()}.{os.urandom(4).hex()}"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(self.random_bytes(length).hex())
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link either appears whole or fails because another was first; never half-written.
            os.link(draft, self.folder / name)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return bytes.fromhex((self.folder / name).read_text("ascii"))
