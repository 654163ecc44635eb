"""What every mapped class stands on: the base, its column types, public ids."""

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
    """A moment in UTC that comes back aware from SQLite too; naive values are refused."""

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
        return (
            None
            if value is None
            else value.replace(tzinfo=UTC)
            if value.tzinfo is None
            else value.astimezone(UTC)
        )


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


class Base(MappedAsDataclass, DeclarativeBase, eq=False, repr=False, kw_only=True):
    """The base of all tables; constraint names are fixed so that migrations can name them."""

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
    """A value that stands in the statement itself, where a partial index depends on it.

    SQLite plans a statement anew each time it runs when a bound value may decide about a partial index.
    """
    return literal_column(f"'{value}'")


def new_public_id() -> str:
    """Make an id for URLs: 12 characters that nobody mixes up, 59 bits of chance."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def text_indexes(table: str, *columns: str) -> list[Index]:
    """Indexes for PostgreSQL of columns that name a text.

    No page looks anything up by them, but the erasure of an account does, once for each of its texts.
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
