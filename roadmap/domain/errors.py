"""Errors that are expected; pages, API and command line translate each of them once."""

from dataclasses import dataclass, field
from enum import StrEnum


class RoadmapError(Exception):
    """Something that may go wrong without a defect; its text is for the person who meets it."""


@dataclass
class RuleError(RoadmapError):
    """Something the rules do not let happen; `message` is a sentence for the person."""

    message: str

    def __str__(self) -> str:
        return self.message


class NotFound(RuleError):
    """It does not exist, or this person may not know that it does (404)."""


class ForbiddenReason(StrEnum):
    """What stands in the way of something forbidden: a page leads on from there."""

    ADMINISTRATORS = "administrators"
    LEARNER = "learner"
    ARCHIVED = "archived"
    OWN_WORK = "own_work"
    ISSUER = "issuer"
    OWN_INVITATION = "own_invitation"
    ANOTHER_ADDRESS = "another_address"
    SIGN_UP = "sign_up"


@dataclass
class Forbidden(RuleError):
    """This person sees it and may not do that (403)."""

    reason: ForbiddenReason | None = None


class Conflict(RuleError):
    """Something that happened meanwhile stands against it (409)."""


@dataclass
class StaleText(Conflict):
    """A text was changed since the form was opened; both texts are kept for the person."""

    current: str = ""
    version: int = 0


@dataclass
class Invalid(RuleError):
    """What was given does not fit (422); `errors` holds one sentence for each named field."""

    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class TooMany(RuleError):
    """Too often (429); `retry_after` is in seconds."""

    retry_after: int = 60


def invalid(**errors: str) -> Invalid:
    """Make an Invalid from one sentence for each field; the first also is the message."""
    return Invalid(next(iter(errors.values())), errors)
