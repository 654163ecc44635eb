"""Rendered parts of the list, kept by edition: an edition never changes, so equal rows look the same."""

from collections.abc import Callable, Hashable
from weakref import WeakKeyDictionary

from flask import render_template
from markupsafe import Markup

from roadmap.domain.numbers import Numbers
from roadmap.outlines import StoredOutline
from roadmap.queries.roadmap_pages import AreaSection, RoadmapPage, Row, SkillGroup

MOST_KEPT = 8_192
PLACEHOLDER = "__ENROLLMENT__"
_AREA = Markup(
    '<section class="area" id="area-{key}" aria-labelledby="a-{key}-title">{head}{skills}</section>'
)
_kept: "WeakKeyDictionary[StoredOutline, dict[Hashable, Markup]]" = WeakKeyDictionary()


def render_list(page: RoadmapPage) -> Markup:
    """The areas of the list, with the enrollment's id in every address."""
    stored, is_whole = page.enrollment.stored, page.shown == page.total
    html = Markup().join(_area(stored, section, is_whole=is_whole) for section in page.areas)
    return _addressed(html, page.enrollment.public_id)


def render_row(stored: StoredOutline, row: Row, public_id: str) -> Markup:
    """One row of the list."""
    return _addressed(_row(stored, row), public_id)


def _addressed(html: Markup, public_id: str) -> Markup:
    return html.replace(PLACEHOLDER, public_id)


def _area(stored: StoredOutline, section: AreaSection, *, is_whole: bool) -> Markup:
    key = section.area.key
    head = _once(
        stored,
        ("area", key, _state_of(section.numbers)),
        lambda: render_template("enrollments/area_head.html", section=section),
    )
    skills = Markup().join(
        _skill(stored, group, is_open=group.in_plan or not is_whole) for group in section.skills
    )
    return _AREA.format(key=key, head=head, skills=skills)


def _skill(stored: StoredOutline, group: SkillGroup, *, is_open: bool) -> Markup:
    def render() -> str:
        rows = Markup().join(_row(stored, row) for row in group.rows)
        return render_template("enrollments/skill.html", group=group, rows=rows, is_open=is_open)

    looks = tuple(_look_of(row) for row in group.rows)
    return _once(stored, ("skill", group.skill.key, is_open, _state_of(group.numbers), looks), render)


def _row(stored: StoredOutline, row: Row) -> Markup:
    return _once(
        stored, _look_of(row), lambda: render_template("enrollments/row.html", row=row, m=row.milestone)
    )


def _look_of(row: Row) -> Hashable:
    return (row.milestone.key, row.status, row.verification, row.ready, row.revisit_on)


def _state_of(numbers: Numbers) -> Hashable:
    return (
        numbers.claimed.done,
        numbers.verified.done,
        numbers.claimed.total,
        numbers.claimed.milestones_done,
        numbers.claimed.milestones_total,
    )


def _once(stored: StoredOutline, key: Hashable, render: Callable[[], str]) -> Markup:
    kept = _kept.setdefault(stored, {})
    html = kept.get(key)
    if html is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        html = kept[key] = Markup(render())  # noqa: S704 - what a template rendered is escaped already
    return html
