"""Rows of an archive's statements as records of the domain."""

from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Enum, Select, case, literal, null, type_coerce
from sqlalchemy.orm import Session

from roadmap.domain.archive_learning import Who
from roadmap.domain.users import User

Record = TypeVar("Record")
Query = Select[*tuple[Any, ...]]


def rows_of(session: Session, kind: type[Record], query: Query) -> tuple[Record, ...]:
    """The rows of a query as records; its columns stand in the order of the fields."""
    return tuple(record_of(kind, *row) for row in session.execute(query))


def record_of(kind: type[Record], *cells: Any) -> Record:
    """One row as a record; a list becomes a tuple."""
    return kind(*(tuple(cell) if isinstance(cell, list) else cell for cell in cells))


def one_of(values: type[StrEnum], *whens: Any, otherwise: StrEnum | None = None) -> ColumnElement[Any]:
    """The value of the first condition that holds."""
    kind = Enum(values, native_enum=False, length=32, values_callable=lambda each: [str(v) for v in each])
    cases = [(condition, literal(value, kind)) for condition, value in whens]
    return type_coerce(case(*cases, else_=literal(otherwise, kind) if otherwise else null()), kind)


def who(column: Any, person: User) -> ColumnElement[Any]:
    """The person, somebody else, or nobody any more."""
    return one_of(Who, (column == person.id, Who.SELF), (column.is_not(None), Who.OTHER))
