"""Secrets of the club."""

from concurrent.futures import ThreadPoolExecutor

from club.keyring import Keyring


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    keys = Keyring(tmp_path / "keys", environment={})

    with ThreadPoolExecutor(8) as threads:
        secrets = set(threads.map(lambda _: keys.secret("cookie"), range(32)))

    assert len(secrets) == 1
    assert [(p.name, oct(p.stat().st_mode & 0o777)) for p in (tmp_path / "keys").iterdir()] == [
        ("cookie", "0o600")
    ]


def test_a_secret_that_was_never_made_is_not_found(tmp_path):
    assert Keyring(tmp_path, environment={}).find("round-1") is None


def test_the_environment_comes_first(tmp_path):
    keys = Keyring(tmp_path, environment={"TOMOE_KEY_ROUND_1": "00ff"})

    assert keys.secret("round-1") == b"\x00\xff"
    assert list(tmp_path.iterdir()) == []
