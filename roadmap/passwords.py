"""Passwords: which ones are good enough, and their Argon2id hashes."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from roadmap.domain.errors import invalid

MIN_LENGTH = 15
MAX_LENGTH = 256
# OWASP's profile: 19 MiB, two passes, one lane; about 24 ms.
_COSTS = {
    "standard": PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1),
    "cheap": PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
}


# What remains after common parts are taken out must be at least this long to count as a choice of one's own.
MIN_OWN_CHARACTERS = 5
# Punctuation mostly decorates words, so it only counts where there is more of it than anybody decorates with.
LEAST_PUNCTUATION = 8
_SHORTEST_PART = 3
_REPEATED = re.compile(r"(.)\1{2,}|(.{2,8}?)\2+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")

_ROWS = (
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "!@#$%^&*()_+",
    '!"§$%&/()=?',
)
_COLUMNS = ("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "qazwsxedcrfvtgbyhnujmik", "1q2w3e4r5t6y7u8i9o0p")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_WALKS = tuple(walk for line in (*_ROWS, *_COLUMNS, _ALPHABET) for walk in (line, line[::-1]))

_LISTED = """
access account admin administrator again angel baby baseball batman beautiful bitte blink boss
business change changeme charlie chocolate computer daniel default demo diamond dragon family
flower football forever forget freedom friend friends fuckyou george google guest hallo hello
hunter iloveyou internet jennifer jesus jordan killer learn learner learning letme letmein life
liverpool lock login london love loveme loveyou magic manager master mentor michael milestone
monkey mother mustang mypass mypassword never nothing number orange please pass passphrase passwd
passwort password pepper please princess private progress purple qwerty roadmap samsung secret secure
security server shadow sommer sonnenschein soccer starwars strong student summer sunshine
superman superuser system temp temporary test testing thank thankyou thomas trustno tigger unknown
user username welcome whatever winter winner word world yellow
have ilove isa ismy isthe letme like thanthat that thatsmy thatsthe these thisis thisisa thisismy
thisisthe those what with your
"""
_WORDS = frozenset(_LISTED.split())


class Passwords:
    """Hashes and compares at one cost, `standard` or, for tests, `cheap`."""

    def __init__(self, cost: StrEnum | str = "standard") -> None:
        self._hasher = _COSTS[str(cost)]
        self._nobody = self._hasher.hash("")

    def hash(self, password: str) -> str:
        """The Argon2id hash to store; slow by design, so never inside a transaction."""
        return self._hasher.hash(_normalized(password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Compare; without a stored hash it costs the same and is false."""
        try:
            return self._hasher.verify(stored or self._nobody, _normalized(password)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, stored: str) -> bool:
        """Whether this hash was made at another cost and should be made anew."""
        return self._hasher.check_needs_rehash(stored)


def _normalized(password: str) -> bytes:
    # NFKC, so that the same letters typed on another keyboard are the same bytes; nothing is cut off.
    return unicodedata.normalize("NFKC", password).encode(errors="surrogatepass")


def check_password(password: str, *, name: str, email: str, field: str = "password") -> None:
    """Raise Invalid with the reason unless it is long enough, not common, and not the person's own."""
    if reason := _weakness(unicodedata.normalize("NFKC", password), name=name, email=email):
        raise invalid(**{field: reason})


def _weakness(password: str, *, name: str, email: str) -> str | None:
    if len(password) < MIN_LENGTH:
        return f"Use at least {MIN_LENGTH} characters. Four or five unrelated words work well."
    if len(password) > MAX_LENGTH:
        return f"Use at most {MAX_LENGTH} characters."
    if is_common(password):
        return "This password is too easy to guess. Use four or five unrelated words."
    if is_made_of(password, _own_words(name, email)):
        return "Don’t use your name or email address in your password."
    return None


def _own_words(name: str, email: str) -> Iterable[str]:
    local, _, domain = email.partition("@")
    return (email, name, name.replace(" ", ""), local, domain, *name.split(), *local.split("."))


def is_common(password: str) -> bool:
    """Whether it is made of common words, keyboard walks, sequences, years and repetitions only."""
    folded = password.casefold()
    return any(
        _count_own(spelling) < MIN_OWN_CHARACTERS for spelling in (folded, folded.translate(_LOOKS_LIKE))
    )


def is_made_of(password: str, words: Iterable[str]) -> bool:
    """Whether little is left of it without these words and what is common."""
    folded = password.casefold()
    own = [word.casefold() for word in words if len(word) >= _SHORTEST_PART]
    for word in sorted(own, key=len, reverse=True):
        folded = folded.replace(word, " ")
    return folded != password.casefold() and _count_own(folded) < MIN_OWN_CHARACTERS


def _count_own(text: str) -> int:
    """How many characters are left without what is common."""
    letters = "".join(filter(_is_letter_like, _YEAR.sub("", text)))
    own = _without_words(_without_walks(_without_repetitions(letters)))
    punctuation = "".join(mark for mark in text if not (mark.isspace() or _is_letter_like(mark)))
    marks = set(_without_walks(_without_repetitions(punctuation)))
    return max(len(own), len(marks) if len(marks) >= LEAST_PUNCTUATION else 0)


def _is_letter_like(character: str) -> bool:
    """Whether it is a letter, a digit, or a symbol that is on no keyboard, such as an emoji."""
    is_symbol = unicodedata.category(character).startswith("S") and not character.isascii()
    return character.isalnum() or is_symbol


def _without_repetitions(text: str) -> str:
    return _REPEATED.sub(r"\1\2", text)


def _without_walks(text: str) -> str:
    """Take out every run of four or more keys that lie side by side, in either direction."""
    rest, start = [], 0
    while start < len(text):
        length = _walk_length(text, start)
        if length < 4:
            rest.append(text[start])
        start += max(length, 1) if length >= 4 else 1
    return "".join(rest)


def _walk_length(text: str, start: int) -> int:
    end = start + 4
    while end <= len(text) and any(text[start:end] in walk for walk in _WALKS):
        end += 1
    return end - 1 - start


def _without_words(text: str) -> str:
    """Take out common words, the longest first at each place."""
    rest, start = [], 0
    while start < len(text):
        ends = range(min(len(text), start + 14), start + 2, -1)
        word = next((text[start:end] for end in ends if text[start:end] in _WORDS), "")
        if not word:
            rest.append(text[start])
        start += len(word) or 1
    return "".join(rest)
