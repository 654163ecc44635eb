"""The settings that are addresses: of the database, of other servers, and of the installation itself."""

import importlib.util
import re
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, parse_qsl, quote, unquote, urlsplit

STARTTLS = ("offered", "always", "never")
ESCAPES = (
    "has a host or port that cannot be read; in a password, write / as %2F, # as %23, ? as %3F and @ as %40"
)


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file, whatever characters its path has."""
    return f"sqlite:///{quote(str(path))}"


def parse_database_url(text: str) -> str:
    if text.startswith("sqlite:///") and len(text) > len("sqlite:///"):
        return _parse_sqlite_url(text)
    if re.match(r"postgres(ql)?://", text):
        if importlib.util.find_spec("psycopg") is None:
            raise ValueError("needs the package psycopg: install roadmap-tracker with its extra 'postgresql'")
        # Others take the last @ as the end of a password, SQLAlchemy the first.
        if _split(text, "postgresql", "postgres").netloc.count("@") > 1:
            raise ValueError(ESCAPES)
        return text.replace("postgres://", "postgresql://", 1)
    raise ValueError("must be sqlite:///PATH or postgresql://USER@HOST/NAME")


def _parse_sqlite_url(text: str) -> str:
    place, mark, options = text.removeprefix("sqlite:///").partition("?")
    if place == ":memory:":
        raise ValueError("must be a file: a database in memory is lost when the process ends")
    if not place.startswith(("/", "file:")):
        raise ValueError(
            "must be an absolute path, with four slashes: sqlite:////srv/roadmap/roadmap.sqlite3"
        )
    if mark and not parse_qsl(options):
        raise ValueError("has a ? in its path: write it as %3F, and % as %25")
    return text


def parse_redis_url(text: str) -> str:
    _split(text, "redis", "rediss", "valkey", "valkeys")
    return text


def parse_smtp_url(text: str) -> str:
    parts = _split(text, "smtp", "smtps")
    if not parts.hostname:
        raise ValueError("must name a host, such as smtp://USER:PASSWORD@mail.example.org:587")
    if not unquote(parts.netloc).isascii():
        raise ValueError("must be ASCII: the protocol allows no other characters")
    options = parse_qs(parts.query, keep_blank_values=True)
    if set(options) - {"starttls"} or set(options.get("starttls", [])) - set(STARTTLS):
        raise ValueError(f"may end with ?starttls= and {', '.join(STARTTLS[:-1])} or {STARTTLS[-1]}")
    return text


def parse_base_url(text: str) -> str:
    parts = _split(text, "http", "https")
    has_more = parts.path not in {"", "/"} or parts.query or parts.fragment or "@" in parts.netloc
    if not parts.hostname or has_more:
        raise ValueError("must be an address without a path, such as https://roadmap.example.org")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _split(url: str, *schemes: str) -> SplitResult:
    """The parts of an address; what the parser says itself may quote a password, so it is not repeated."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ValueError(ESCAPES) from None
    if parts.netloc and "@" in f"{parts.path}{parts.query}{parts.fragment}":
        raise ValueError(ESCAPES)
    if parts.scheme not in schemes:
        raise ValueError(f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    if re.search(r"\s", parts.netloc):
        raise ValueError("has a space in its host")
    return parts
