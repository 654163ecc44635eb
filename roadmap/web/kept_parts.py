"""Rendered parts that are kept: what they show never changes, so what looks the same is rendered once."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

ENROLLMENT = "__ENROLLMENT__"
"""Stands in kept parts for the public id of whoever's roadmap they are put into."""

Html = TypeVar("Html", str, bytes)
Kept = dict[Hashable, Any]


def once(kept: Kept, key: Hashable, render: Callable[[], Html], *, most: int) -> Html:
    """The part under its key, rendered where it is not there; begins anew when there are `most`."""
    html: Html | None = kept.get(key)
    if html is None:
        if len(kept) >= most:
            kept.clear()
        html = kept[key] = render()
    return html
