"""The fonts of PDF files, which come from packages and never from the system, and their characters."""

import re
import struct
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import fontpkg
import noto_cjk_sans_jp_regular as east_asian

FIRST, LAST = "Noto Sans", "Noto Sans CJK JP"
_SLANTED = "Italic"
_WORD_STARTS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def font_files() -> dict[str, Path]:
    """Return the upright file of each installed family, by its name, in the order in which they are tried.

    Any other `fontpkg` package that is installed is used as well.
    """
    names = sorted(
        (fontpkg.family(slug).name for slug in fontpkg.families()), key=lambda name: (name != FIRST, name)
    )
    installed = {name: fontpkg.path(name) for name in names}
    return {**installed, **_more_scripts(installed), LAST: Path(str(east_asian.FONT_PATH))}


def _more_scripts(known: Collection[str]) -> dict[str, Path]:
    """Return the families of `manimgx-fonts` that are not known; its files are named by family and axis."""
    folder = Path(str(files("manimgx_fonts")))
    upright = [path for path in sorted(folder.glob("Noto*.ttf")) if _SLANTED not in path.name]
    by_name = {_WORD_STARTS.sub(" ", path.name.partition("[")[0]): path for path in upright}
    return {name: path for name, path in by_name.items() if name not in known}


def draws(family: str, point: int) -> bool:
    """Return whether a family has a glyph for a code point."""
    drawn = _drawn_by(family)
    return point < len(drawn) and bool(drawn[point])


@cache
def _drawn_by(family: str) -> bytearray:
    """Return a byte for each code point, 1 where the `cmap` table of a family has a glyph for it.

    A set of the 45,000 code points of the largest family would take twenty times as much memory.
    """
    cmap = _table(font_files()[family], b"cmap")
    (tables,) = struct.unpack_from(">H", cmap, 2)
    drawn = bytearray()
    for place in range(tables):
        (offset,) = struct.unpack_from(">L", cmap, 4 + 8 * place + 4)
        for low, high in _ranges(cmap[offset:]):
            drawn.extend(bytes(max(0, high + 1 - len(drawn))))
            drawn[low : high + 1] = b"\1" * (high + 1 - low)
    return drawn


def _table(path: Path, tag: bytes) -> bytes:
    # Fonts are large and this table is small, so only the table is read.
    with path.open("rb") as file:
        (tables,) = struct.unpack(">4xH6x", file.read(12))
        for _ in range(tables):
            name, offset, length = struct.unpack(">4s4xLL", file.read(16))
            if name == tag:
                file.seek(offset)
                return file.read(length)
    raise ValueError(f"{path.name} is no font with a table of characters.")


def _ranges(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield pairs of first and last code point from a table of format 4 or 12, the two in use."""
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
        # The last range only marks the end of the table.
        yield from zip(firsts[:-1], lasts[:-1], strict=True)
