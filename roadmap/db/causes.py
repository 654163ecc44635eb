"""Why a database could not do something now, by the codes of SQLite and PostgreSQL."""

from enum import StrEnum


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
