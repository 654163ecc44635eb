"""Typed text inside Markdown: it shows as it was typed and starts nothing."""

import re
from urllib.parse import urlsplit

_SIGNS = re.compile(r"[\\`*_{}\[\]<>|~&$]")
_STARTS = re.compile(r"^(?:[#+\-=:]|\d+(?=[.)]))")
_IN_ADDRESS = re.compile(r"[\s<>|\\\x00-\x1f]")


def escape_markdown(text: str) -> str:
    """One line of Markdown that shows the text; runs of white space become one space."""
    line = _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    return _STARTS.sub(_escape_start, line)


def link_markdown(title: str, url: str) -> str:
    """A link, or the bare texts where the address is not one that a page may lead to."""
    if urlsplit(url).scheme.lower() not in {"http", "https", "mailto"}:
        return f"{escape_markdown(title)}: {escape_markdown(url)}"
    address = _IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
    return f"[{escape_markdown(title) or escape_markdown(url)}](<{address}>)"


def _escape_start(found: re.Match[str]) -> str:
    # A number is escaped at the sign after it, which the expression only looked at.
    return f"{found[0]}\\" if found[0][0].isdigit() else f"\\{found[0]}"
