"""What all that is typeset shares: one thread, the fonts, and a cache that is emptied."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

import typst

from roadmap.exports.pdf.fonts import font_files

Source = TypeVar("Source")
CACHED_DOCUMENTS = 10


def typeset(make: Callable[[Source], bytes], source: Source) -> bytes:
    """Return what `make` typesets from the source, in the one thread that does."""
    # The command line has one thread only, and a second one would take another 3 MB.
    if threading.active_count() == 1:
        return make(source)
    return _printer().submit(make, source).result()


@cache
def _printer() -> ThreadPoolExecutor:
    # One at a time, in one thread: each thread that has printed keeps 20 MB of memory.
    return ThreadPoolExecutor(1, thread_name_prefix="printer")


def new_compiler(template: bytes) -> typst.Compiler:
    """Return a compiler of this template with the fonts of reports."""
    # A compiler belongs to one thread; another one is cheap once the fonts are loaded.
    return typst.Compiler(template, font_paths=_fonts(), ignore_system_fonts=True)


def forget() -> None:
    """Empty the typesetter's cache of layouts."""
    # typst caches layouts for ten more documents, which is 20 MB after a long report.
    compiler = new_compiler(b"")
    for _ in range(CACHED_DOCUMENTS):
        compiler.compile(input=b"", format="pdf", timestamp=0)


@cache
def _fonts() -> typst.Fonts:
    folders = {str(path.parent) for path in font_files().values()}
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=sorted(folders))
