"""A progress report as PDF, tagged, the same bytes for the same report, and the picture of a preview."""

import json
import logging
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import typst

from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.rows import Reviewer, SkillTopics
from roadmap.domain.reports.seals import Seal
from roadmap.exports.formatting import percent_of
from roadmap.exports.languages import direction_of
from roadmap.exports.pdf.fonts import font_files
from roadmap.exports.pdf.pdf_text import printable
from roadmap.exports.pdf.typesetting import forget, new_compiler, typeset

FOLDER = Path(__file__).parent
TEMPLATES = ("report_signs.typ", "report_chart.typ", "report_milestones.typ", "report.typ")
"""The parts of the template in order; they are one text for the typesetter, which then reads no files."""

REPORT = b"#let report = json(bytes(sys.inputs.page))\n"
MAX_POINTS = 400
"""More points than this do not show on paper."""

LINKED = re.compile(r"(?:https?|mailto):", re.IGNORECASE)

log = logging.getLogger(__name__)


def write_pdf(report: ProgressReport) -> bytes:
    """Return the printed report, as PDF/UA-1 unless a glyph is missing all the same."""
    return typeset(_print, report)


def _print(report: ProgressReport) -> bytes:
    inputs = {"page": json.dumps(page_values(report))}
    stamp = datetime.combine(report.as_of, time(), UTC)
    try:
        return _compile(inputs, stamp, ["ua-1"])
    except typst.TypstError as error:
        if "PDF/UA" not in error.message:
            raise
        log.warning("A report of %s is printed without PDF/UA: %s", report.roadmap.slug, error.message)
        return _compile(inputs, stamp, [])
    finally:
        forget()


def page_values(report: ProgressReport) -> dict[str, Any]:
    """Return what the template gets: the report with printable texts, its fonts, and where to check it."""
    values: dict[str, Any] = _printed(report)
    # A heading must have a text. No form accepts such a name, but other ways into the database may.
    values["person"] = values["person"] if values["person"].strip() else "–"
    values["made_of"] = report.made_of
    values["reviewers"] = [_reviewer(*counted) for counted in report.reviewers.items()]
    _add_topics(values, report)
    values["direction"] = direction_of(report.roadmap.language)
    values["note"] = report.only_note
    values["series"] = _thinned(values["series"])
    values["fonts"] = list(font_files())
    values["seal"] = _seal_values(report.issued) if report.issued else None
    for milestone in (*values["milestones"], *values["retired"]):
        milestone["evidence"] = [_linked(piece) for piece in milestone["evidence"]]
    return values


def _add_topics(values: dict[str, Any], report: ProgressReport) -> None:
    topics = report.topics
    for area, printed_area in zip(report.areas, values["areas"], strict=True):
        for skill, printed_skill in zip(area.skills, printed_area["skills"], strict=True):
            skill_topics = topics.get((area.title, skill.title), SkillTopics())
            printed_skill["topics"] = printable(skill_topics.sentence)


def _reviewer(reviewer: Reviewer, count: int) -> dict[str, Any]:
    name, description = (printable(text) for text in (reviewer.shown_name, reviewer.description))
    return {"name": name, "description": description, "count": count}


def _seal_values(seal: Seal) -> dict[str, str]:
    # Imported for frozen reports only, because it takes 3 MB.
    draw = import_module("roadmap.exports.pdf.qr_codes").draw_qr_code
    return {
        "code": seal.identifier,
        "url": seal.verify_at,
        "qr": draw(seal.verify_at),
        "issued_on": seal.issued_on.isoformat(),
        "issued_by": printable(seal.issuer),
        "check": printable(seal.check),
    }


def _compile(inputs: dict[str, str], stamp: datetime, standards: Any) -> bytes:
    content = new_compiler(_template()).compile(
        format="pdf", sys_inputs=inputs, pdf_standards=standards, timestamp=stamp
    )
    return cast("bytes", content)  # bytes, because no output file is given


def _printed(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        # The target of a link stays as it is; the text that shows it is made printable by `_linked`.
        return value if name == "url" else printable(value)
    if is_dataclass(value):
        return {field.name: _printed(getattr(value, field.name), field.name) for field in fields(value)}
    if isinstance(value, tuple):
        return [_printed(member) for member in value]
    return value.isoformat() if isinstance(value, date) else value


def _linked(piece: dict[str, Any]) -> dict[str, Any]:
    shown, is_link = printable(piece["url"] or ""), LINKED.match(piece["url"] or "")
    return {**piece, "url": piece["url"] if is_link else None, "shown": shown}


def _thinned(points: list[Any]) -> list[Any]:
    step = -(-len(points) // MAX_POINTS) or 1
    return points[::-step][::-1]


@cache
def _template() -> bytes:
    return REPORT + b"\n".join((FOLDER / name).read_bytes() for name in TEMPLATES)


def draw_card(report: ProgressReport) -> bytes:
    """Return the picture as PNG; it has nothing that the page of the link does not show."""
    return typeset(_draw_card, report)


def _draw_card(report: ProgressReport) -> bytes:
    values = {
        "person": printable(report.person),
        "roadmap": printable(report.roadmap.title),
        "direction": direction_of(report.roadmap.language),
        "as_of": report.as_of.isoformat(),
        "claimed": {"text": percent_of(report.claimed), "part": report.claimed.percent or 0},
        "verified": {"text": percent_of(report.verified), "part": report.verified.percent or 0},
        "fonts": list(font_files()),
    }
    template = (FOLDER / "report_card.typ").read_bytes()
    inputs = {"card": json.dumps(values)}
    # 72 pixels an inch, so that a point of the template is a pixel.
    return cast("bytes", new_compiler(template).compile(format="png", ppi=72, sys_inputs=inputs))
