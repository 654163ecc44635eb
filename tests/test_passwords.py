"""Which passwords are good enough, and how they are hashed."""

import pytest

from roadmap.domain.errors import Invalid
from roadmap.passwords import Passwords, check_password, is_common

LENA = {"name": "Lena Learner", "email": "lena.learner@example.org"}


def error(password: str) -> str:
    with pytest.raises(Invalid) as caught:
        check_password(password, **LENA)
    return caught.value.errors["password"]


@pytest.mark.parametrize(
    "password",
    [
        "violet tram under seven clouds",
        "x7!kQ2#mP9$wL4z",
        "ж" * 3 + "абвгдеёийклмно",
        "😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰😗😙",
        "👩‍🚀🚀🌍🌕🛰️🔭👽🪐☄️🌌🌠🛸",
        "!?%&/()=+*#~-.,;:<>@",
        "<>;:'|[]{}~`^_=",
        "∀∂∈∉∋∏∑√∞∠∧∨∩∪∫",
        "€£¥₹₽₿¢₩₪₫₭₮₱₲₴",
        "password 🐢🐇🐙🐝🦉🦊",
    ],
)
def test_fifteen_characters_of_any_kind_will_do(password: str) -> None:
    check_password(password, **LENA)


@pytest.mark.parametrize(
    ("password", "reason"),
    [("a" * 14, "15 characters"), ("violet tram " * 22, "256 characters"), ("ﬁ" * 7, "15 characters")],
)
def test_the_length_is_told(password: str, reason: str) -> None:
    assert reason in error(password)


@pytest.mark.parametrize(
    "password",
    [
        *(
            "passwordpassword",
            "password1234567",
            "P@ssw0rd P@ssw0rd!",
            "qwertyuiopasdfghjkl",
            "1q2w3e4r5t6y7u8i",
        ),
        *(
            "123456789012345",
            "aaaaaaaaaaaaaaa",
            "abcabcabcabcabcabc",
            "iloveyouforever1",
            "letmein-letmein-2026",
        ),
        *(
            "thisismypassword",
            "zyxwvutsrqponmlk",
            "Sommer2026Sommer2026",
            "changeme-changeme",
            "               ",
        ),
        *(
            "!!!!!!!!!!!!!!!",
            "!@#$%^&*()!@#$%^&*()",
            "1!2@3#4$5%6^7&8*9(0)",
            "-=-=-=-=-=-=-=-=",
            "pass-word!?.:;123",
            "p\u200da\u200bs\u200ds\u200bw\u200do\u200brd 2026",
            "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
        ),
    ],
)
def test_what_others_would_try_first_is_refused(password: str) -> None:
    assert "too easy to guess" in error(password)


@pytest.mark.parametrize(
    "password",
    [
        "Lena Learner 2026!",
        "lena.learner@example.org",
        "LENALEARNER12345",
        "example.org-lena",
        "learner.lena!!!!!",
    ],
)
def test_ones_own_name_and_address_are_refused(password: str) -> None:
    assert "your name or email address" in error(password) or is_common(password)


def test_a_short_name_inside_a_good_password_is_no_harm() -> None:
    check_password("lena sails a green boat north", **LENA)


def test_the_same_letters_typed_differently_are_the_same_password() -> None:
    passwords = Passwords("cheap")
    assert passwords.matches(passwords.hash("café über Brücken"), "café über Brücken")


def test_nothing_is_cut_off() -> None:
    passwords, long = Passwords("cheap"), "violet tram " * 20
    assert not passwords.matches(passwords.hash(long + "a"), long + "b")


def test_hashes_are_argon2id_at_the_cost_of_the_owasp_profile() -> None:
    assert Passwords().hash("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_at_another_cost_is_outdated() -> None:
    assert Passwords().is_outdated(Passwords("cheap").hash("x"))
    assert not Passwords().is_outdated(Passwords().hash("x"))


@pytest.mark.parametrize("stored", ["!", "", "$argon2id$broken", "plain"])
def test_a_damaged_hash_matches_nothing(stored: str) -> None:
    assert not Passwords("cheap").matches(stored, "plain")


def test_half_characters_are_no_failure() -> None:
    assert not Passwords("cheap").matches(None, "\ud800")
