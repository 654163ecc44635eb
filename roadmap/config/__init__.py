"""The settings of an installation, read from the environment and from nothing else."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from platformdirs import user_data_path

from roadmap.config import addresses, settings
from roadmap.config.settings import Setting, mask_key, mask_url, setting
from roadmap.domain.errors import RoadmapError

PREFIX = "ROADMAP_"
DATABASE_FILE = "roadmap.sqlite3"


class SignUp(StrEnum):
    """Who may make an account; the first account of an installation always may."""

    OPEN = "open"
    INVITED = "invited"
    CLOSED = "closed"


class Mentors(StrEnum):
    """Who may accept to mentor somebody."""

    ANYONE = "anyone"
    APPROVED = "approved"


class LogFormat(StrEnum):
    """How log lines look."""

    TEXT = "text"
    JSON = "json"


class PasswordCost(StrEnum):
    """How much work a password hash takes; only tests choose the cheap one."""

    STANDARD = "standard"
    CHEAP = "cheap"


class ConfigProblem(RoadmapError):
    """A setting that cannot be used; names its variable and says why."""

    def __init__(self, variable: str, why: str) -> None:
        super().__init__(f"{variable}: {why}")


@dataclass(frozen=True, kw_only=True)
class Config:
    """The value of each setting, and where they came from.

    `given` names the variables that the environment set; `warnings` says which others look like settings
    but are not.
    """

    data: Path = setting(
        "folder for the database, key and backups",
        settings.parse_folder,
        shown="roadmap in your user data folder",
    )
    database_url: str = setting(
        "database: sqlite:///PATH or postgresql://USER@HOST/NAME",
        addresses.parse_database_url,
        shown="SQLite in the data folder",
        mask=mask_url,
    )
    secret_key: str = setting(
        "signing key",
        settings.parse_key,
        default="",
        shown="created and stored in the data folder",
        mask=mask_key,
    )
    base_url: str = setting(
        "the address people use, without a path; https:// turns on secure cookies and HSTS",
        addresses.parse_base_url,
        default="http://127.0.0.1:8000",
        shown="the address served",
    )
    proxies: int = setting("number of trusted proxies in front", settings.parse_proxies, default=0)
    smtp_url: str = setting(
        "mail server: smtp://USER:PASSWORD@HOST:PORT, with ?starttls=always or never; or smtps://",
        addresses.parse_smtp_url,
        default="",
        shown="none; email waits in the outbox",
        mask=mask_url,
    )
    mail_from: str = setting("sender of emails", settings.parse_mail_from, default="", shown="none")
    time_zone: str = setting("time zone for people who haven't set one", settings.parse_zone, default="UTC")
    sign_up: SignUp = setting(
        "who can sign up: open (anyone), invited, closed", settings.parser_of(SignUp), default=SignUp.OPEN
    )
    mentors: Mentors = setting(
        "who can mentor: anyone, or approved (only accounts approved by an administrator)",
        settings.parser_of(Mentors),
        default=Mentors.ANYONE,
    )
    name: str = setting(
        "name of this installation, in reports and emails",
        settings.parse_name,
        default="",
        shown="the host of the base URL",
    )
    metrics_token: str = setting(
        "opens /metrics to clients that send it as a Bearer token",
        settings.parse_metrics_token,
        default="",
        shown="none; /metrics is disabled",
        mask=mask_key,
    )
    redis_url: str = setting(
        "address of a Redis server, for rate limits shared by several processes",
        addresses.parse_redis_url,
        default="",
        shown="in memory",
        mask=mask_url,
    )
    log_format: LogFormat = setting("text or json", settings.parser_of(LogFormat), default=LogFormat.TEXT)

    password_cost: PasswordCost = PasswordCost.STANDARD
    given: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read all variables and touch no file; raises ConfigProblem for a value that cannot be used."""
        source = os.environ if environ is None else environ
        texts = {name: value.strip() for name, value in source.items() if name.startswith(PREFIX)}
        given = {name: value for name, value in texts.items() if value and name in SETTINGS}
        values: dict[str, Any] = {_field_of(name): _parse(name, value) for name, value in given.items()}
        if "data" not in values:
            values["data"] = _data_folder_of_user()
        values.setdefault("database_url", addresses.sqlite_url(values["data"] / DATABASE_FILE))
        if values.get("smtp_url") and not values.get("mail_from"):
            raise ConfigProblem("ROADMAP_MAIL_FROM", "is needed when ROADMAP_SMTP_URL is set")
        return cls(**values, given=frozenset(given), warnings=tuple(_unknown_variables(texts)))

    def shown(self, variable: str) -> str:
        """The value of a variable as text for people, without passwords and keys."""
        return SETTINGS[variable].show(str(getattr(self, _field_of(variable))))

    @property
    def is_secure(self) -> bool:
        """Whether people reach it by https, so that cookies are Secure and HSTS is sent."""
        return self.base_url.startswith("https://")

    @property
    def installation(self) -> str:
        """What this installation is called: its name, or else the host that people use."""
        return self.name or urlsplit(self.base_url).hostname or ""

    @property
    def sends_mail(self) -> bool:
        return bool(self.smtp_url)

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


SETTINGS: dict[str, Setting] = {
    PREFIX + field.name.upper(): field.metadata["setting"] for field in fields(Config) if field.metadata
}


def _field_of(variable: str) -> str:
    return variable.removeprefix(PREFIX).lower()


def _parse(variable: str, text: str) -> object:
    try:
        settings.refuse_quotes(text)
        return SETTINGS[variable].parse(text)
    except ValueError as problem:
        raise ConfigProblem(variable, str(problem)) from None


def _data_folder_of_user() -> Path:
    try:
        return user_data_path("roadmap", appauthor=False)
    except RuntimeError:
        raise ConfigProblem("ROADMAP_DATA", "is needed by a user without a home folder") from None


def _unknown_variables(names: Iterable[str]) -> Iterator[str]:
    """Yield a warning for each name that looks like a setting but is not; most are typing errors."""
    # The tests have a variable of their own.
    for name in sorted(set(names) - set(SETTINGS) - {"ROADMAP_TEST_DATABASE_URL"}):
        near = get_close_matches(name, SETTINGS, n=1, cutoff=0.8)
        yield f"{name} is no setting{f': {near[0]} is' if near else ''}"
