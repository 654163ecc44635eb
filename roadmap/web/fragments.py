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
Kept = dict[Hashable, str]
_kept: "WeakKeyDictionary[StoredOutline, Kept]" = WeakKeyDictionary()


def render_list(page: RoadmapPage) -> Markup:
    """The areas of the list, with the enrollment's id in every address."""
    kept, is_whole = _kept_of(page.enrollment.stored), page.shown == page.total
    html = "".join(_area(kept, section, is_whole=is_whole) for section in page.areas)
    return _rendered(html.replace(PLACEHOLDER, page.enrollment.public_id))


def render_row(stored: StoredOutline, row: Row, public_id: str) -> Markup:
    """One row of the list."""
    return _rendered(_row(_kept_of(stored), row).replace(PLACEHOLDER, public_id))


def _rendered(html: str) -> Markup:
    # Joined as plain text: to escape a hundred parts that are escaped took longer than to find them.
    return Markup(html)  # noqa: S704 - put together from what autoescaping templates rendered


def _area(kept: Kept, section: AreaSection, *, is_whole: bool) -> str:
    key = section.area.key
    head = _once(
        kept,
        ("area", key, _state_of(section.numbers)),
        lambda: render_template("enrollments/area_head.html", section=section),
    )
    skills = "".join(_skill(kept, group, is_open=group.in_plan or not is_whole) for group in section.skills)
    return f'<section class="area" id="area-{key}" aria-labelledby="a-{key}-title">{head}{skills}</section>'


def _skill(kept: Kept, group: SkillGroup, *, is_open: bool) -> str:
    def render() -> str:
        rows = _rendered("".join(_row(kept, row) for row in group.rows))
        return render_template("enrollments/skill.html", group=group, rows=rows, is_open=is_open)

    looks = tuple([_look_of(row) for row in group.rows])
    return _once(kept, ("skill", group.skill.key, is_open, _state_of(group.numbers), looks), render)


def _row(kept: Kept, row: Row) -> str:
    return _once(
        kept, _look_of(row), lambda: render_template("enrollments/row.html", row=row, m=row.milestone)
    )


def _look_of(row: Row) -> Hashable:
    return (row.milestone.key, *row[1:])


def _state_of(numbers: Numbers) -> Hashable:
    claimed, verified = numbers.claimed, numbers.verified
    return (claimed.done, verified.done, claimed.total, claimed.milestones_done, claimed.milestones_total)


def _kept_of(stored: StoredOutline) -> Kept:
    return _kept.setdefault(stored, {})


def _once(kept: Kept, key: Hashable, render: Callable[[], str]) -> str:
    html = kept.get(key)
    if html is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        html = kept[key] = render()
    return html
