"""Whole pages, kept as long as all that they show is the same: most are looked at again without a change."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from flask import Response, current_app, g, request, session
from flask_wtf.csrf import generate_csrf

from roadmap.web.compression import accepts_gzip, join_packed, pack_parts
from roadmap.web.page_headers import header_facts
from roadmap.web.requests import current_session
from roadmap.web.texts import today
from roadmap.web.themes import chosen_theme

KEPT_PAGES = 128
# Stands for the CSRF token, which is signed anew for every answer; nobody can type it.
_TOKEN_PLACE = secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page in parts, between which the token is put, plain and compressed, and what it was made from."""

    key: Hashable
    parts: list[bytes]
    packed: list[bytes]


Kept = OrderedDict[Hashable, KeptPage]


def keep_page(
    name: Hashable, shows: Hashable, render: Callable[[], bytes], *, is_at_own: bool = False
) -> Response:
    """The page called `name`, rendered anew only where something it shows is another than last time.

    `shows` is what the view has found in the database for this request; what every page shows besides,
    the person, the address, the theme and what the header says, is compared here; `is_at_own` says that
    the page itself names the roadmap of the header.
    """
    if "_flashes" in session:
        return Response(render())
    kept: Kept = current_app.extensions.setdefault("kept_pages", OrderedDict())
    found, key = kept.pop(name, None), (shows, _shown_everywhere(is_at_own=is_at_own))
    if found is None or found.key != key:
        found = _make(key, render)
    kept[name] = found
    while len(kept) > KEPT_PAGES:
        kept.popitem(last=False)
    return _answer(found)


def _answer(page: KeptPage) -> Response:
    token = str(generate_csrf()).encode()
    response = Response(token.join(page.parts))
    if accepts_gzip():
        response.set_data(join_packed(page.packed, token, response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def _shown_everywhere(*, is_at_own: bool) -> Hashable:
    signed_in = current_session()
    who = signed_in.person_row if signed_in else None
    return (
        who,
        request.method,
        request.full_path,
        chosen_theme(),
        header_facts(is_at_own=is_at_own),
        today(),
    )


def _make(key: Hashable, render: Callable[[], bytes]) -> KeptPage:
    """Render the page with the place of the token in it; all tokens of an application are of one length."""
    token = generate_csrf()
    g.csrf_token = _TOKEN_PLACE
    try:
        parts = render().split(_TOKEN_PLACE.encode())
    finally:
        g.csrf_token = token
    return KeptPage(key, parts, pack_parts(parts, len(token)))
