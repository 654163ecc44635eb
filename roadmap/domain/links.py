"""Which links are allowed: http, https and mailto, on every way in."""

from urllib.parse import urlsplit

WEB_SCHEMES = ("http", "https")


def is_web_link(url: str) -> bool:
    """Whether this is an absolute http or https address with a host and without credentials."""
    try:
        parts = urlsplit(url)
        host, has_credentials, _ = parts.hostname, "@" in parts.netloc, parts.port
    except ValueError:
        return False
    is_plain = url.isprintable() and " " not in url and "\\" not in url
    return parts.scheme in WEB_SCHEMES and bool(host) and not has_credentials and is_plain


def is_mail_link(url: str) -> bool:
    """Whether this is a mailto address."""
    return url.lower().startswith("mailto:") and "@" in url and url.isprintable() and " " not in url
