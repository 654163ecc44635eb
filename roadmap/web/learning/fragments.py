"""The parts of the list as HTML, from the cache of their edition."""

from typing import Any

from flask import current_app, render_template
from markupsafe import Markup

from roadmap.domain.learning.numbers import Numbers
from roadmap.edition_cache import StoredOutline
from roadmap.queries.learning.milestone_list import AreaSection, Row, SkillGroup
from roadmap.queries.learning.roadmap_pages import RoadmapPage
from roadmap.web.roadmaps.fragment_cache import ENROLLMENT, cached, look_of
from roadmap.web.template_filters import as_markup


def render_list(page: RoadmapPage) -> Markup:
    """The areas of the list."""
    stored, is_whole = page.enrollment.stored, page.shown == page.total
    parts: list[str] = []
    for section in page.areas:
        parts.append(_area_head(stored, section))
        parts += [_skill(stored, group, is_open=group.in_plan or not is_whole) for group in section.skills]
        parts.append("</section>")
    return as_markup("".join(parts).replace(ENROLLMENT, page.enrollment.public_id))


def render_row(stored: StoredOutline, row: Row, public_id: str) -> str:
    """One row of the list."""
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
        return render_template("learning/enrollments/_area_head.html", section=section)

    return cached(stored, ("area", section.area.key, section.numbers), render)


def _skill(stored: StoredOutline, group: SkillGroup, *, is_open: bool) -> str:
    def render() -> str:
        rows = as_markup("".join(_row(stored, row) for row in group.rows))
        return render_template(
            "learning/enrollments/_skill.html", group=group, rows=rows, is_open=is_open, public_id=ENROLLMENT
        )

    looks = tuple([look_of(row) for row in group.rows])
    return cached(stored, ("skill", group.skill.key, is_open, group.numbers, looks), render)


def _row(stored: StoredOutline, row: Row) -> str:
    def render() -> str:
        return render_template(
            "learning/enrollments/_row.html", row=row, m=row.milestone, public_id=ENROLLMENT
        )

    return cached(stored, ("row", look_of(row)), render)
