"""The changed parts of the list or the map after a mark: rows or stations, both numbers, and the toast."""

from collections.abc import Sequence

from flask import render_template, request

from roadmap import clock
from roadmap.queries.maps import find_marked_map
from roadmap.queries.marks import MarkedParts, find_marked_parts
from roadmap.web.fragments import render_row
from roadmap.web.maps import render_frontier, render_stations
from roadmap.web.messages import undo_url
from roadmap.web.requests import current_person, database


def render_marks(public_id: str, keys: Sequence[str], said: str, change: int | None) -> str:
    """The parts that a change of these milestones may have changed, for a script to put in place.

    A form that was sent from the map says so, and whether the map shows all skills.
    """
    view = request.form.get("view")
    if view in {"map", "whole-map"}:
        return _render_map_parts(public_id, keys, said, change, is_whole=view == "whole-map")
    with database().reading() as session:
        parts = find_marked_parts(session, public_id, keys, seen_by=current_person(), at=clock.now())
    return render_parts(parts, said, undo_url(public_id, change) if change is not None else None)


def render_parts(parts: MarkedParts, said: str, undo: str | None) -> str:
    """The parts as HTML: elements with ids that stand in for those of the page."""
    enrollment = parts.enrollment
    rows = [render_row(enrollment.stored, row, enrollment.public_id) for row in parts.rows]
    return render_template("enrollments/marked.html", parts=parts, rows=rows, said=said, undo_url=undo)


def _render_map_parts(
    public_id: str, keys: Sequence[str], said: str, change: int | None, *, is_whole: bool
) -> str:
    with database().reading() as session:
        found = find_marked_map(
            session, public_id, keys, seen_by=current_person(), at=clock.now(), is_whole=is_whole
        )
    return render_template(
        "maps/marked.html",
        numbers_of_all=found.numbers,
        stations=render_stations(found.map, found.keys, public_id),
        frontier=render_frontier(found.map),
        said=said,
        undo_url=undo_url(public_id, change) if change is not None else None,
    )
