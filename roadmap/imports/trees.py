"""Trees of any depth as areas, skills and milestones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from roadmap.domain.imports.import_rows import Certainty, RowBuilder, RowLevel, UnreadableFile

MAX_DEPTH = 20


@dataclass(slots=True)
class Node:
    """Something with a title and what is in it; `fields` are those of its row.

    It is not `is_named` where its title only says what kind of things are in it.
    """

    title: str
    children: list["Node"] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    is_named: bool = True


def nested_levels(value: Any) -> Iterator[list[Any]]:
    """Yield the lists and groups of each level, from the outside in."""
    level = [value] if isinstance(value, dict | list) else []
    while level:
        yield level
        inner = (part for outer in level for part in (outer.values() if isinstance(outer, dict) else outer))
        level = [part for part in inner if isinstance(part, dict | list)]


def nest(nodes: Iterable[tuple[str, str, Node]]) -> list[Node]:
    """Return the roots of nodes that are given with their own id and that of their parent.

    A node whose parent is not there is a root; raises UnreadableFile when some are inside each other.
    """
    placed = list(nodes)
    by_id = {own: node for own, _, node in placed if own}
    roots: list[Node] = []
    for own, parent, node in placed:
        above = by_id.get(parent) if parent != own else None
        (above.children if above else roots).append(node)
    # Whoever is in a circle hangs below no root.
    if len(list(_walk(roots, 1))) < len(placed):
        raise UnreadableFile("Some entries contain each other, so they don’t form a tree.")
    return roots


def depth_of(nodes: Sequence[Node]) -> int:
    """Return how many levels there are."""
    return max((depth for depth, _ in _walk(nodes, 1)), default=0)


def add_forest(builder: RowBuilder, roots: Sequence[Node], title: str) -> None:
    """Add trees as rows: a leaf is a milestone, what is around it a skill, the top an area.

    Levels between are joined in the title of the skill. With two levels there is one area, named like the
    roadmap; with one level also one skill.
    """
    depth = depth_of(roots)
    area = None
    leaves = [node for node in roots if not node.children]
    if leaves or depth <= 2:
        area = builder.add(RowLevel.AREA, title)
        _guess(builder, area, "nothing in the file is an area")
        if leaves:
            _add_milestones(builder, leaves, title, area, why="nothing in the file groups these")
    for root in (node for node in roots if node.children):
        if depth <= 2:
            _add_skill(builder, root, [root.title], area)
        else:
            number = builder.add(RowLevel.AREA, root.title, **_texts(root))
            _add_skill(builder, root, [], number)


def _add_skill(builder: RowBuilder, node: Node, path: list[str], area: int | None) -> None:
    leaves = [child for child in node.children if not child.children]
    if leaves:
        name = " · ".join(path) or node.title
        why = "" if path else "it has the same name as its area"
        _add_milestones(builder, leaves, name, area, why=why, node=node)
    for child in node.children:
        if child.children:
            _add_skill(builder, child, [*path, child.title], area)


def _add_milestones(
    builder: RowBuilder,
    leaves: Sequence[Node],
    name: str,
    area: int | None,
    *,
    why: str,
    node: Node | None = None,
) -> None:
    skill = builder.add(RowLevel.SKILL, name, parent=area, **(_texts(node) if node and not why else {}))
    _guess(builder, skill, why)
    for leaf in leaves:
        builder.add(RowLevel.MILESTONE, leaf.title, parent=skill, **leaf.fields)


def _guess(builder: RowBuilder, number: int | None, why: str) -> None:
    if number is not None and why:
        builder.guess(number, Certainty.LIKELY, why)


def _texts(node: Node) -> dict[str, Any]:
    """Return the fields that a skill or an area has too."""
    return {name: value for name, value in node.fields.items() if name in {"summary", "key", "line"}}


def _walk(nodes: Sequence[Node], depth: int) -> Iterable[tuple[int, Node]]:
    if depth > MAX_DEPTH:
        raise UnreadableFile(f"This is nested deeper than {MAX_DEPTH} levels.")
    for node in nodes:
        yield depth, node
        yield from _walk(node.children, depth + 1)
