"""The picture that a preview of a share link shows: whose report it is, of what, and both numbers."""

import json
from pathlib import Path
from typing import cast

from roadmap.domain.reports.reports import ProgressReport
from roadmap.exports.formatting import percent_of
from roadmap.exports.languages import direction_of
from roadmap.exports.pdf.fonts import font_files
from roadmap.exports.pdf.pdf_text import printable
from roadmap.exports.pdf.typesetting import new_compiler, typeset

WIDTH, HEIGHT = 1200, 630
"""In pixels, as programs that draw previews want it."""


def draw_card(report: ProgressReport) -> bytes:
    """Return the picture as PNG; it has nothing that the page of the link does not show."""
    return typeset(_draw, report)


def _draw(report: ProgressReport) -> bytes:
    values = {
        "person": printable(report.person),
        "roadmap": printable(report.roadmap.title),
        "direction": direction_of(report.roadmap.language),
        "as_of": report.as_of.isoformat(),
        "claimed": {"text": percent_of(report.claimed), "part": report.claimed.percent or 0},
        "verified": {"text": percent_of(report.verified), "part": report.verified.percent or 0},
        "fonts": list(font_files()),
    }
    template = (Path(__file__).parent / "report_card.typ").read_bytes()
    inputs = {"card": json.dumps(values)}
    # 72 pixels an inch, so that a point of the template is a pixel.
    return cast("bytes", new_compiler(template).compile(format="png", ppi=72, sys_inputs=inputs))
