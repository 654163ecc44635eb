"""The types of what an archive exports, as classes that write the published schema and read the file back."""

import json
from dataclasses import make_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import GenericAlias
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import Case, Join, Label
from sqlalchemy.sql.visitors import iterate

from roadmap.domain.base import UtcDateTime
from roadmap.domain.mentoring.invitations import InvitedAs
from roadmap.domain.reports.archives import ExportedTable
from roadmap.queries.reports.archive_tables import EXPORTED

PUBLISHED = Path(__file__).parents[2] / "docs" / "my-data.schema.json"


class Who(StrEnum):
    """The person, or someone else, who is not named if the record is about the person alone."""

    SELF = "self"
    OTHER = "other"


TYPES: dict[str, Any] = {
    "by": Who,
    "audits.subject": Who,
    "ended_by": Who,
    "role": InvitedAs,
    "pathways": tuple[str, ...],
    "submissions.criteria": tuple[str, ...],
    "reviews.criteria": tuple[int, ...],
    "revisions": tuple[int, ...],
    "notes.milestone": str | None,
    "reasons.milestone": str | None,
    "settings": dict[str, Any],
    "drafts.notes": dict[str, Any],
}
"""The types that the database does not know: values of a `case`, and what is in JSON; by column."""


@cache
def archive_adapter() -> TypeAdapter[Any]:
    """The whole of `account.json` as a dataclass; its lists and fields are those that are exported."""
    published = json.loads(PUBLISHED.read_bytes())
    records: dict[str, type] = {}
    fields: dict[str, Any] = {"format": Literal[1], "exported_at": datetime}
    for table in EXPORTED:
        value = published["properties"][table.name]
        title = (value if table.is_single else value["items"])["$ref"].rpartition("/")[2]
        about = published["$defs"][title]["description"]
        record = record_type(table, title, about)
        # Two lists may have rows of the same kind, which is described once.
        kind = records.setdefault(title, record)
        assert kind.__annotations__ == record.__annotations__
        fields[table.name] = kind if table.is_single else GenericAlias(tuple, (kind, ...))
    assert fields.keys() == published["properties"].keys()
    in_order = [(name, fields[name]) for name in published["properties"]]
    whole = make_dataclass("AccountArchive", in_order, namespace={"__doc__": published["description"]})
    return TypeAdapter(whole)


def archive_schema() -> bytes:
    """The schema that is to be published; titles and descriptions are those of the published one."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **archive_adapter().json_schema(mode="serialization"),
        "title": "Everything an account holds",
    }
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()


def record_type(table: ExportedTable, title: str, about: str) -> type:
    """A dataclass with a field for each column of the table."""
    fields = [(name, type_of(table, name)) for name in table.columns]
    return make_dataclass(title, fields, namespace={"__doc__": about})


def type_of(table: ExportedTable, name: str) -> Any:
    """The type of the values of a column, with None where it may be null."""
    known = TYPES.get(f"{table.name}.{name}") or TYPES.get(name)
    if name in table.nested or (known and name == "milestone"):
        return known
    column = table.select.selected_columns[name]
    kind = known or (datetime if isinstance(column.type, UtcDateTime) else column.type.python_type)
    return kind | None if is_nullable(table, column) else kind


def is_nullable(table: ExportedTable, column: Any) -> bool:
    """Whether a column may be null: by itself, by an outer join, or as no case holds."""
    source = column.element if isinstance(column, Label) else column
    if isinstance(source, Case):
        return source.else_ is None
    joins = [join for start in table.select.get_final_froms() for join in iterate(start)]
    optional = [join.right.name for join in joins if isinstance(join, Join) and join.isouter]
    return source.nullable or source.table.name in optional
