"""Errors of the database in our own words: what it cannot do now, and what was deleted meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from sqlalchemy import exc
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from roadmap.db.engines import WrongEncoding
from roadmap.domain.errors import NotFound, RoadmapError

_UNAVAILABLE_SQLITE = (
    *("BUSY", "CANTOPEN", "CORRUPT", "FULL", "IOERR"),
    *("LOCKED", "NOTADB", "PROTOCOL", "READONLY"),
)
_FOREIGN_KEY_VIOLATION = "23503"
DELETED = "This was deleted in the meantime."


class Cause(StrEnum):
    """Why the database could not do something now."""

    BUSY = "busy"
    FULL = "full"
    UNREACHABLE = "unreachable"


# The codes of PostgreSQL: deadlock, disk full, too many connections, lock not available, canceled.
_CAUSES = {
    "SQLITE_BUSY": Cause.BUSY,
    "SQLITE_LOCKED": Cause.BUSY,
    "SQLITE_FULL": Cause.FULL,
    "40": Cause.BUSY,
    "53100": Cause.FULL,
    "53300": Cause.BUSY,
    "55P03": Cause.BUSY,
    "57014": Cause.BUSY,
}


def cause_of(error: BaseException | None) -> Cause:
    """The cause of an error of a driver; UNREACHABLE where its code says nothing else."""
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or ""
    return next((cause for start, cause in _CAUSES.items() if code.startswith(start)), Cause.UNREACHABLE)


class DatabaseUnavailable(RoadmapError):
    """The database is gone, full, or locked for too long; the same request may work in a moment."""

    def __init__(self, why: str, cause: Cause = Cause.UNREACHABLE) -> None:
        super().__init__(why)
        self.cause = cause


@contextmanager
def translate_errors() -> Iterator[None]:
    """Raise DatabaseUnavailable for what the database could not do now; other errors pass."""
    try:
        yield
    except exc.TimeoutError as error:
        raise DatabaseUnavailable("database busy", Cause.BUSY) from error
    except WrongEncoding as error:
        raise DatabaseUnavailable(str(error)) from error
    except exc.DBAPIError as error:
        if not _is_unavailable(error):
            raise
        why = str(error.orig).partition("\n")[0]
        raise DatabaseUnavailable(why, cause_of(error.orig)) from error


@contextmanager
def not_found_if_deleted() -> Iterator[None]:
    """Raise NotFound where a row that a change refers to was deleted while the change waited for a lock."""
    try:
        yield
    except (ObjectDeletedError, StaleDataError, exc.NoResultFound) as error:
        raise NotFound(DELETED) from error
    except exc.IntegrityError as error:
        if not _is_broken_reference(error):
            raise
        raise NotFound(DELETED) from error


def _is_broken_reference(error: exc.IntegrityError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_FOREIGNKEY"
    return getattr(error.orig, "sqlstate", "") == _FOREIGN_KEY_VIOLATION


def _is_unavailable(error: exc.DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        name = getattr(error.orig, "sqlite_errorname", "")
        return name.removeprefix("SQLITE_").startswith(_UNAVAILABLE_SQLITE)
    return error.connection_invalidated or isinstance(error, exc.OperationalError)
