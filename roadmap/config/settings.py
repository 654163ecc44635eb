"""How a setting is declared, how its text becomes a value, and how a secret one is masked."""

import importlib.util
import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

MIN_KEY_LENGTH = 32
MIN_TOKEN_LENGTH = 16
MAX_PROXIES = 10
MAX_NAME = 60
# Up to the last @: a password may hold characters that end it for a parser, such as / and #.
_PASSWORD = re.compile(r"^([^:]+://[^:]*):.*@", re.DOTALL)
_PASSWORD_OPTION = re.compile(r"(?i)([?&][a-z_]*pass[a-z]*=)[^&]*")


@dataclass(frozen=True, slots=True)
class Setting:
    """What people read about a setting, how its text is parsed, and how its value is shown."""

    meaning: str
    default: str
    parse: Callable[[str], object]
    show: Callable[[str], str]


def setting(
    meaning: str,
    parse: Callable[[str], object],
    *,
    default: object = MISSING,
    shown: str = "",
    mask: Callable[[str], str] | None = None,
) -> Any:
    """Declare a setting as a field of a dataclass; one with a `mask` is secret."""
    about = Setting(meaning, shown or str(default), parse, mask or str)
    return field(default=default, repr=mask is None, metadata={"setting": about})


def mask_key(key: str) -> str:
    """Whether there is a key, and nothing of it."""
    return "(set)" if key else ""


def mask_url(url: str) -> str:
    """An address without the passwords in it, neither before the host nor among its options."""
    if "://" not in url:
        return mask_key(url)
    if url.startswith("sqlite:"):
        return url
    return _PASSWORD_OPTION.sub(r"\1***", _PASSWORD.sub(r"\1:***@", url))


def refuse_quotes(text: str) -> None:
    """Raise ValueError for a value in quotes: files of settings are read without a shell by some programs."""
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        raise ValueError(
            f"has quotes ({text[0]}) around it, which are read as part of the value. Remove them"
        )


def parse_folder(text: str) -> Path:
    path = _expand_home(text)
    if not path.is_absolute():
        raise ValueError(f"must be an absolute path, such as /srv/roadmap, not {text!r}")
    return path


def _expand_home(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ValueError(f"refers to an unknown home folder: {text!r}") from None


def parse_key(text: str) -> str:
    if len(text) < MIN_KEY_LENGTH:
        raise ValueError(f"must have {MIN_KEY_LENGTH} characters or more")
    return text


def parse_metrics_token(text: str) -> str:
    if importlib.util.find_spec("prometheus_client") is None:
        package = "prometheus-client: install roadmap-tracker with its extra 'metrics'"
        raise ValueError(f"needs the package {package}")
    if len(text) < MIN_TOKEN_LENGTH or not text.isascii():
        raise ValueError(f"must have {MIN_TOKEN_LENGTH} ASCII characters or more")
    return text


def parse_proxies(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text) or int(text) > MAX_PROXIES:
        raise ValueError(f"must be a number from 0 to {MAX_PROXIES}")
    return int(text)


def parse_mail_from(text: str) -> str:
    if not re.fullmatch(r"[^\r\n]*[^@\s<>]+@[^@\s<>]+>?", text):
        raise ValueError("must be an email address, with or without a name: Roadmap <roadmap@example.org>")
    return text


def parse_name(text: str) -> str:
    if len(text) > MAX_NAME or not text.isprintable():
        raise ValueError(f"must be one line of at most {MAX_NAME} characters, such as Example Academy")
    return text


def parse_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, LookupError):
        raise ValueError(f"{text!r} is no time zone, such as Europe/Berlin") from None
    return text


def parser_of(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """A parser of the values of an enumeration."""

    def parse(text: str) -> StrEnum:
        *others, last = [member.value for member in kind]
        if text not in {*others, last}:
            raise ValueError(f"must be {', '.join(others)} or {last}")
        return kind(text)

    return parse
