"""How the text of a setting becomes a value, and how a value is shown without its secrets."""

import importlib.util
import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

LEAST_KEY_LENGTH = 32
MOST_PROXIES = 10
STARTTLS = ("offered", "always", "never")
_PASSWORD = re.compile(r"^([a-z+]+://[^/?#:]*):[^/?#]*@")
_PASSWORD_OPTION = re.compile(r"(?i)([?&][a-z_]*pass[a-z]*=)[^&]*")


def masked(url: str) -> str:
    """An address without the passwords in it, neither before the host nor among its options."""
    return _PASSWORD_OPTION.sub(r"\1***", _PASSWORD.sub(r"\1:***@", url))


def read_folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def read_database_url(value: str) -> str:
    if value.startswith("sqlite:///") and len(value) > len("sqlite:///"):
        if value == "sqlite:///:memory:":
            raise ValueError("must be a file: what is in memory is gone with the process")
        return value
    if re.match(r"postgres(ql)?://", value):
        if importlib.util.find_spec("psycopg") is None:
            raise ValueError("needs the package psycopg: install roadmap with its extra 'postgresql'")
        return url_reader("postgresql", "postgres")(value).replace("postgres://", "postgresql://", 1)
    raise ValueError("must be sqlite:///PATH or postgresql://USER@HOST/NAME")


def url_reader(*schemes: str) -> Callable[[str], str]:
    """A reader of addresses that begin with one of these."""

    def read(value: str) -> str:
        _split(value, *schemes)
        return value

    return read


def _split(value: str, *schemes: str) -> SplitResult:
    parts = urlsplit(value)
    if parts.scheme not in schemes:
        raise ValueError(f"must begin with {' or '.join(f'{each}://' for each in schemes)}")
    _ = parts.port  # raises ValueError where it is no number
    if re.search(r"\s", parts.netloc):
        raise ValueError("has a space in its host")
    return parts


def read_smtp_url(value: str) -> str:
    parts = _split(value, "smtp", "smtps")
    if not parts.hostname:
        raise ValueError("must name a host, such as smtp://USER:PASSWORD@mail.example.org:587")
    if not unquote(parts.netloc).isascii():
        raise ValueError("must have no letters with accents or the like: the protocol has no way to say them")
    options = parse_qs(parts.query, keep_blank_values=True)
    if set(options) - {"starttls"} or set(options.get("starttls", [])) - set(STARTTLS):
        raise ValueError(f"may end with ?starttls= and {', '.join(STARTTLS[:-1])} or {STARTTLS[-1]}")
    return value


def read_base_url(value: str) -> str:
    parts = _split(value, "http", "https")
    has_more = parts.path not in {"", "/"} or parts.query or parts.fragment or "@" in parts.netloc
    if not parts.hostname or has_more:
        raise ValueError("must be an address without a path, such as https://roadmap.example.org")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def read_key(value: str) -> str:
    if len(value) < LEAST_KEY_LENGTH:
        raise ValueError(f"must have {LEAST_KEY_LENGTH} characters at least")
    return value


def read_proxies(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", value) or int(value) > MOST_PROXIES:
        raise ValueError(f"must be a number from 0 to {MOST_PROXIES}")
    return int(value)


def read_mail_from(value: str) -> str:
    if not re.fullmatch(r"[^\r\n]*[^@\s<>]+@[^@\s<>]+>?", value):
        raise ValueError("must be a mail address, with or without a name: Roadmap <roadmap@example.org>")
    return value


def read_time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):
        raise ValueError(f"{value!r} is no time zone, such as Europe/Berlin") from None
    return value


def choice_reader(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """A reader of the values of this kind."""

    def read(value: str) -> StrEnum:
        *others, last = [each.value for each in kind]
        if value not in {*others, last}:
            raise ValueError(f"must be {', '.join(others)} or {last}")
        return kind(value)

    return read
