"""Passwords: which ones are good enough, and their Argon2id hashes."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from roadmap.common_passwords import is_common, is_made_of
from roadmap.domain.errors import invalid

MIN_LENGTH = 15
MAX_LENGTH = 256
# OWASP's profile: 19 MiB, two passes, one lane; about 24 ms.
_COSTS = {
    "standard": PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1),
    "cheap": PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
}


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
        return f"Use {MIN_LENGTH} characters or more: four or five unrelated words do well."
    if len(password) > MAX_LENGTH:
        return f"Use {MAX_LENGTH} characters at most."
    if is_common(password):
        return "This password is among the first that others would try. Use four or five unrelated words."
    if is_made_of(password, _own_words(name, email)):
        return "Leave your own name and address out of your password."
    return None


def _own_words(name: str, email: str) -> Iterable[str]:
    local, _, domain = email.partition("@")
    return (email, name, name.replace(" ", ""), local, domain, *name.split(), *local.split("."))
