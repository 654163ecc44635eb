"""Rendered parts of the list, kept by edition: an edition never changes, so equal rows look the same."""

from collections.abc import Hashable
from typing import Any
from weakref import WeakKeyDictionary

from flask import current_app, render_template
from markupsafe import Markup

from roadmap.domain.numbers import Numbers
from roadmap.outlines import StoredOutline
from roadmap.queries.lists import AreaSection, Row, SkillGroup
from roadmap.queries.roadmap_pages import RoadmapPage
from roadmap.web.kept_parts import ENROLLMENT, Kept, once
from roadmap.web.markup import as_markup

MOST_KEPT = 8_192
LIST_PLACE = Markup("<!-- list -->")
_kept: "WeakKeyDictionary[StoredOutline, Kept]" = WeakKeyDictionary()


def put_list(html: str, page: RoadmapPage) -> bytes:
    """The page with the areas of the list in the place that its template left for them.

    As bytes: as text, template and answer would each copy two hundred kilobytes several times.
    """
    before, place, after = html.partition(LIST_PLACE)
    areas = _areas(page) if place else b""
    return b"".join((before.encode(), areas, after.encode()))


def render_row(stored: StoredOutline, row: Row, public_id: str) -> str:
    """One row of the list."""
    return _row(_kept_of(stored), row).replace(ENROLLMENT, public_id)


def number_macros() -> Any:
    """The macros that draw numbers, for parts that stand alone: an import in each of them takes longer."""
    return current_app.jinja_env.get_template("macros/numbers.html").module


def render_tally(stored: StoredOutline, id_on_page: str, numbers: Numbers) -> str:
    """The bar of an area or a skill with what it counts."""

    def render() -> str:
        return str(number_macros().tally(numbers, id_on_page))

    return once(_kept_of(stored), ("tally", id_on_page, _state_of(numbers)), render, most=MOST_KEPT)


def _areas(page: RoadmapPage) -> bytes:
    kept, is_whole = _kept_of(page.enrollment.stored), page.shown == page.total
    parts: list[bytes] = []
    for section in page.areas:
        parts.append(_head(kept, section))
        parts += [_skill(kept, each, is_open=each.in_plan or not is_whole) for each in section.skills]
        parts.append(b"</section>")
    return b"".join(parts).replace(ENROLLMENT.encode(), page.enrollment.public_id.encode())


def _head(kept: Kept, section: AreaSection) -> bytes:
    """The beginning of an area, which its skills follow."""

    def render() -> bytes:
        return render_template("enrollments/area_head.html", section=section).encode()

    return once(kept, ("area", section.area.key, _state_of(section.numbers)), render, most=MOST_KEPT)


def _skill(kept: Kept, group: SkillGroup, *, is_open: bool) -> bytes:
    def render() -> bytes:
        rows = as_markup("".join(_row(kept, row) for row in group.rows))
        return render_template("enrollments/skill.html", group=group, rows=rows, is_open=is_open).encode()

    looks = tuple([_look_of(row) for row in group.rows])
    return once(
        kept, ("skill", group.skill.key, is_open, _state_of(group.numbers), looks), render, most=MOST_KEPT
    )


def _row(kept: Kept, row: Row) -> str:
    def render() -> str:
        return render_template("enrollments/row.html", row=row, m=row.milestone)

    return once(kept, _look_of(row), render, most=MOST_KEPT)


def _look_of(row: Row) -> Hashable:
    return (row.milestone.key, *row[1:])


def _state_of(numbers: Numbers) -> Hashable:
    claimed, verified = numbers.claimed, numbers.verified
    return (claimed.done, verified.done, claimed.total, claimed.milestones_done, claimed.milestones_total)


def _kept_of(stored: StoredOutline) -> Kept:
    return _kept.setdefault(stored, {})
