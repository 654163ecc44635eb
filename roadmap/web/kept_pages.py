"""Whole pages, kept as long as all that they show is the same: most are looked at again without a change."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable

from flask import current_app, g, request, session
from flask_wtf.csrf import generate_csrf

from roadmap.web.mentoring import waiting_count
from roadmap.web.requests import current_session
from roadmap.web.texts import today
from roadmap.web.themes import chosen_theme

KEPT_PAGES = 128
# Stands for the CSRF token, which is signed anew for every answer; nobody can type it.
_TOKEN_PLACE = secrets.token_hex(16)
Kept = OrderedDict[Hashable, tuple[Hashable, list[bytes]]]


def keep_page(name: Hashable, shows: Hashable, render: Callable[[], bytes]) -> bytes:
    """The page called `name`, rendered anew only where something it shows is another than last time.

    `shows` is what the view has found in the database for this request; what every page shows besides,
    the person, the address, the theme and the numbers of the header, is compared here.
    """
    if "_flashes" in session:
        return render()
    kept: Kept = current_app.extensions.setdefault("kept_pages", OrderedDict())
    found = kept.pop(name, None)
    key = (shows, _shown_everywhere())
    if found is None or found[0] != key:
        found = (key, _render_around_token(render))
    kept[name] = found
    while len(kept) > KEPT_PAGES:
        kept.popitem(last=False)
    return str(generate_csrf()).encode().join(found[1])


def _shown_everywhere() -> Hashable:
    signed_in = current_session()
    who = signed_in.person_row if signed_in else None
    return (who, request.method, request.full_path, chosen_theme(), waiting_count(), today())


def _render_around_token(render: Callable[[], bytes]) -> list[bytes]:
    token = generate_csrf()
    g.csrf_token = _TOKEN_PLACE
    try:
        return render().split(_TOKEN_PLACE.encode())
    finally:
        g.csrf_token = token
