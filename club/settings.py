"""What a club decides outside the code: read once from the environment, never changed after."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECRETS = ROOT / ".streamlit" / "secrets.toml"
_DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """The club's own OpenID provider, where it has one."""

    metadata_url: str
    client_id: str
    client_secret: str

    @property
    def issuer(self) -> str:
        """What the provider calls itself in its tokens: the metadata's address without its end
        (OpenID Connect Discovery 1.0, section 4)."""
        return self.metadata_url.removesuffix(_DISCOVERY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting, its variable in `docs/operating.md`."""

    database_url: str
    var_folder: Path
    """This machine's documents and keys."""
    base_url: str
    """The address people type, without a slash at the end."""
    club_name_ja: str
    club_name_en: str
    club_registration_number: str | None
    """The club's qualified-invoice issuer number, printed on invoices."""
    club_address: str
    club_bank: str
    smtp_url: str | None
    """smtp://user:password@host:587; without it notices are written as files."""
    mail_from: str
    sign_in_lasts: timedelta
    time_zone: str
    provider: Provider | None
    """None: the built-in one."""
    is_demo: bool
    """The demo club: its personas and their passwords are shown at sign-in, on loopback only."""

    @property
    def keys_folder(self) -> Path:
        return self.var_folder / "keys"

    @property
    def outbox_folder(self) -> Path:
        return self.var_folder / "outbox"


def read(environment: Mapping[str, str] = os.environ, secrets_file: Path | None = None) -> Settings:
    """The settings of this process; what is not set has a value that works on one machine."""
    var_folder = Path(environment.get("TOMOE_VAR") or ROOT / "data" / "var")
    return Settings(
        database_url=environment.get("TOMOE_DATABASE_URL") or f"sqlite:///{var_folder}/tomoe.db",
        var_folder=var_folder,
        base_url=(environment.get("TOMOE_BASE_URL") or "http://localhost:8501").rstrip("/"),
        club_name_ja=environment.get("TOMOE_CLUB_NAME_JA") or "巴カーボンクレジット共同購入クラブ",
        club_name_en=environment.get("TOMOE_CLUB_NAME_EN") or "Tomoe Carbon Buyers' Club",
        club_registration_number=environment.get("TOMOE_CLUB_REGISTRATION_NUMBER"),
        club_address=environment.get("TOMOE_CLUB_ADDRESS") or "",
        club_bank=environment.get("TOMOE_CLUB_BANK") or "",
        smtp_url=environment.get("TOMOE_SMTP_URL"),
        mail_from=environment.get("TOMOE_MAIL_FROM") or "club@localhost",
        sign_in_lasts=timedelta(hours=int(environment.get("TOMOE_SIGN_IN_HOURS") or "12")),
        time_zone=environment.get("TOMOE_TIME_ZONE") or "Asia/Tokyo",
        provider=_provider(environment, secrets_file or SECRETS),
        is_demo=environment.get("TOMOE_DEMO") == "1",
    )


def _provider(environment: Mapping[str, str], secrets_file: Path) -> Provider | None:
    """From three variables, else from `[auth]` in Streamlit's own file of secrets."""
    if environment.get("TOMOE_OIDC_METADATA_URL"):
        return Provider(
            metadata_url=environment["TOMOE_OIDC_METADATA_URL"],
            client_id=environment["TOMOE_OIDC_CLIENT_ID"],
            client_secret=environment["TOMOE_OIDC_CLIENT_SECRET"],
        )
    if not secrets_file.exists():
        return None
    auth = tomllib.loads(secrets_file.read_text("utf-8")).get("auth")
    if auth is None:
        return None
    return Provider(
        metadata_url=auth["server_metadata_url"],
        client_id=auth["client_id"],
        client_secret=auth["client_secret"],
    )
