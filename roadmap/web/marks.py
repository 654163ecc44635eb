"""The changed parts of the list after a mark: rows, bars, both numbers, and the toast."""

from collections.abc import Sequence

from flask import current_app

from roadmap import clock
from roadmap.queries.marks import MarkedParts, find_marked_parts
from roadmap.web.fragments import render_row, render_tally
from roadmap.web.messages import undo_url
from roadmap.web.requests import current_person, database


def render_marks(public_id: str, keys: Sequence[str], said: str, change: int | None) -> str:
    """The parts that a change of these milestones may have changed, for a script to put in place."""
    with database().reading() as session:
        parts = find_marked_parts(session, public_id, keys, seen_by=current_person(), at=clock.now())
    return render_parts(parts, public_id, said, change)


def render_parts(parts: MarkedParts, public_id: str, said: str, change: int | None) -> str:
    """The parts as HTML: elements with ids that stand in for those of the page."""
    stored = parts.stored
    kept = [render_row(stored, row, public_id) for row in parts.rows]
    kept += [render_tally(stored, f"n-s-{skill.key}", numbers) for skill, numbers in parts.skills]
    kept += [render_tally(stored, f"n-a-{area.key}", numbers) for area, numbers in parts.areas]
    undo = undo_url(public_id, change) if change is not None else None
    # Without what Flask gives every template: these parts show nothing of it.
    template = current_app.jinja_env.get_template("enrollments/marked.html")
    return template.render(numbers=parts.numbers, kept="".join(kept), said=said, undo_url=undo)
