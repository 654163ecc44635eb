"""Markdown that people typed, as HTML that is safe to show."""

from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"),
    *("pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_SCHEMES = {"http", "https", "mailto"}
# `train.py` and `README.md` are files: only an address with its scheme becomes a link by itself.
_LINKS_WITH_SCHEME = {"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False}
_HEADINGS: Sequence[str] = ("h1", "h2", "h3", "h4", "h5", "h6")


def _lower_headings(state: StateCore) -> None:
    """Begin at the third level, because the page itself has the first two, and leave none out."""
    used = sorted({token.tag for token in state.tokens} & set(_HEADINGS))
    for token in state.tokens:
        if token.tag in _HEADINGS:
            token.tag = _HEADINGS[min(used.index(token.tag) + 2, 5)]


def _only_whole_links(tag: str, name: str, value: str) -> str | None:
    """Drop addresses without a scheme: they would lead to other pages here, or with // to other sites."""
    is_whole = value.casefold().startswith(tuple(f"{scheme}:" for scheme in _SCHEMES))
    return value if (tag, name) != ("a", "href") or is_whole else None


def _make_parser(*, breaks: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": breaks})
    if parser.linkify:
        parser.linkify.set(_LINKS_WITH_SCHEME)
    parser.enable(["table", "strikethrough", "linkify"]).disable("image")
    parser.core.ruler.push("lower_headings", _lower_headings)
    return parser


_typed, _filed = _make_parser(breaks=True), _make_parser(breaks=False)


@lru_cache(maxsize=2_000)
def render_markdown(text: str, *, keeps_lines: bool = True) -> str:
    """Render Markdown: no raw HTML, no pictures, links to http, https and mailto only.

    What people type keeps its lines; what comes from a file is folded at its margin, so its lines are joined.
    """
    return nh3.clean(
        (_typed if keeps_lines else _filed).render(text),
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        attribute_filter=_only_whole_links,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
