"""Minified style sheets and scripts: without comments and indentation."""

import re

_COMMENT = re.compile(r'("[^"]*")|/\*.*?\*/', re.DOTALL)
_SPACE = re.compile(r'("[^"]*")|;?\s*(})\s*|\s*([{;,>])\s*|(:)\s+|\s+')
_LINE = re.compile(r"^[ \t]*//.*\n|^[ \t]+", re.MULTILINE)


def minify_css(text: str) -> str:
    """The same rules; what stands in quotes stays."""
    return _SPACE.sub(_shortest_form, _COMMENT.sub(lambda found: found[1] or "", text)).strip()


def _shortest_form(found: re.Match[str]) -> str:
    """A quoted text or a sign as it is, and one blank for white space alone."""
    return found[found.lastindex] if found.lastindex else " "


def minify_js(text: str) -> str:
    """The same lines without indentation and comments that have a line of their own; no text spans lines."""
    return _LINE.sub("", text)
