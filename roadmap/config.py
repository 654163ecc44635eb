"""The settings of an installation, read from the environment and from nothing else."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from platformdirs import user_data_path

from roadmap import setting_values, settings
from roadmap.settings import LogFormat, SignUp

__all__ = ["Config", "ConfigProblem", "LogFormat", "PasswordCost", "SignUp", "prepared"]

KEY_FILE = "secret-key"
DATABASE_FILE = "roadmap.sqlite3"
DAMAGED_KEY = "is damaged. Put it back, or remove it to have a new one made: links that were shared end"


class PasswordCost(StrEnum):
    """How much work a password hash takes; only tests choose the cheap one."""

    STANDARD = "standard"
    CHEAP = "cheap"


class ConfigProblem(Exception):
    """A setting that cannot be used; names its variable and says why."""

    def __init__(self, variable: str, why: str) -> None:
        super().__init__(f"{variable}: {why}")
        self.variable = variable


@dataclass(frozen=True, kw_only=True)
class Config:
    """One value per variable; `given` names the variables that the environment set.

    `slips` says which others look like settings and are none.
    """

    data: Path
    database_url: str = field(repr=False)
    secret_key: str = field(default="", repr=False)
    base_url: str = settings.DEFAULT_BASE_URL
    proxies: int = 0
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    time_zone: str = "UTC"
    sign_up: SignUp = SignUp.OPEN
    redis_url: str = field(default="", repr=False)
    log_format: LogFormat = LogFormat.TEXT

    password_cost: PasswordCost = PasswordCost.STANDARD
    given: frozenset[str] = frozenset()
    slips: tuple[str, ...] = ()

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read all variables and touch no file; raises ConfigProblem for a value that cannot be used."""
        source = os.environ if environ is None else environ
        given = {name: value.strip() for name, value in source.items() if name.startswith("ROADMAP_")}
        read = {name: value for name, value in given.items() if value and name in settings.BY_VARIABLE}
        values: dict[str, Any] = {
            settings.BY_VARIABLE[name].field: _parsed(name, value) for name, value in read.items()
        }
        data = values.setdefault("data", user_data_path("roadmap", appauthor=False))
        values.setdefault("database_url", f"sqlite:///{data}/{DATABASE_FILE}")
        if values.get("smtp_url") and not values.get("mail_from"):
            raise ConfigProblem("ROADMAP_MAIL_FROM", "is needed when ROADMAP_SMTP_URL is set")
        slips = settings.unknown_variables(given)
        return cls(**values, given=frozenset(read), slips=tuple(slips))

    @property
    def is_secure(self) -> bool:
        """Whether people reach it by https, so that cookies are Secure and HSTS is sent."""
        return self.base_url.startswith("https://")

    @property
    def sends_mail(self) -> bool:
        return bool(self.smtp_url)

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def _parsed(variable: str, value: str) -> object:
    try:
        return settings.BY_VARIABLE[variable].parse(value)
    except ValueError as problem:
        raise ConfigProblem(variable, str(problem)) from None


def prepared(config: Config) -> Config:
    """Make the data folder (0700) and the secret key (0600) where they are missing, and return both set."""
    if config.secret_key and not config.is_sqlite:
        return config
    try:
        config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if config.is_sqlite and "ROADMAP_DATABASE_URL" not in config.given:
            # SQLite gives its other files the mode of this one, whatever the mode of the folder.
            os.close(os.open(config.data / DATABASE_FILE, os.O_WRONLY | os.O_CREAT, 0o600))
        return config if config.secret_key else replace(config, secret_key=_kept_key(config.data))
    except OSError as error:
        raise ConfigProblem("ROADMAP_DATA", f"cannot write to {config.data}: {error.strerror}") from error


def _kept_key(folder: Path) -> str:
    path = folder / KEY_FILE
    # Where there is one, nothing is written: a full disk must not keep anybody from reading.
    if not path.exists():
        _make_key(path)
    key = read_key(path)
    if key is None:
        raise ConfigProblem("ROADMAP_SECRET_KEY", f"{path} {DAMAGED_KEY}")
    return key


def _make_key(path: Path) -> None:
    # Written whole under another name first: of two processes that start at once, both read one key.
    draft = path.with_name(f".{KEY_FILE}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()


def read_key(path: Path) -> str | None:
    """The key that is kept in a file; None where the file holds something else."""
    key = path.read_bytes().decode(errors="replace").strip()
    is_whole = len(key) >= setting_values.LEAST_KEY_LENGTH and "\N{REPLACEMENT CHARACTER}" not in key
    return key if is_whole else None
