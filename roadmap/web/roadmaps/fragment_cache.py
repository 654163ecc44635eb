"""Rendered parts of lists and maps, cached by edition: what looks the same is rendered once."""

import secrets
from collections.abc import Callable, Hashable

from roadmap.edition_cache import StoredOutline
from roadmap.queries.learning.milestone_list import Row
from roadmap.web.template_filters import today

ENROLLMENT = f"enrollment-{secrets.token_hex(8)}"
"""Stands in cached parts for the public id of whoever's roadmap they are put into; nobody can type it."""


def cached(stored: StoredOutline, key: Hashable, render: Callable[[], str]) -> str:
    """A rendered part of an edition; whatever it shows beside the edition is in its key."""
    return stored.fragments.get(key, None, render)


def look_of(row: Row) -> Hashable:
    """All that a row shows beside its edition: the day to revisit is written with its year in other years."""
    return (row.milestone.key, *row[1:], row.revisit_on and row.revisit_on.year == today().year)
