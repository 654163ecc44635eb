"""The table of settings: each variable with its field, meaning, default, and how its text is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

DEFAULT_BASE_URL = "http://127.0.0.1:8000"
LEAST_KEY_LENGTH = 32
MOST_PROXIES = 10


class SignUp(StrEnum):
    """Who may make an account; the first account of an installation always may."""

    OPEN = "open"
    INVITED = "invited"
    CLOSED = "closed"


class LogFormat(StrEnum):
    """How log lines look."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable; `default` is what people read, a secret one is shown masked."""

    variable: str
    field: str
    meaning: str
    default: str
    parse: Callable[[str], object]
    is_secret: bool = False

    def shown(self, value: object) -> str:
        """The value as text for people, without passwords and keys."""
        text = str(value)
        if not self.is_secret or not text:
            return text
        return _without_password(text) if "://" in text else "(set)"


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if parts.password is None:
        return url
    _, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{parts.username or ''}:***@{host}"))


def _folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _database_url(value: str) -> str:
    if value.startswith("sqlite:///") and len(value) > len("sqlite:///"):
        return value
    if re.match(r"postgres(ql)?://", value):
        return _url("postgresql", "postgres")(value).replace("postgres://", "postgresql://", 1)
    raise ValueError("must be sqlite:///PATH or postgresql://USER@HOST/NAME")


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes:
            raise ValueError(f"must begin with {' or '.join(f'{each}://' for each in schemes)}")
        _ = parts.port  # raises ValueError where it is no number
        return value

    return parse


def _base_url(value: str) -> str:
    parts = urlsplit(_url("http", "https")(value))
    if (
        not parts.hostname
        or parts.path not in {"", "/"}
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise ValueError("must be an address without a path, such as https://roadmap.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def _key(value: str) -> str:
    if len(value) < LEAST_KEY_LENGTH:
        raise ValueError(f"must have {LEAST_KEY_LENGTH} characters at least")
    return value


def _proxies(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", value) or int(value) > MOST_PROXIES:
        raise ValueError(f"must be a number from 0 to {MOST_PROXIES}")
    return int(value)


def _mail_from(value: str) -> str:
    if not re.fullmatch(r"[^\r\n]*[^@\s<>]+@[^@\s<>]+>?", value):
        raise ValueError("must be a mail address, with or without a name: Roadmap <roadmap@example.org>")
    return value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):
        raise ValueError(f"{value!r} is no time zone, such as Europe/Berlin") from None
    return value


def _one_of(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    def parse(value: str) -> StrEnum:
        *others, last = [each.value for each in kind]
        if value not in {*others, last}:
            raise ValueError(f"must be {', '.join(others)} or {last}")
        return kind(value)

    return parse


SETTINGS = (
    Setting("ROADMAP_DATA", "data", "folder of database, key, backups", "your data folder", _folder),
    Setting(
        "ROADMAP_DATABASE_URL",
        "database_url",
        "where the data is: sqlite:///PATH or postgresql://USER@HOST/NAME",
        "SQLite in the data folder",
        _database_url,
        is_secret=True,
    ),
    Setting(
        "ROADMAP_SECRET_KEY",
        "secret_key",
        "signing key",
        "made and kept in the data folder",
        _key,
        is_secret=True,
    ),
    Setting(
        "ROADMAP_BASE_URL",
        "base_url",
        "the address people use, without a path; https:// turns on secure cookies and HSTS",
        "the address served",
        _base_url,
    ),
    Setting("ROADMAP_PROXIES", "proxies", "number of trusted proxies in front", "0", _proxies),
    Setting(
        "ROADMAP_SMTP_URL",
        "smtp_url",
        "mail server: smtp://USER:PASSWORD@HOST:PORT, or smtps://",
        "none: mail waits in the outbox",
        _url("smtp", "smtps"),
        is_secret=True,
    ),
    Setting("ROADMAP_MAIL_FROM", "mail_from", "sender of mails", "none", _mail_from),
    Setting("ROADMAP_TIME_ZONE", "time_zone", "zone of people who have not set theirs", "UTC", _time_zone),
    Setting(
        "ROADMAP_SIGN_UP",
        "sign_up",
        "who may make an account: open, invited, closed",
        "open",
        _one_of(SignUp),
    ),
    Setting(
        "ROADMAP_REDIS_URL",
        "redis_url",
        "rate limits shared by several processes",
        "in memory",
        _url("redis", "rediss", "valkey", "valkeys"),
        is_secret=True,
    ),
    Setting("ROADMAP_LOG_FORMAT", "log_format", "text or json", "text", _one_of(LogFormat)),
)
BY_VARIABLE = {each.variable: each for each in SETTINGS}
