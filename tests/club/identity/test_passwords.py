"""Passwords: what is refused, and what is kept of one."""

import pytest
from argon2 import PasswordHasher

from club.domain.errors import InputRefused
from club.identity import passwords

EMAIL = "tanaka.hanako@member.example"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elevenchars", "password_too_short"),
        ("", "password_too_short"),
        ("x" * 201, "too_long"),
        ("Password1234", "password_too_common"),
        ("ababababababab", "password_too_common"),
        (EMAIL, "password_too_common"),
        (EMAIL.upper(), "password_too_common"),
        ("tanaka.hanako", "password_too_common"),
    ],
)
def test_a_poor_password_is_refused(password, code):
    with pytest.raises(InputRefused) as refused:
        passwords.check(password, email=EMAIL)

    assert refused.value.code == code


@pytest.mark.parametrize("password", ["twelve chars", "雪がしんしんと降る夜の汽車"])
def test_a_long_enough_password_in_any_script_is_accepted(password):
    passwords.check(password, email=EMAIL)


def test_only_the_password_itself_matches_its_hash():
    stored = passwords.hashed("leise rieselt")

    assert stored.startswith("$argon2id$")
    assert passwords.is_right("leise rieselt", stored)
    assert not passwords.is_right("leise Rieselt", stored)
    assert not passwords.is_right("leise rieselt", None)
    assert not passwords.is_right("leise rieselt", "no hash at all")


def test_full_width_and_half_width_typing_is_the_same_password():
    stored = passwords.hashed("ＡＢＣｄｅｆ１２３４５６")

    assert passwords.is_right("ABCdef123456", stored)


def test_a_hash_of_less_work_is_outdated():
    weak = PasswordHasher(time_cost=1, memory_cost=8_192).hash("leise rieselt")

    assert passwords.is_outdated(weak)
    assert passwords.is_right("leise rieselt", weak)
    assert not passwords.is_outdated(passwords.hashed("leise rieselt"))
