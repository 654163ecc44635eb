"""Reads lists in lists, as YAML or JSON, whatever their fields are called."""

from collections.abc import Iterator
from typing import Any

from roadmap.domain.imports.import_rows import ImportedFile, RowBuilder, UnreadableFile, make_resource
from roadmap.domain.roadmaps.outline_texts import fit_line
from roadmap.imports.table_rows import says_yes
from roadmap.imports.trees import MAX_DEPTH, Node, add_forest, depth_of, nested_levels
from roadmap.imports.written_hours import read_hours

TITLES = ("title", "name", "label", "task", "topic", "milestone")
MAX_VALUES = 40_000
SUMMARIES = ("summary", "description", "goal", "notes")
_DONE = ("done", "completed", "status", "checked")
_AFTER = ("prerequisites", "prereqs", "depends_on")
_NOT_CHILDREN = frozenset(
    {
        *_AFTER,
        *("tags", "links", "resources", "url", "link"),
        *("criteria", "done_when", "objectives"),
    }
)


def read_nested(value: Any, *, title: str, kind: str) -> ImportedFile:
    """Return the rows of lists and groups in each other.

    One group around everything is the roadmap itself. Raises UnreadableFile when there is no list in it.
    """
    _check_size(value)
    roots = list(_nodes(value, 1))
    if isinstance(value, dict) and any(root.children for root in roots):
        # Beside lists, single values at the top are about the file.
        roots = [root for root in roots if root.children]
    while len(roots) == 1 and depth_of(roots) > 2 and all(child.children for child in roots[0].children):
        title = roots[0].title if roots[0].is_named else title
        roots = roots[0].children
    if not roots:
        raise UnreadableFile("This contains no list of steps.")
    builder = RowBuilder()
    add_forest(builder, roots, title)
    return ImportedFile(kind, title, tuple(builder.rows), left_out=builder.left_out)


def _check_size(value: Any) -> None:
    count = 0
    for level in nested_levels(value):
        count += sum(map(len, level))
        if count > MAX_VALUES:
            raise UnreadableFile(f"This has more than {MAX_VALUES:,} values. Import it in parts.")


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        raise UnreadableFile(f"This is nested deeper than {MAX_DEPTH} levels.")
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        named = next((name for name in TITLES if fit_line(_text(value.get(name)))), None)
        if named:
            yield _named_node(value, named, depth)
        else:
            for name, inner in value.items():
                yield _entry_node(str(name), inner, depth)
    elif words := fit_line(_text(value)):
        yield Node(words)


def _named_node(value: dict[str, Any], named: str, depth: int) -> Node:
    children = [
        child
        for name, inner in value.items()
        if isinstance(inner, list | dict) and name not in _NOT_CHILDREN
        for child in _nodes(inner, depth + 1)
    ]
    return Node(_text(value[named]), children, _fields(value))


def _entry_node(name: str, inner: Any, depth: int) -> Node:
    """Return a name with what is below it: a list, a group, or lines of text."""
    if isinstance(inner, list | dict):
        # A list of groups is called by what they are, such as “modules”.
        return Node(name, list(_nodes(inner, depth + 1)), is_named=isinstance(inner, dict))
    lines = [line for line in _text(inner).splitlines() if line.strip()]
    if len(lines) > 1:
        return Node(name, [Node(line) for line in lines])
    return Node(name, fields={"summary": lines[0] if lines else ""})


def _fields(value: dict[str, Any]) -> dict[str, Any]:
    status = [_text(value.get(name)) for name in _DONE]
    written = [_text(value.get(name)) for name in ("hours", "duration", "effort")]
    written.append(f"{_text(value['minutes'])} min" if value.get("minutes") else "")
    addresses = [*_texts(value.get("url")), *_texts(value.get("link")), *_texts(value.get("resources"))]
    after: Any = next((value[name] for name in _AFTER if value.get(name)), [])
    return {
        "key": _text(value.get("key") or value.get("id")),
        "summary": next((_text(value[name]) for name in SUMMARIES if value.get(name)), ""),
        "hours": read_hours(written),
        "is_ticked": any(says_yes(text) for text in status),
        "is_optional": says_yes(_text(value.get("optional"))) or _text(value.get("level")) == "optional",
        "prerequisites": tuple(_texts(after)),
        "criteria": tuple(_texts(value.get("done_when") or value.get("criteria"))),
        "resources": tuple(filter(None, (make_resource(url, url) for url in addresses))),
    }


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in map(_text, values) if text]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value) if isinstance(value, str | int | float) else ""
