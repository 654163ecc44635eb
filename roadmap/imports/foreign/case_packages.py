"""Reads a package of the CASE standard (1EdTech), in which schools publish competencies."""

from collections import defaultdict
from typing import Any

from roadmap.domain.allowed_links import is_web_link
from roadmap.domain.imports.import_rows import (
    MAX_ROWS,
    ImportedFile,
    RowBuilder,
    UnreadableFile,
    make_resource,
)
from roadmap.domain.roadmaps.outline_texts import DESCRIPTION, TITLE, fit_line, fit_text
from roadmap.imports.trees import Node, add_forest, nest

OPEN_LICENCES = ("creativecommons.org/licenses/by", "creativecommons.org/publicdomain")
MAX_SAME = 20
_LEFT_OUT = "links of type “{}”, which aren’t supported here"
_READ = {"isChildOf", "precedes", "exactMatchOf", "exemplar"}

Json = dict[str, Any]


def read_case(package: Json, *, title: str) -> ImportedFile:
    """Return the rows of a package; raises UnreadableFile when it has no items."""
    package = _dict(package.get("CFPackage")) or package
    document, items = (
        _dict(package.get("CFDocument")),
        [_dict(item) for item in _list(package.get("CFItems"))],
    )
    if not items:
        raise UnreadableFile("This CASE package has no items.")
    if len(items) > MAX_ROWS:
        raise UnreadableFile(f"This CASE package has more than {MAX_ROWS:,} items. Import it in parts.")
    builder = RowBuilder()
    links = [_dict(link) for link in _list(package.get("CFAssociations"))]
    title = fit_line(_text(document, "title")) or title
    add_forest(builder, _forest(items, links), title)
    for kind in (_text(link, "associationType") for link in links):
        if kind not in _READ:
            builder.leave_out(_LEFT_OUT.format(kind[:40]))
    licence = _text(_dict(document.get("licenseURI")), "uri") or _text(document, "licenseURI")
    return ImportedFile(
        "CASE package",
        title,
        tuple(builder.rows),
        fit_text(_text(document, "description"), DESCRIPTION),
        builder.left_out,
        source=fit_line(_text(document, "creator")),
        licence=fit_line(licence),
        is_restricted=bool(licence) and not any(name in licence for name in OPEN_LICENCES),
    )


def _forest(items: list[Json], links: list[Json]) -> list[Node]:
    after, examples, matches = defaultdict(list), defaultdict(list), defaultdict(list)
    parents: dict[str, tuple[str, float]] = {}
    for link in links:
        origin, target = _end(link, "originNodeURI"), _end(link, "destinationNodeURI")
        kind = _text(link, "associationType")
        if kind == "isChildOf":
            parents[origin] = (target, _number(link.get("sequenceNumber")))
        elif kind == "precedes":
            after[target].append(origin)
        elif kind == "exactMatchOf":
            matches[origin].append(_text(_dict(link.get("destinationNodeURI")), "uri"))
        elif kind == "exemplar":
            examples[origin].append(_text(_dict(link.get("destinationNodeURI")), "uri"))
    nodes = []
    for number, item in enumerate(items):
        own = _text(item, "identifier")
        parent, order = parents.get(own, ("", 0.0))
        place = (order or _number(item.get("listEnumeration")) or 1e9, number)
        resources = filter(None, (make_resource(url, url) for url in examples[own]))
        fields: Json = {"key": own, "prerequisites": tuple(after[own]), "resources": tuple(resources)}
        addresses = (_text(item, "uri"), *matches[own])
        fields["same_as"] = tuple(dict.fromkeys(filter(is_web_link, addresses)))[:MAX_SAME]
        statement = _text(item, "fullStatement")
        words = _text(item, "abbreviatedStatement").strip() or statement
        name = f"{_text(item, 'humanCodingScheme')} {words}".strip()
        whole = len(statement) > TITLE or statement != words
        fields["summary"] = "\n\n".join(filter(None, (statement if whole else "", _text(item, "notes"))))
        nodes.append((place, own, parent, Node(name, fields=fields)))
    nodes.sort(key=lambda entry: entry[0])
    return nest((own, parent, node) for _, own, parent, node in nodes)


def _end(link: Json, name: str) -> str:
    return _text(_dict(link.get(name)), "identifier")


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _text(values: Json, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
