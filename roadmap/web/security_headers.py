"""The headers of every answer: what a browser may load, keep, embed and tell others."""

from collections.abc import Callable

from flask import Flask, Response, g, request

POLICY = "; ".join([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types roadmap",
])  # fmt: skip

_ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=31536000")


def _cache_rule() -> str:
    """Nothing stores the pages of a person, nor those that a mailed or handed link opens."""
    is_private = "signed_in" in g or "token" in (request.view_args or {})
    return "no-store" if is_private else "no-cache, private"


def _header_setter(*, is_secure: bool) -> Callable[[Response], Response]:
    headers = (*_ALWAYS, _STRICT_TRANSPORT) if is_secure else _ALWAYS

    def set_headers(response: Response) -> Response:
        # A view may have set its own; looked up once, because this runs on every request.
        present = {name.lower() for name, _ in response.headers}
        for name, value in headers:
            if name.lower() not in present:
                response.headers.add(name, value)
        if "cache-control" not in present:
            response.headers.add("Cache-Control", _cache_rule())
        return response

    return set_headers


def init_security_headers(app: Flask, *, is_secure: bool) -> None:
    """Set them on every answer, error pages included; `is_secure` adds HSTS."""
    app.after_request(_header_setter(is_secure=is_secure))
