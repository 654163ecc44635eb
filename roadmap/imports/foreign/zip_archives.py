"""Opens a ZIP that a person brought, within limits that no bomb gets past."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from roadmap.domain.imports.import_rows import UnreadableFile
from roadmap.domain.roadmaps.outline_texts import fit_line
from roadmap.imports.foreign.foreign_texts import MAX_BYTES

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
