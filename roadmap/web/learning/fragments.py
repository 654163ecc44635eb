"""The parts of the list as HTML, from the cache of their edition, and those that a mark changed."""

from collections.abc import Sequence
from typing import Any

from flask import current_app, render_template
from markupsafe import Markup

from roadmap.cache.editions import StoredOutline
from roadmap.domain.learning.numbers import Numbers
from roadmap.exports.formatting import percent_of
from roadmap.exports.languages import text_attributes
from roadmap.queries.learning.maps import changed_stations, map_of
from roadmap.queries.learning.milestone_list import AreaSection, Row, SkillGroup, changed_rows
from roadmap.queries.learning.roadmap_pages import RoadmapPage
from roadmap.queries.learning.snapshots import Snapshot
from roadmap.web.redirects import undo_url
from roadmap.web.rendering.template_filters import as_markup
from roadmap.web.roadmaps.maps import ENROLLMENT, cached, look_of, looks_of, render_frontier, render_stations


def render_list(page: RoadmapPage) -> Markup:
    """The areas of the list; finished skills and those outside the plan are folded, unless it is filtered."""
    stored, is_whole = page.enrollment.stored, page.shown == page.total
    parts: list[str] = []
    for section in page.areas:
        parts.append(_area_head(stored, section))
        parts += [
            _skill(stored, group, is_open=not is_whole or (group.in_plan and not group.is_finished))
            for group in section.skills
        ]
        parts.append("</section>")
    return as_markup("".join(parts).replace(ENROLLMENT, page.enrollment.public_id))


def render_row(stored: StoredOutline, row: Row, public_id: str) -> str:
    return _row(stored, row).replace(ENROLLMENT, public_id)


def render_tally(stored: StoredOutline, id_on_page: str, numbers: Numbers) -> str:
    """The bar of an area or a skill with what it counts."""
    return cached(
        stored, ("tally", id_on_page, numbers), lambda: str(number_macros().tally(numbers, id_on_page))
    )


def number_macros() -> Any:
    """The macros that draw numbers, for parts that stand alone: an import in each of them takes longer."""
    return current_app.jinja_env.get_template("macros/numbers.html").module


def _area_head(stored: StoredOutline, section: AreaSection) -> str:
    """The beginning of an area, which its skills follow."""

    def render() -> str:
        return render_template("learning/enrollments/_area_head.html", section=section, words=_words(stored))

    return cached(stored, ("area", section.area.key, section.numbers), render)


def _skill(stored: StoredOutline, group: SkillGroup, *, is_open: bool) -> str:
    def render() -> str:
        rows = as_markup("".join(_row(stored, row) for row in group.rows))
        return render_template(
            "learning/enrollments/_skill.html",
            group=group,
            rows=rows,
            is_open=is_open,
            public_id=ENROLLMENT,
            words=_words(stored),
        )

    look = (group.skill.key, is_open, group.numbers, looks_of(group.rows))
    return cached(stored, ("skill", *look), render)


def _words(stored: StoredOutline) -> Markup:
    """The language of the texts of an edition."""
    return text_attributes(stored.outline.language)


def _row(stored: StoredOutline, row: Row) -> str:
    def render() -> str:
        return render_template(
            "learning/enrollments/_row.html",
            row=row,
            m=row.milestone,
            public_id=ENROLLMENT,
            words=_words(stored),
        )

    return cached(stored, ("row", look_of(row)), render)


def render_changes(
    snapshot: Snapshot,
    keys: Sequence[str],
    message: str,
    change: int | None,
    *,
    view: str | None,
    toast: str | None = None,
) -> str:
    """The parts that a change of these milestones may have changed, for a script to put in place.

    The `view` of its form is the map where it was sent from there, and says whether that shows all skills.
    `message` is announced with both numbers; the toast says the same unless another text is given.
    """
    public_id = snapshot.enrollment.public_id
    texts = {
        "announced": with_numbers(message, snapshot.numbers),
        "message": toast or message,
        "undo_url": undo_url(public_id, change) if change is not None else None,
    }
    if view in {"map", "whole-map"}:
        return _render_stations(snapshot, keys, is_whole=view == "whole-map", **texts)
    return _render_rows(snapshot, keys, **texts)


def _render_rows(snapshot: Snapshot, keys: Sequence[str], **texts: str | None) -> str:
    """The parts of the list as HTML: elements with ids that stand in for those of the page."""
    stored, public_id = snapshot.enrollment.stored, snapshot.enrollment.public_id
    changed, macros = changed_rows(snapshot, keys), number_macros()
    html = [macros.pair(snapshot.numbers)]
    html += [render_row(stored, row, public_id) for row in changed.rows]
    html += [render_tally(stored, f"n-s-{skill.key}", numbers) for skill, numbers in changed.skills]
    html += [render_tally(stored, f"n-a-{area.key}", numbers) for area, numbers in changed.areas]
    html += [macros.share(f"i-{area.key}", numbers) for area, numbers in changed.areas]
    # Without what Flask gives every template: these parts show nothing of it.
    template = current_app.jinja_env.get_template("learning/enrollments/_progress_fragment.html")
    return template.render(
        parts="".join(html), outlook=snapshot.outlook, enrollment=snapshot.enrollment, **texts
    )


def _render_stations(snapshot: Snapshot, keys: Sequence[str], *, is_whole: bool, **texts: str | None) -> str:
    """The same parts of the map."""
    map_view = map_of(snapshot, is_whole=is_whole)
    stations = changed_stations(map_view, keys)
    return render_template(
        "maps/_progress_fragment.html",
        numbers_of_all=snapshot.numbers,
        outlook=snapshot.outlook,
        enrollment=snapshot.enrollment,
        stations=render_stations(map_view, stations, snapshot.enrollment.public_id),
        frontier=render_frontier(map_view),
        **texts,
    )


def with_numbers(message: str, numbers: Numbers) -> str:
    """What was done and where both numbers stand now, as a sentence for those who do not see them move."""
    claimed, verified = percent_of(numbers.claimed), percent_of(numbers.verified)
    return f"{message}. Claimed {claimed}, verified {verified}."
