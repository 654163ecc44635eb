"""The changed parts of the list after a mark: rows, bars, both numbers, and the toast."""

from collections.abc import Sequence

from flask import render_template

from roadmap import clock
from roadmap.queries.marks import MarkedParts, find_marked_parts
from roadmap.web.fragments import render_row
from roadmap.web.messages import undo_url
from roadmap.web.requests import current_person, database


def render_marks(public_id: str, keys: Sequence[str], said: str, change: int | None) -> str:
    """The parts that a change of these milestones may have changed, for a script to put in place."""
    with database().reading() as session:
        parts = find_marked_parts(session, public_id, keys, seen_by=current_person(), at=clock.now())
    return render_parts(parts, said, undo_url(public_id, change) if change is not None else None)


def render_parts(parts: MarkedParts, said: str, undo: str | None) -> str:
    """The parts as HTML: elements with ids that stand in for those of the page."""
    enrollment = parts.enrollment
    rows = [render_row(enrollment.stored, row, enrollment.public_id) for row in parts.rows]
    return render_template("enrollments/marked.html", parts=parts, rows=rows, said=said, undo_url=undo)
