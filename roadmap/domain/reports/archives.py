"""What an archive of one's own data is: the tables it is read from, and the values it is written from."""

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
    """What is exported of `tables` as one list: its columns and rows are those of `select`.

    `nested` are further columns, whose values are lists: each statement gives one value after the column that
    tells whose it is. `about` is a sentence for readers. `is_single` says that there is exactly one row.
    """

    name: str
    about: str
    tables: tuple[type[Base], ...]
    select: Rows
    nested: dict[str, Rows] = field(default_factory=dict)
    is_single: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return (*self.select.selected_columns.keys(), *self.nested)


def who(column: Any) -> ColumnElement[Any]:
    """`self` for the person, `other` for somebody else, who is not named; null where nobody is known."""
    return case((column == PERSON_ID, "self"), (column.is_not(None), "other"))


def of_own_enrollments(table: Any, *columns: Any) -> Rows:
    """Columns of the rows of a table that belong to an enrollment of the person."""
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
    """Rows of one kind; `about` is a sentence for readers, and a single row is no list in JSON."""

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
    """All lists by name, and by file the outlines, the reports as of today, and the frozen reports."""

    exported_at: datetime
    today: date
    lists: dict[str, ArchiveList]
    outlines: tuple[tuple[str, Outline], ...]
    reports: tuple[tuple[str, ProgressReport], ...]
    frozen: tuple[tuple[str, bytes], ...]

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a list; raises KeyError where there is no such list."""
        return self.lists[name].rows

    @property
    def file_name(self) -> str:
        """The name of the ZIP without its ending: the day, nothing that somebody typed."""
        return f"roadmap-data-{self.today.isoformat()}"
