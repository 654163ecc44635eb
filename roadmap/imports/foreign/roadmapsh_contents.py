"""Reads a ZIP with a roadmap.sh map and the text of each of its topics."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from roadmap.domain.imports.import_rows import ImportedFile, UnreadableFile
from roadmap.imports.foreign.foreign_texts import decode, load_foreign_json
from roadmap.imports.foreign.roadmapsh_graphs import graph_in, read_roadmapsh
from roadmap.imports.foreign.roadmapsh_nodes import Json, NodeText
from roadmap.imports.foreign.zip_archives import Member, read_members

_NO_MAP = "This ZIP has no roadmap.sh map: a JSON file with nodes, next to the texts of its topics."
_LINK = re.compile(
    r"^\s*[-*+]\s+\[(?:@(?P<kind>[a-z-]{1,20})@)?(?P<title>[^\]\n]{1,500})\]\((?P<url>\S{1,2000})\)\s*$"
)
_INVITES = re.compile(r"^(visit|check|use|explore|learn more)\b.{0,120}:$", re.IGNORECASE)
_NODE_ID = re.compile(r"@(?P<id>[^@/]{1,100})$")


@dataclass(frozen=True, slots=True)
class _Map:
    name: str
    graph: Json


def read_roadmapsh_archive(data: bytes, *, title: str) -> ImportedFile:
    """Return the rows of the map in a ZIP, with the texts and links of its topics.

    The file of a topic is named `…@<id of its node>.md`. Raises UnreadableFile for a ZIP without a map, or
    with several.
    """
    members = list(read_members(data, (".json", ".md")))
    maps = list(_maps_in(member for member in members if member.path.suffix.lower() == ".json"))
    if not maps:
        raise UnreadableFile(_NO_MAP)
    if len(maps) > 1:
        names = ", ".join(f"“{found.name[:40]}”" for found in maps[:3])
        raise UnreadableFile(f"This ZIP has several maps, such as {names}. Import them one by one.")
    texts: dict[str, NodeText] = {}
    for member in members:
        found = _NODE_ID.search(member.path.stem) if member.path.suffix.lower() == ".md" else None
        if found and member.data.strip():
            texts[found["id"]] = read_content(decode(member.data)[0])
    return read_roadmapsh(maps[0].graph, title=maps[0].name or title, texts=texts)


def read_content(text: str) -> NodeText:
    """Return what the file of a topic says, and its links; the heading is left out."""
    lines, links = [], list[Json]()
    for line in text.splitlines():
        if found := _LINK.match(line):
            links.append({"type": found["kind"] or "", "title": found["title"], "url": found["url"]})
        elif not line.startswith("# ") and not _INVITES.match(line.strip()):
            lines.append(line)
    return NodeText("\n".join(lines).strip(), tuple(links))


def _maps_in(members: Iterable[Member]) -> Iterable[_Map]:
    for member in members:
        try:
            value: Any = load_foreign_json(decode(member.data)[0])
        except UnreadableFile as error:
            raise UnreadableFile(f"In the file “{member.name}”: {error}") from error
        if graph := graph_in(value):
            yield _Map(member.path.stem, graph)
