"""Statements of the paths that everything takes: compiled once by SQLAlchemy, run by the driver."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Insert, Select, Update, exc

Statement = Select[Any] | Insert | Update
Convert = Callable[[Any], Any]


@dataclass(slots=True)
class _Ready:
    """A statement as one kind of database takes it; `encode` and `decode` are for the values that need it.

    `names` are those of the values in their order, None where the driver takes them by name.
    """

    text: str
    constants: dict[str, Any]
    names: Sequence[str] | None
    encode: list[tuple[str, Convert]]
    decode: list[tuple[int, Convert]] | None = None


class Prepared:
    """Runs a statement without an execution context of SQLAlchemy, which takes longer than most of them.

    What goes in, what comes out and what is raised are the same; only events of engines do not see it.
    """

    def __init__(self, statement: Statement, columns: Sequence[str] = ()) -> None:
        """`columns` are those that an INSERT fills."""
        self._statement, self._columns = statement, columns
        self._ready: dict[str, _Ready] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What it finds, in the order of its columns."""
        ready = self._ready_for(connection.dialect)
        cursor = send(connection, ready.text, _bound(ready, values))
        if ready.decode is None:
            ready.decode = _decoders(self._statement, connection.dialect, cursor.description)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.close()
        return [_decoded(row, ready.decode) for row in found] if ready.decode else found

    def run(self, connection: Connection, *rows: Mapping[str, Any]) -> None:
        """Change what it changes, once for each row of values."""
        ready = self._ready_for(connection.dialect)
        for values in rows:
            send(connection, ready.text, _bound(ready, values)).close()

    def _ready_for(self, dialect: Dialect) -> _Ready:
        found = self._ready.get(dialect.name)
        if found is None:
            found = self._ready[dialect.name] = _compiled(self._statement, self._columns, dialect)
        return found


def send(connection: Connection, text: str, values: Any) -> Any:
    """Give the driver a statement; returns its cursor."""
    driver: Any = connection.connection.dbapi_connection
    try:
        return driver.execute(text, values)
    except _errors_of(connection.dialect) as error:
        raise _as_sqlalchemy_raises(error, connection, text) from error


def _compiled(statement: Statement, columns: Sequence[str], dialect: Dialect) -> _Ready:
    compiled = statement.compile(dialect=dialect, column_keys=columns or None)
    defaults = {column.key: cast("Any", column.default).arg for column in compiled.insert_prefetch}
    encoders = {
        name: bound.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bound in compiled.binds.items()
    }
    return _Ready(
        text=compiled.string,
        constants={**compiled.params, **defaults},
        names=compiled.positiontup if compiled.positional else None,
        encode=[(name, encode) for name, encode in encoders.items() if encode is not None],
    )


def _bound(ready: _Ready, values: Mapping[str, Any]) -> Any:
    bound = {**ready.constants, **values}
    for name, encode in ready.encode:
        bound[name] = encode(bound[name])
    return bound if ready.names is None else [bound[name] for name in ready.names]


def _decoders(statement: Any, dialect: Dialect, description: Any) -> list[tuple[int, Convert]]:
    found = [
        column.type.dialect_impl(dialect).result_processor(dialect, about[1])
        for column, about in zip(statement.selected_columns, description, strict=True)
    ]
    return [(place, decode) for place, decode in enumerate(found) if decode is not None]


def _decoded(row: tuple[Any, ...], decode: list[tuple[int, Convert]]) -> tuple[Any, ...]:
    values = list(row)
    for place, convert in decode:
        values[place] = convert(values[place])
    return tuple(values)


def _errors_of(dialect: Dialect) -> type[Exception]:
    found: type[Exception] = cast("Any", dialect).loaded_dbapi.Error
    return found


def _as_sqlalchemy_raises(error: Exception, connection: Connection, text: str) -> Exception:
    """The error as others that came through SQLAlchemy; a connection that is gone leaves the pool."""
    dialect: Any = connection.dialect
    is_gone = bool(dialect.is_disconnect(error, connection.connection.dbapi_connection, None))
    if is_gone:
        connection.invalidate(error)
    raised: Exception = exc.DBAPIError.instance(
        text, None, error, _errors_of(dialect), connection_invalidated=is_gone, dialect=dialect
    )
    return raised
