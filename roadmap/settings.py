"""The table of settings: each variable with its field, meaning, default, and how its text is read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from roadmap import setting_values

DEFAULT_BASE_URL = "http://127.0.0.1:8000"


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
        return setting_values.masked(text) if "://" in text else "(set)"


SETTINGS = (
    Setting(
        "ROADMAP_DATA",
        "data",
        "folder of database, key, backups",
        "your data folder",
        setting_values.read_folder,
    ),
    Setting(
        "ROADMAP_DATABASE_URL",
        "database_url",
        "where the data is: sqlite:///PATH or postgresql://USER@HOST/NAME",
        "SQLite in the data folder",
        setting_values.read_database_url,
        is_secret=True,
    ),
    Setting(
        "ROADMAP_SECRET_KEY",
        "secret_key",
        "signing key",
        "made and kept in the data folder",
        setting_values.read_key,
        is_secret=True,
    ),
    Setting(
        "ROADMAP_BASE_URL",
        "base_url",
        "the address people use, without a path; https:// turns on secure cookies and HSTS",
        "the address served",
        setting_values.read_base_url,
    ),
    Setting(
        "ROADMAP_PROXIES", "proxies", "number of trusted proxies in front", "0", setting_values.read_proxies
    ),
    Setting(
        "ROADMAP_SMTP_URL",
        "smtp_url",
        "mail server: smtp://USER:PASSWORD@HOST:PORT, with ?starttls=always or never; or smtps://",
        "none; mail waits in the outbox",
        setting_values.read_smtp_url,
        is_secret=True,
    ),
    Setting("ROADMAP_MAIL_FROM", "mail_from", "sender of mails", "none", setting_values.read_mail_from),
    Setting(
        "ROADMAP_TIME_ZONE",
        "time_zone",
        "zone of people who have not set theirs",
        "UTC",
        setting_values.read_time_zone,
    ),
    Setting(
        "ROADMAP_SIGN_UP",
        "sign_up",
        "who may make an account: open, invited, closed",
        "open",
        setting_values.choice_reader(SignUp),
    ),
    Setting(
        "ROADMAP_REDIS_URL",
        "redis_url",
        "rate limits shared by several processes",
        "in memory",
        setting_values.url_reader("redis", "rediss", "valkey", "valkeys"),
        is_secret=True,
    ),
    Setting(
        "ROADMAP_LOG_FORMAT", "log_format", "text or json", "text", setting_values.choice_reader(LogFormat)
    ),
)
BY_VARIABLE = {each.variable: each for each in SETTINGS}


def unknown_variables(names: Iterable[str]) -> list[str]:
    """What is wrong with names that look like settings and are none; most are slips of the finger."""
    told = []
    # The tests have a variable of their own.
    for name in sorted(set(names) - set(BY_VARIABLE) - {"ROADMAP_TEST_DATABASE_URL"}):
        near = get_close_matches(name, BY_VARIABLE, n=1, cutoff=0.8)
        told.append(f"{name} is no setting{f': {near[0]} is' if near else ''}")
    return told
