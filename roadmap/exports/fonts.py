"""The fonts of printed pages, from packages and never from the system, and the characters they draw."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import fontpkg
import noto_cjk_sans_jp_regular as east_asian

FIRST, LAST = "Noto Sans", "Noto Sans CJK JP"


@cache
def font_files() -> dict[str, Path]:
    """The upright file of each installed family in the order in which they are tried.

    Any further package of the same kind that is installed beside this one is found and used.
    """
    names = sorted(
        (fontpkg.family(each).name for each in fontpkg.families()), key=lambda name: (name != FIRST, name)
    )
    return {**{name: fontpkg.path(name) for name in names}, LAST: Path(str(east_asian.FONT_PATH))}


def draws(family: str, point: int) -> bool:
    """Whether a family has a glyph for a code point."""
    drawn = _drawn_by(family)
    return point < len(drawn) and bool(drawn[point])


@cache
def _drawn_by(family: str) -> bytearray:
    """A byte for each code point up to the last that a family has a glyph for, read from its `cmap` table.

    A set of the 45,000 that the largest family draws takes twenty times as much.
    """
    cmap = _table(font_files()[family], b"cmap")
    (tables,) = struct.unpack_from(">H", cmap, 2)
    found = bytearray()
    for place in range(tables):
        (offset,) = struct.unpack_from(">L", cmap, 4 + 8 * place + 4)
        for low, high in _ranges(cmap[offset:]):
            found.extend(bytes(max(0, high + 1 - len(found))))
            found[low : high + 1] = b"\1" * (high + 1 - low)
    return found


def _table(path: Path, tag: bytes) -> bytes:
    # Fonts are large and this table is small: the rest stays on the disk.
    with path.open("rb") as file:
        (tables,) = struct.unpack(">4xH6x", file.read(12))
        for _ in range(tables):
            name, offset, length = struct.unpack(">4s4xLL", file.read(16))
            if name == tag:
                file.seek(offset)
                return file.read(length)
    raise ValueError(f"{path.name} is no font with a table of characters.")


def _ranges(table: bytes) -> Iterator[tuple[int, int]]:
    """Pairs of first and last code point; of the many formats these two hold everything in practice."""
    (kind,) = struct.unpack_from(">H", table)
    if kind == 12:
        (groups,) = struct.unpack_from(">L", table, 12)
        for place in range(groups):
            low, high, _ = struct.unpack_from(">LLL", table, 16 + 12 * place)
            yield low, high
    elif kind == 4:
        (doubled,) = struct.unpack_from(">H", table, 6)
        lasts = struct.unpack_from(f">{doubled // 2}H", table, 14)
        firsts = struct.unpack_from(f">{doubled // 2}H", table, 16 + doubled)
        # The table ends with a range that stands for nothing.
        yield from zip(firsts[:-1], lasts[:-1], strict=True)
