"""The URLs that are allowed everywhere: http, https and mailto."""

import re
from urllib.parse import urlsplit

from roadmap.domain.characters import is_invisible, turns_text

_ODD = re.compile(r"[\s\\\x00-\x1f\x7f-\x9f<>\"]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))", re.IGNORECASE)
_STARTS_WITH_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]*\.)+[\w-]{2,}|localhost)(?::\d+)?(?:[/?#]|$)", re.IGNORECASE
)


def is_web_link(url: str) -> bool:
    """Return whether this is an absolute http or https URL with a host and without credentials."""
    if _is_odd(url):
        return False
    try:
        parts = urlsplit(url)
        # An invalid port raises ValueError only when it is read.
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and has_host and "@" not in parts.netloc


def is_mail_link(url: str) -> bool:
    return url.lower().startswith("mailto:") and "@" in url and not _is_odd(url)


def _is_odd(url: str) -> bool:
    return _ODD.search(url) is not None or any(map(is_invisible, url))


def with_scheme(text: str) -> str:
    """Return what a person typed as a link, with `https://` where it starts with a host."""
    return f"https://{text}" if _STARTS_WITH_HOST.match(text) else text


def why_no_link(url: str) -> str:
    """Return the reason why a URL is refused as a link, as a sentence; empty for a link."""
    if is_web_link(url) or is_mail_link(url):
        return ""
    if turns_text(url) or any(map(is_invisible, url)):
        return "Remove invisible characters and those that change the direction of text."
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
        return f"Links must start with https://, http:// or mailto:, not {scheme[1]}:."
    return "This isn’t a link. Enter an address such as https://example.org/my-work."
