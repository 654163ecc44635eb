"""The badge: both numbers of a roadmap as an SVG card for other sites, and the markup that embeds it."""

import re
import unicodedata
from bisect import bisect_right
from html import escape
from itertools import accumulate

from roadmap.domain.learning.numbers import Numbers
from roadmap.exports.formatting import percent_of
from roadmap.exports.report_markdown import escape_markdown

WIDTH, HEIGHT = 264, 72
TITLE_EMS = 16
"""The width of a title in ems of its font; longer ones are cut off, but screen readers get all of it."""

_NARROW = frozenset(" !'(),-./:;I[]fijlt|")
_WIDE = frozenset("MWmw@%")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Opaque, because an image does not know its background. No style, which content security policies block.
_CARD = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 264 72" role="img" \
aria-labelledby="name what" data-claimed="{claimed_hook}" data-verified="{verified_hook}">
<title id="name">{name}</title>
<desc id="what">Claimed is what the learner says is done; verified is what someone else has \
reviewed and verified.</desc>
<pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<path d="M1 0V4" stroke="#2b7346" stroke-width="1.5"/></pattern>
<rect x=".5" y=".5" width="263" height="71" rx="6" fill="#faf5ec" stroke="#8d8172"/>
<path d="M13 23C21 23 18 12 31 12" fill="none" stroke="#3a2d22" stroke-width="1.5"/>
<circle cx="14" cy="23" r="3.5" fill="#2b7346"/>
<circle cx="21.5" cy="17.5" r="3" fill="#faf5ec" stroke="#a8740f" stroke-width="1.5"/>
<path d="M21.5 14.5a3 3 0 0 0 0 6z" fill="#a8740f"/>
<circle cx="30" cy="12" r="3" fill="#faf5ec" stroke="#756b60" stroke-width="1.5"/>
<g fill="#3a2d22" font-family="Verdana, 'DejaVu Sans', Geneva, sans-serif" font-size="11">
<svg x="42" y="6" width="212" height="24"><text y="15" font-family="Georgia, 'DejaVu Serif', serif" \
font-size="13" font-weight="bold">{title}</text></svg>
<rect x="12.5" y="38.5" width="13" height="7" fill="url(#hatch)" stroke="#2b7346"/>
<text x="32" y="46">Claimed <tspan font-weight="bold">{claimed}</tspan></text>
<rect x="140.5" y="38.5" width="13" height="7" fill="#2b7346" stroke="#2b7346"/>
<text x="160" y="46">Verified <tspan font-weight="bold">{verified}</tspan></text>
</g>
<rect x="12" y="55" width="{claimed_width}" height="7" fill="url(#hatch)"/>
<rect x="12" y="55" width="{verified_width}" height="7" fill="#2b7346"/>
<rect x="12" y="55" width="240" height="7" fill="none" stroke="#8d8172"/>
</svg>
"""


def draw_badge(title: str, numbers: Numbers) -> str:
    """Return the card as SVG, with both numbers as text for screen readers and in data attributes."""
    claimed, verified = numbers.claimed.percent, numbers.verified.percent
    claimed_text, verified_text = percent_of(numbers.claimed), percent_of(numbers.verified)
    title = _NOT_IN_XML.sub("", title)
    return _CARD.format(
        width=WIDTH,
        height=HEIGHT,
        name=escape(f"{title}: claimed {claimed_text}, verified {verified_text}"),
        title=escape(_shortened(title)),
        claimed=escape(claimed_text),
        verified=escape(verified_text),
        claimed_hook="" if claimed is None else claimed,
        verified_hook="" if verified is None else verified,
        claimed_width=f"{2.4 * (claimed or 0):g}",
        verified_width=f"{2.4 * (verified or 0):g}",
    )


def badge_markdown(title: str, url: str) -> str:
    """Return the Markdown that embeds a badge in a README."""
    return f"![{escape_markdown(_described(title))}]({url})"


def badge_html(title: str, url: str) -> str:
    """Return the HTML that embeds a badge in a page."""
    alt = escape(_described(title))
    return f'<img src="{escape(url)}" width="{WIDTH}" height="{HEIGHT}" alt="{alt}">'


def _described(title: str) -> str:
    return f"My progress on {title}"


def _shortened(title: str) -> str:
    """Return the title as far as it fits beside the logo, by the widths of a wide bold font."""
    ends = list(accumulate(map(_ems, title)))
    if not ends or ends[-1] <= TITLE_EMS:
        return title
    return title[: bisect_right(ends, TITLE_EMS - 1)].rstrip() + "…"


def _ems(character: str) -> float:
    if unicodedata.category(character).startswith("M"):
        return 0.0
    if character in _WIDE or unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.1
    if character in _NARROW:
        return 0.38
    return 0.8 if character.isupper() else 0.65
