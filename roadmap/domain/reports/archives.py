"""The archive of a person's own data: which tables are exported, and the values that are written."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, case, select

from roadmap.domain.base import Base, UtcDateTime
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.roadmaps.outlines import Outline

PERSON_ID = bindparam("person_id", type_=Integer)
EMAIL = bindparam("email", type_=String)
NOW = bindparam("now", type_=UtcDateTime)

Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class ExportedTable:
    """One exported list: the rows of `select`, which come from `tables`.

    `nested` has further columns whose values are lists; each of its statements selects the id of the row and
    one value. `about` is a sentence for readers. `is_single` means that there is exactly one row.
    """

    name: str
    about: str
    tables: tuple[type[Base], ...]
    select: Rows
    nested: dict[str, Rows] = field(default_factory=dict)
    is_single: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.select.selected_columns.keys(), *self.nested)


def who(column: Any) -> ColumnElement[Any]:
    """Return an expression: `self` for the person, `other` for anybody else, NULL for nobody."""
    return case((column == PERSON_ID, "self"), (column.is_not(None), "other"))


def of_own_enrollments(table: Any, *columns: Any) -> Rows:
    """Return a select of the rows of a table that belong to enrollments of the person."""
    return (
        select(*columns)
        .select_from(table)
        .join(Enrollment, Enrollment.id == table.enrollment_id)
        .where(Enrollment.user_id == PERSON_ID)
    )


Row = dict[str, Any]
"""The values of a row by the names of its columns."""


@dataclass(frozen=True, slots=True)
class ArchiveList:
    """The rows of one exported table; a single row is an object in JSON, not a list."""

    name: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    is_single: bool = False

    @property
    def file(self) -> str:
        """The path of its CSV file in the ZIP."""
        return f"csv/{self.name}.csv"


@dataclass(frozen=True)
class AccountArchive:
    """Everything in the archive: lists by name, and outlines, current and frozen reports by file name."""

    exported_at: datetime
    today: date
    lists: dict[str, ArchiveList]
    outlines: tuple[tuple[str, Outline], ...]
    reports: tuple[tuple[str, ProgressReport], ...]
    frozen: tuple[tuple[str, bytes], ...]

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a list; raise KeyError when there is no such list."""
        return self.lists[name].rows

    @property
    def file_name(self) -> str:
        """The name of the ZIP file without its extension."""
        return f"roadmap-data-{self.today.isoformat()}"
