"""Reads a ZIP with a roadmap.sh map and the texts of its topics, within limits that no bomb gets past."""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from roadmap.domain.imports.import_rows import ImportedFile, UnreadableFile
from roadmap.domain.roadmaps.outline_texts import fit_line
from roadmap.imports.foreign.foreign_texts import MAX_BYTES, decode, load_foreign_json
from roadmap.imports.foreign.roadmapsh_graphs import graph_in, read_roadmapsh
from roadmap.imports.foreign.roadmapsh_nodes import Json, NodeText

MAX_MEMBERS = 1_500
MAX_MEMBER = 1024 * 1024
MAX_UNPACKED = 8 * 1024 * 1024
MAX_RATIO = 200
LONGEST_NAME = 80
ZIP_START = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
# The names of members are not packed.
_OFFICE_MEMBERS = (b"[Content_Types].xml", b"mimetypeapplication/")
_PACKED = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".zst", ".tar", ".tgz", ".jar")
_ENCRYPTED = 0x1
_NO_MAP = "This ZIP has no roadmap.sh map: a JSON file with nodes, next to the texts of its topics."
_LINK = re.compile(
    r"^\s*[-*+]\s+\[(?:@(?P<kind>[a-z-]{1,20})@)?(?P<title>[^\]\n]{1,500})\]\((?P<url>\S{1,2000})\)\s*$"
)
_INVITES = re.compile(r"^(visit|check|use|explore|learn more)\b.{0,120}:$", re.IGNORECASE)
_NODE_ID = re.compile(r"@(?P<id>[^@/]{1,100})$")
_BROKEN = (BadZipFile, EOFError, OSError, RuntimeError, struct.error, ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive, with its path and its bytes."""

    path: PurePosixPath
    data: bytes

    @property
    def name(self) -> str:
        """The path as a sentence can show it."""
        return _shown(str(self.path))


def is_archive(data: bytes) -> bool:
    """Return whether this is a ZIP of at most MAX_BYTES that is neither a workbook nor a document."""
    if not data.startswith(ZIP_START) or len(data) > MAX_BYTES or data.count(_ENTRY) == 0:
        return False
    return not any(name in data for name in _OFFICE_MEMBERS)


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
        names = ", ".join(f"“{name[:40]}”" for name, _ in maps[:3])
        raise UnreadableFile(f"This ZIP has several maps, such as {names}. Import them one by one.")
    texts: dict[str, NodeText] = {}
    for member in members:
        node_id = _NODE_ID.search(member.path.stem) if member.path.suffix.lower() == ".md" else None
        if node_id and member.data.strip():
            texts[node_id["id"]] = read_content(decode(member.data)[0])
    ((name, graph),) = maps
    return read_roadmapsh(graph, title=name or title, texts=texts)


def read_content(text: str) -> NodeText:
    """Return what the file of a topic says, and its links; the heading is left out."""
    lines, links = [], list[Json]()
    for line in text.splitlines():
        if link := _LINK.match(line):
            links.append({"type": link["kind"] or "", "title": link["title"], "url": link["url"]})
        elif not line.startswith("# ") and not _INVITES.match(line.strip()):
            lines.append(line)
    return NodeText("\n".join(lines).strip(), tuple(links))


def _maps_in(members: Iterable[Member]) -> Iterator[tuple[str, Json]]:
    """Yield the name and the values of each map."""
    for member in members:
        try:
            value = load_foreign_json(decode(member.data)[0])
        except UnreadableFile as error:
            raise UnreadableFile(f"In the file “{member.name}”: {error}") from error
        if graph := graph_in(value):
            yield member.path.stem, graph


def read_members(data: bytes, suffixes: tuple[str, ...]) -> Iterator[Member]:
    """Yield the files with these endings, in the order of the archive; the whole archive is checked first.

    Raises UnreadableFile with a sentence that names the file which is refused.
    """
    if data.count(_ENTRY) > MAX_MEMBERS:
        raise UnreadableFile(
            f"This ZIP has more than {MAX_MEMBERS:,} files. Include only the map and its texts."
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not _is_beside(entry)]
            _check(entries)
            for entry in entries:
                if entry.filename.lower().endswith(suffixes):
                    yield Member(PurePosixPath(entry.filename), archive.read(entry))
    except _BROKEN as error:
        raise UnreadableFile("This ZIP is damaged. Make it again.") from error


def _shown(name: str) -> str:
    return fit_line(name, LONGEST_NAME) or "without a name"


def _is_beside(entry: ZipInfo) -> bool:
    """Return whether it is a folder, or what macOS puts beside each file."""
    return entry.is_dir() or entry.filename.startswith("__MACOSX/")


def _check(entries: list[ZipInfo]) -> None:
    for entry in entries:
        if reason := _reason_against(entry):
            raise UnreadableFile(f"The file “{_shown(entry.filename)}” in this ZIP {reason}.")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnreadableFile("Unpacked, this ZIP is larger than 8 MB. Include only the map and its texts.")


def _reason_against(entry: ZipInfo) -> str:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    reasons = (
        (
            path.is_absolute() or ".." in path.parts or ":" in entry.filename,
            "has a path that points outside it",
        ),
        (entry.flag_bits & _ENCRYPTED, "is encrypted; make the ZIP without a password"),
        (entry.filename.lower().endswith(_PACKED), "is an archive itself; unpack it first"),
        (
            entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED},
            "is compressed in an unsupported way; make a standard ZIP",
        ),
        (entry.file_size > MAX_MEMBER, "is larger than 1 MB, which is the limit"),
        (
            entry.file_size > MAX_RATIO * max(entry.compress_size, 1),
            f"grows to more than {MAX_RATIO} times its size when unpacked",
        ),
    )
    return next((reason for holds, reason in reasons if holds), "")
