"""The refusals of the rules; pages, API and command line translate each of them once."""

from dataclasses import dataclass, field


@dataclass
class Refusal(Exception):
    """Something the rules do not let happen; `message` is a sentence for the person."""

    message: str

    def __str__(self) -> str:
        return self.message


class NotFound(Refusal):
    """It does not exist, or this person may not know that it does (404)."""


class Forbidden(Refusal):
    """This person sees it and may not do that (403)."""


class Conflict(Refusal):
    """Something that happened meanwhile stands against it (409)."""


@dataclass
class StaleText(Conflict):
    """A text was changed since the form was opened; both texts are kept for the person."""

    current: str = ""
    version: int = 0


@dataclass
class Invalid(Refusal):
    """What was given does not fit (422); `errors` holds one sentence for each named field."""

    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class TooMany(Refusal):
    """Too often (429); `retry_after` is in seconds."""

    retry_after: int = 60


def refuse(**errors: str) -> Invalid:
    """Make an Invalid from one sentence for each field; the first also is the message."""
    return Invalid(next(iter(errors.values())), errors)
