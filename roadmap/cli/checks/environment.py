"""Checks of what is around the database: folders, the secret key, and the servers of mail and Redis."""

import os
import re
import smtplib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from roadmap.config import Config
from roadmap.config.data_folder import DAMAGED_KEY, KEY_FILE, WITHOUT_KEY, read_key
from roadmap.db.database import Database
from roadmap.mail.smtp import reason_of, smtp_client
from roadmap.web.limits.rate_limits import RateLimits

MOUNTS = Path("/proc/self/mounts")
# Their locks do not hold for SQLite, and several machines can open the same file.
NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.s3fs", "fuse.rclone"})
_OCTAL = re.compile(r"\\([0-7]{3})")


def folder_faults(config: Config, _: Database) -> Iterator[str]:
    """Whether the data folder is there."""
    if config.secret_key and not config.is_sqlite:
        return
    if config.data.exists() and not config.data.is_dir():
        yield f"{config.data} is a file; set ROADMAP_DATA to a folder"
    elif not config.data.is_dir():
        yield f"{config.data} does not exist; create it with roadmap serve"


def disk_faults(config: Config, _: Database) -> Iterator[str]:
    """Whether the data folder is writable, and the database's file on a disk of this machine."""
    if config.data.is_dir() and not os.access(config.data, os.W_OK | os.X_OK):
        yield f"{config.data} cannot be written to"
    if config.is_sqlite:
        # The driver parses addresses after `file:` itself.
        file = Path((make_url(config.database_url).database or "").removeprefix("file:"))
        if (kind := file_system_of(file.parent)) in NETWORK:
            yield (
                f"{file.parent} is on a network file system ({kind}), where a SQLite database can be "
                "damaged: use a disk of this machine, or PostgreSQL"
            )


def file_system_of(folder: Path) -> str:
    """The kind of file system that holds a folder, such as ext4; empty where the system does not tell."""
    if not MOUNTS.is_file():
        return ""
    whole = folder.resolve()
    kinds: dict[Path, str] = {}
    for line in map(os.fsdecode, MOUNTS.read_bytes().splitlines()):
        _, place, kind, *_ = line.split(" ")
        # White space is written as an octal number. The later mount hides the earlier one.
        kinds[Path(_OCTAL.sub(lambda number: chr(int(number[1], 8)), place))] = kind
    return next((kinds[place] for place in (whole, *whole.parents) if place in kinds), "")


def temporary_folder_faults(_: Config, __: Database) -> Iterator[str]:
    """Whether bodies that do not fit into memory can be stored while they arrive."""
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        yield (
            f"no temporary folder is writable ({error.strerror}), so uploads to /verify fail. "
            "Set TMPDIR to one that is"
        )


def key_faults(config: Config, _: Database) -> Iterator[str]:
    """Whether the stored key is there, private and whole."""
    key = config.data / KEY_FILE
    if config.secret_key:
        return
    if not key.is_file():
        yield f"{key} is missing. Put it back, or create a new one with roadmap serve; {WITHOUT_KEY}"
        return
    if key.stat().st_mode & 0o077:
        yield f"others can read {key}: run chmod 600 on it"
    if read_key(key) is None:
        yield f"{key} {DAMAGED_KEY}"


def mail_faults(config: Config, _: Database) -> Iterator[str]:
    """Whether the mail server answers and accepts the sign-in."""
    try:
        with smtp_client(config.smtp_url):
            return
    except (smtplib.SMTPException, OSError) as error:
        yield reason_of(error)


def limit_faults(config: Config, _: Database) -> Iterator[str]:
    """Whether Redis answers."""
    if not RateLimits(config.redis_url).storage_answers():
        yield "ROADMAP_REDIS_URL does not respond"
