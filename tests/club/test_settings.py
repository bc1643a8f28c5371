"""Settings from the environment."""

from datetime import timedelta
from pathlib import Path

from club import settings


def test_nothing_set_serves_one_machine():
    read = settings.read({})

    assert read.database_url == f"sqlite:///{settings.ROOT}/data/var/tomoe.db"
    assert read.base_url == "http://localhost:8501"
    assert read.sign_in_lasts == timedelta(hours=12)
    assert read.is_demo is False


def test_what_is_set_is_taken():
    read = settings.read(
        {
            "TOMOE_VAR": "/srv/tomoe",
            "TOMOE_BASE_URL": "https://club.example/",
            "TOMOE_SIGN_IN_HOURS": "1",
        }
    )

    assert read.keys_folder == Path("/srv/tomoe/keys")
    assert read.base_url == "https://club.example"
    assert read.sign_in_lasts == timedelta(hours=1)


def test_every_setting_is_told_in_the_operators_page():
    told = Path("docs/operating.md").read_text("utf-8")
    source = Path("club/settings.py").read_text("utf-8")
    names = {part.partition('"')[0] for part in source.split('environment.get("')[1:]}

    assert {name for name in names if f"`{name}`" not in told} == set()


def test_a_provider_is_known_by_the_address_of_its_metadata():
    entra = "https://login.example/tenant/v2.0"

    read = settings.read(
        {
            "TOMOE_OIDC_METADATA_URL": f"{entra}/.well-known/openid-configuration",
            "TOMOE_OIDC_CLIENT_ID": "club",
            "TOMOE_OIDC_CLIENT_SECRET": "s",
        }
    )

    assert read.provider is not None
    assert read.provider.issuer == entra
