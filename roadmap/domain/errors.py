"""Expected errors, which the web, the API and the command line each translate in one place."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

Row = TypeVar("Row")


class RoadmapError(Exception):
    """The base of all expected errors; the text is written for the person who sees it."""


@dataclass
class RuleError(RoadmapError):
    """An action the rules do not allow; `message` is a sentence for the person."""

    message: str

    def __str__(self) -> str:
        return self.message


class NotFound(RuleError):
    """Something does not exist, or the person may not see it (404)."""


class ForbiddenReason(StrEnum):
    """Why something is forbidden; the 403 page offers a next step for each reason."""

    ADMINISTRATORS = "administrators"
    LEARNER = "learner"
    ARCHIVED = "archived"
    OWN_WORK = "own_work"
    ISSUER = "issuer"
    OWN_INVITATION = "own_invitation"
    ANOTHER_ADDRESS = "another_address"
    SIGN_UP = "sign_up"
    NOT_APPROVED = "not_approved"
    AUTHOR = "author"
    BUILT_IN = "built_in"
    RESTRICTED = "restricted"


@dataclass
class Forbidden(RuleError):
    """The person may see something, but not do this with it (403)."""

    reason: ForbiddenReason | None = None


class Conflict(RuleError):
    """The action conflicts with the current state (409)."""


@dataclass
class SentBefore(RuleError):
    """This very form was sent before and did what it says; `is_recent` when it was sent twice at once."""

    is_recent: bool = True


@dataclass
class StaleText(Conflict):
    """A text was changed since the form was opened (409); the page shows both versions."""

    current: str = ""
    version: int = 0


@dataclass
class Invalid(RuleError):
    """The input is invalid (422); `errors` has one sentence for each named field."""

    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class TooMany(RuleError):
    """Too many requests or attempts (429); `retry_after` is in seconds."""

    retry_after: int = 60


def invalid(**errors: str) -> Invalid:
    """Return an Invalid with one sentence for each field; the first is also its message."""
    return Invalid(next(iter(errors.values())), errors)


def or_not_found(row: Row | None, message: str) -> Row:
    """Return what a query found; raise NotFound with this sentence where that is None."""
    if row is None:
        raise NotFound(message)
    return row
