"""What the cells of a row say about a milestone."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from roadmap.domain.imports.import_rows import Certainty
from roadmap.domain.imports.row_builder import make_resource
from roadmap.domain.roadmaps.outlines import ResourceOutline
from roadmap.imports.table_columns import Columns, says_no, says_yes
from roadmap.imports.written_hours import read_hours

_SPLIT = re.compile(r"[\n;]|<br\s*/?>")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_BULLET = re.compile(r"^\s*[-•*]\s+")
# What programs put before a text so that a spreadsheet does not take it for a formula.
_QUOTED = re.compile(r"^'(?=[=+\-@])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")

Cell = Callable[[str], str]


def milestone_fields(columns: Columns, row: Sequence[str]) -> dict[str, Any]:
    """Return what the other cells of a row say about its milestone."""
    cell = cell_reader(columns, row)
    written = [row[number] for number in columns.get("hours", ()) if number < len(row)]
    hours = read_hours(written)
    links = [
        line for number in columns.get("link", ()) if number < len(row) for line in row[number].splitlines()
    ]
    found = [resource for line in links for resource in _resources(line)]
    fields: dict[str, Any] = {
        "key": cell("key"),
        "summary": _TAG.sub("", cell("summary")),
        "hours": hours,
        "criteria": tuple(text_of(part) for part in _SPLIT.split(cell("done_when"))),
        "resources": tuple(found),
        "prerequisites": tuple(part.strip() for part in _SPLIT.split(cell("prerequisites")) if part.strip()),
        "is_optional": says_yes(cell("optional")) or says_no(cell("required")),
        "is_ticked": says_yes(cell("done")),
    }
    if hours:
        said = " × ".join(text.strip() for text in written if text.strip())
        fields |= {"certainty": Certainty.LIKELY, "reason": f"the hours come from “{said[:60]}”"}
    return fields


def cell_reader(columns: Columns, row: Sequence[str]) -> Cell:
    def cell(name: str) -> str:
        number = columns.get(name, [len(row)])[0]
        return _QUOTED.sub("", row[number].strip()) if number < len(row) else ""

    return cell


def text_of(cell: str) -> str:
    return _QUOTED.sub("", _BULLET.sub("", cell.strip()))


def _resources(line: str) -> Iterator[ResourceOutline]:
    """Yield the links of a line, each with the words before it, as in `A film (https://…)`."""
    addresses = _ADDRESS.findall(line)
    start = 0
    for address in addresses:
        url = address.rstrip(".,;")
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(".,;")
        words = line[start : line.index(address, start)].strip(" (:")
        start = line.index(address, start) + len(address)
        # Among several links, the words belong to the one after them.
        title = words if len(addresses) == 1 else re.split(r"[,;)]\s*", words)[-1].strip(" (:")
        if resource := make_resource(text_of(title) or url, url):
            yield resource
