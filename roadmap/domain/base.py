"""The base of all mapped classes, their column types, and public ids."""

import secrets
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    Index,
    MetaData,
    TypeDecorator,
    literal_column,
    text,
)
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass

PUBLIC_ID_LENGTH = 12
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class UtcDateTime(TypeDecorator[datetime]):
    """A UTC datetime that is aware on SQLite too; naive values raise ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


class Base(MappedAsDataclass, DeclarativeBase, eq=False, repr=False, kw_only=True):
    """The base of all mapped classes; constraints have fixed names that migrations can use."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        StrEnum: Enum(StrEnum, native_enum=False, length=32, values_callable=_values),
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(),
        list[int]: JSON(),
        list[dict[str, Any]]: JSON(),
    }


def inline_literal(value: StrEnum) -> ColumnElement[Any]:
    """Return a value as part of the SQL text, for conditions of a partial index.

    With a bound value SQLite would plan the statement again each time, to decide about the partial index.
    """
    return literal_column(f"'{value}'")


def new_public_id() -> str:
    """Return a random id for URLs: 12 characters that are hard to confuse, 59 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index on the rows for which the SQL of `where` is true, on both databases."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


def text_indexes(table: str, *columns: str) -> list[Index]:
    """Return PostgreSQL indexes on columns that refer to texts.

    No page looks anything up by them, but deleting an account does, once for each of its texts.
    """
    return [
        Index(
            f"ix_{table}_{name}",
            name,
            postgresql_where=text(f"{name} IS NOT NULL"),
            info={"only_on": "postgresql"},
        )
        for name in columns
    ]
