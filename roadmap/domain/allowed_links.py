"""The URLs that are allowed everywhere: http, https and mailto."""

import re
from urllib.parse import urlsplit

_ODD = re.compile(r"[\s\\\x00-\x1f\x7f-\x9f<>\"]")


def is_web_link(url: str) -> bool:
    """Return whether this is an absolute http or https URL with a host and without credentials."""
    if _ODD.search(url):
        return False
    try:
        parts = urlsplit(url)
        # An invalid port raises ValueError only when it is read.
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and has_host and "@" not in parts.netloc


def is_mail_link(url: str) -> bool:
    """Return whether this is a mailto URL."""
    return url.lower().startswith("mailto:") and "@" in url and not _ODD.search(url)
