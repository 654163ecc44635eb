"""The data folder with the database's file and the secret key, made where they are missing."""

import os
import secrets
from dataclasses import replace
from errno import EINVAL, ENOSYS, ENOTSUP, EOPNOTSUPP, EPERM
from pathlib import Path

from roadmap.config import DATABASE_FILE, Config, ConfigProblem
from roadmap.config.settings import MIN_KEY_LENGTH

KEY_FILE = "secret-key"
NO_HARD_LINKS = {EPERM, ENOSYS, ENOTSUP, EOPNOTSUPP, EINVAL}
HOW_TO_SET_A_KEY = "ROADMAP_SECRET_KEY to what `openssl rand -hex 32` prints"
WITHOUT_KEY = "people can then no longer display the links they've shared"
DAMAGED_KEY = f"is damaged. Restore it, or delete it to have a new one created; {WITHOUT_KEY}"


def prepare_data_folder(config: Config) -> Config:
    """Make the data folder (0700) and the secret key (0600) where they are missing, and return both set."""
    if config.secret_key and not config.is_sqlite:
        return config
    try:
        config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if config.is_sqlite and "ROADMAP_DATABASE_URL" not in config.given:
            # SQLite gives its other files the mode of this one, whatever the mode of the folder.
            os.close(os.open(config.data / DATABASE_FILE, os.O_WRONLY | os.O_CREAT, 0o600))
        return config if config.secret_key else replace(config, secret_key=_stored_key(config.data))
    except OSError as error:
        raise ConfigProblem("ROADMAP_DATA", f"cannot write to {config.data}: {error.strerror}") from error


def _stored_key(folder: Path) -> str:
    path = folder / KEY_FILE
    # Where there is one, nothing is written: a full disk must not keep anybody from reading.
    if not path.exists():
        _make_key(path)
    if (key := read_key(path)) is None:
        raise ConfigProblem("ROADMAP_SECRET_KEY", f"{path} {DAMAGED_KEY}")
    return key


def _make_key(path: Path) -> None:
    # Written whole under another name first: of two processes that start at once, both read one key.
    draft = _draft_of(path, secrets.token_urlsafe(48))
    try:
        _link(draft, path)
    finally:
        draft.unlink()


def _draft_of(path: Path, key: str) -> Path:
    draft = path.with_name(f".{KEY_FILE}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft


def replace_key(config: Config, key: str) -> None:
    """Store another key (0600) in place of the one in the data folder."""
    draft = _draft_of(config.data / KEY_FILE, key)
    draft.replace(config.data / KEY_FILE)


def _link(draft: Path, path: Path) -> None:
    """Give the file its name, unless another process was first; exFAT and many shared folders cannot."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise
        why = f"{path.parent} has no hard links ({error.strerror}): set {HOW_TO_SET_A_KEY}"
        raise ConfigProblem("ROADMAP_DATA", why) from error


def read_key(path: Path) -> str | None:
    """The key that is stored in a file; None where the file holds something else."""
    key = path.read_bytes().decode(errors="replace").strip()
    is_whole = len(key) >= MIN_KEY_LENGTH and "\N{REPLACEMENT CHARACTER}" not in key
    return key if is_whole else None
