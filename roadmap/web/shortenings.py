"""Sheets, scripts and templates leave without what only their authors read: comments, indentation."""

import re
from typing import Any

from jinja2.ext import Extension

_COMMENT = re.compile(r'("[^"]*")|/\*.*?\*/', re.DOTALL)
_SPACE = re.compile(r'("[^"]*")|;?\s*(})\s*|\s*([{;,>])\s*|(:)\s+|\s+')
_LINE = re.compile(r"^[ \t]*//.*\n|^[ \t]+", re.MULTILINE)
_INDENT = re.compile(r"(?<=\n)[ \t]+")


def shorten_sheet(text: str) -> str:
    """The same rules; what stands in quotes stays."""
    return _SPACE.sub(_shortest, _COMMENT.sub(lambda found: found[1] or "", text)).strip()


def _shortest(found: re.Match[str]) -> str:
    """A quoted text or a sign as it is, and one blank for white space alone."""
    return found[found.lastindex] if found.lastindex else " "


def shorten_script(text: str) -> str:
    """The same lines without indentation and comments that have a line of their own; no text spans lines."""
    return _LINE.sub("", text)


class Shortened(Extension):
    """Takes the indentation from templates; their lines keep their numbers."""

    def preprocess(self, source: str, *_: Any, **__: Any) -> str:
        """Called by Jinja before it compiles a template."""
        return _INDENT.sub(_least, source)


def _least(found: re.Match[str]) -> str:
    # Behind a tag Jinja takes the end of the line, and a blank of the indentation keeps words apart.
    return " " if found.string.endswith(("%}", "#}"), 0, found.start() - 1) else ""
