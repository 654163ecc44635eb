"""A ZIP with a roadmap.sh map and the texts of its topics; what is no such thing is refused by name."""

import struct
from io import BytesIO
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from roadmap.domain.imports.import_rows import ImportedFile, UnreadableFile
from roadmap.domain.roadmaps.outlines import ResourceType
from roadmap.imports.foreign.foreign_files import read_foreign_file
from roadmap.imports.foreign.roadmapsh_archives import MAX_MEMBER, MAX_MEMBERS
from tests.support.foreign_files import as_json, graph, zipped

TEXT = """# Open it

Calmly, and with smoke.

Visit the following resources to learn more:

- [@official@The hive](https://hive.example.org)
- [@article@Calm hands](https://a.example.org/wiki/Hands_(calm))
- [@opensource@Hive tool](https://o.example.org)
- [@video@A film](https://v.example.org)
- [@podcast@To listen](https://p.example.org)
- [@course@Lessons](https://c.example.org)
- [@book@A book](https://b.example.org)
- [@feed@What is new](https://f.example.org)
- [@roadmap@Another map](https://r.example.org)
- [A mail](mailto:bees@example.org)
"""
MAP = {"bees/bees.json": as_json(graph())}


def read(data: bytes) -> ImportedFile:
    imported = read_foreign_file(data, name="bees.zip")
    assert isinstance(imported, ImportedFile)
    return imported


def test_texts_become_summaries_and_links_become_resources() -> None:
    files = {
        **MAP,
        "bees/content/open-it@open.md": TEXT,
        "bees/content/gone@gone.md": "# Gone\n\nIt is gone.",
    }
    imported = read(zipped(files))
    opened = next(row for row in imported.rows if row.title == "open")
    assert opened.summary == "Calmly, and with smoke."
    assert [(resource.type, resource.url[8]) for resource in opened.resources] == [
        (ResourceType.DOCS, "h"),
        (ResourceType.DOCS, "a"),
        (ResourceType.TOOL, "o"),
        (ResourceType.COURSE, "v"),
        (ResourceType.COURSE, "p"),
        (ResourceType.COURSE, "c"),
        (ResourceType.BOOK, "b"),
        (ResourceType.DOCS, "f"),
        (ResourceType.DOCS, "r"),
    ]
    assert opened.resources[1].url == "https://a.example.org/wiki/Hands_(calm)"
    assert "texts of topics that aren’t on the map (1)" in imported.left_out
    assert imported.is_restricted


def test_a_map_in_a_zip_is_the_map_alone_where_no_texts_are() -> None:
    beside = {
        "bees/readme.md": "# Bees",
        "bees/mapping.json": b'{"a": "b"}',
        "__MACOSX/bees/._bees.json": b"\0",
    }
    assert read(zipped(MAP | beside)).rows == read(as_json(graph())).rows


def altered(data: bytes, offset: int, value: int, *, wide: bool) -> bytes:
    """A ZIP with a number in its directory changed, which is `offset` bytes into the first entry."""
    place = data.index(b"PK\x01\x02") + offset
    number = struct.pack("<I" if wide else "<H", value)
    return data[:place] + number + data[place + len(number) :]


def packed_otherwise() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_BZIP2) as archive:
        archive.writestr("bees.json", as_json(graph()))
    return stream.getvalue()


def in_the_same_bytes() -> bytes:
    """Many entries that are one: a bomb of overlapping files."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.json", b'{"a": "' + Random(1).randbytes(20_000).hex().encode() + b'"}')
    data = stream.getvalue()
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[start:end]
    directory = b"".join(entry.replace(b"a.json", b"%06d" % number) for number in range(500))
    counts = struct.pack("<HHII", 500, 500, len(directory), start)
    return data[:start] + directory + data[end : end + 8] + counts + data[end + 20 :]


REFUSED = {
    "no map": (zipped({"a.md": "# A"}), "no roadmap.sh map"),
    "several maps": (zipped({**MAP, "b.json": as_json(graph())}), "several maps"),
    "a way out": (
        zipped({**MAP, "../../etc/x.md": "x"}),
        "“../../etc/x.md” in this ZIP has a path that points",
    ),
    "a way out in words of Windows": (zipped({**MAP, "..\\x.md": "x"}), "points outside it"),
    "a whole path": (zipped({**MAP, "/etc/x.md": "x"}), "points outside it"),
    "a ZIP in it": (zipped({**MAP, "more.zip": zipped(MAP)}), "“more.zip” in this ZIP is an archive itself"),
    "a password": (altered(zipped(MAP), 8, 1, wide=False), "“bees/bees.json” in this ZIP is encrypted"),
    "another way to pack": (packed_otherwise(), "compressed in an unsupported way"),
    "a large file": (
        zipped({**MAP, "a.md": bytes(range(256)) * (MAX_MEMBER // 256 + 1)}),
        "larger than 1 MB",
    ),
    "a file that grows": (zipped({**MAP, "a.md": b"\0" * (MAX_MEMBER - 1)}), "200 times its size"),
    "much in all": (
        zipped({**MAP, **{f"{n}.md": Random(n).randbytes(10_000).hex() * 49 for n in range(9)}}),
        "Unpacked",
    ),
    "many files": (zipped({f"{n}.md": b"" for n in range(MAX_MEMBERS + 1)}), "more than 1,500 files"),
    "files in the same bytes": (in_the_same_bytes(), "Unpacked"),
    "a lie about its size": (altered(zipped(MAP), 24, 40, wide=True), "damaged"),
    "bytes that are wrong": (zipped(MAP)[:60] + b"\xff" * 40 + zipped(MAP)[100:], "damaged"),
    "JSON that is wrong": (
        zipped({"a.json": b'{"nodes": ['}),
        "In the file “a.json”: This isn’t valid JSON",
    ),
    "a map without topics": (zipped({"a.json": b'{"nodes": []}'}), "no topics"),
    "a workbook": (zipped({"[Content_Types].xml": b"<a/>", "xl/a.json": b"{}"}), "paste them here"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_such_zip_is_refused_by_name(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(UnreadableFile, match=words) as refusal:
        read_foreign_file(data)
    assert len(str(refusal.value)) < 300
