"""The changed parts of the list or the map after a mark: rows or stations, both numbers, and the toast."""

from collections.abc import Sequence

from flask import current_app, render_template, request

from roadmap import clock
from roadmap.domain.learning.numbers import Numbers
from roadmap.exports.formatting import percent
from roadmap.queries.learning.changed_rows import ChangedRows, find_changed_rows
from roadmap.queries.learning.maps import find_changed_stations
from roadmap.web.learning.fragments import number_macros, render_row, render_tally
from roadmap.web.redirects import undo_url
from roadmap.web.requests import current_person, database
from roadmap.web.roadmaps.maps import render_frontier, render_stations


def render_changed_rows(public_id: str, keys: Sequence[str], message: str, change: int | None) -> str:
    """The parts that a change of these milestones may have changed, for a script to put in place.

    A form that was sent from the map says so, and whether the map shows all skills.
    """
    if is_on_map():
        return _render_map_parts(public_id, keys, message, change)
    with database().reading() as session:
        parts = find_changed_rows(session, public_id, keys, seen_by=current_person(), at=clock.now())
    return render_parts(parts, public_id, message, change)


def render_parts(parts: ChangedRows, public_id: str, message: str, change: int | None) -> str:
    """The parts as HTML: elements with ids that stand in for those of the page."""
    stored = parts.stored
    macros = number_macros()
    html = [macros.pair(parts.numbers)]
    html += [render_row(stored, row, public_id) for row in parts.rows]
    html += [render_tally(stored, f"n-s-{skill.key}", numbers) for skill, numbers in parts.skills]
    html += [render_tally(stored, f"n-a-{area.key}", numbers) for area, numbers in parts.areas]
    html += [macros.share(f"i-{area.key}", numbers) for area, numbers in parts.areas]
    undo = undo_url(public_id, change) if change is not None else None
    # Without what Flask gives every template: these parts show nothing of it.
    template = current_app.jinja_env.get_template("learning/enrollments/_progress_fragment.html")
    announced = with_numbers(message, parts.numbers)
    return template.render(parts="".join(html), announced=announced, message=message, undo_url=undo)


def with_numbers(message: str, numbers: Numbers) -> str:
    """What was done and where both numbers stand now, as a sentence for those who do not see them move."""
    claimed, verified = percent(numbers.claimed.percent), percent(numbers.verified.percent)
    return f"{message}. Claimed {claimed}, verified {verified}."


def describe_numbers(public_id: str, message: str) -> str:
    """The same for a change that answers with no parts."""
    with database().reading() as session:
        parts = find_changed_rows(session, public_id, (), seen_by=current_person(), at=clock.now())
    return with_numbers(message, parts.numbers)


def is_on_map() -> bool:
    """Whether the form was sent from the map."""
    return request.form.get("view") in {"map", "whole-map"}


def _render_map_parts(public_id: str, keys: Sequence[str], message: str, change: int | None) -> str:
    is_whole = request.form.get("view") == "whole-map"
    with database().reading() as session:
        found = find_changed_stations(
            session, public_id, keys, seen_by=current_person(), at=clock.now(), is_whole=is_whole
        )
    return render_template(
        "maps/_progress_fragment.html",
        numbers_of_all=found.numbers,
        stations=render_stations(found.map, found.keys, public_id),
        frontier=render_frontier(found.map),
        announced=with_numbers(message, found.numbers),
        message=message,
        undo_url=undo_url(public_id, change) if change is not None else None,
    )
