"""No page of the demo contradicts another: states and their days are the same everywhere."""

import json
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import OF_VERIFICATION, EventKind
from roadmap.domain.local_dates import day_in
from roadmap.domain.mentoring.mentorships import Mentorship, covers_enrollment
from roadmap.domain.reports.reports import ReportQuery
from roadmap.exports.report_json import write_json
from roadmap.queries.learning.milestone_list import AreaSection, Row
from roadmap.queries.learning.roadmap_pages import find_roadmap_page
from roadmap.queries.pages.mentee import find_mentee_page
from roadmap.queries.pages.milestone import find_milestone_page
from roadmap.queries.pages.today import find_today_page
from roadmap.queries.reports.reports import find_report
from tests.support.filled_demos import AT, enrollments, events_of

Shown = dict[str, tuple[str, str, date | None]]


def rows_of(areas: tuple[AreaSection, ...]) -> list[Row]:
    return [row for area in areas for group in area.skills for row in group.rows]


def shown_in(rows: list[Row]) -> Shown:
    """Status, verification and day by key."""
    return {row.milestone.key: (row.status, row.verification, row.shown_on) for row in rows}


@pytest.fixture(params=range(12))
def enrollment(seen: Session, request: pytest.FixtureRequest) -> Enrollment:
    return enrollments(seen)[request.param]


@pytest.fixture
def areas(seen: Session, enrollment: Enrollment) -> tuple[AreaSection, ...]:
    return find_roadmap_page(seen, enrollment.public_id, seen_by=enrollment.user, at=AT).areas


@pytest.fixture
def listed(areas: tuple[AreaSection, ...]) -> Shown:
    return shown_in(rows_of(areas))


def test_the_report_has_the_days_of_the_list(seen: Session, enrollment: Enrollment, listed: Shown) -> None:
    report = find_report(seen, enrollment.public_id, ReportQuery(), seen_by=enrollment.user, at=AT)
    rows = json.loads(write_json(report))["milestones"]
    assert {row["key"]: (row["status"], row["verification"]) for row in rows} == {
        key: state[:2] for key, state in listed.items()
    }
    for row in rows:
        status, verification, day = listed[row["key"]]
        if (status, verification) == ("done", "verified"):
            assert row["verified_on"] == (day and day.isoformat())
        elif status == "done" and verification == "none" and not row["known"]:
            assert row["done_on"] == (day and day.isoformat())


def test_the_history_has_the_days_of_the_list(seen: Session, enrollment: Enrollment, listed: Shown) -> None:
    zone, keys = enrollment.user.time_zone, ids_of(seen, enrollment)
    days: dict[str, date | None] = {}
    first: dict[int, date] = {}
    for event in events_of(seen, enrollment):
        key = keys.get(event.milestone_id or 0)
        if key is None or listed[key][0] == "not_started":
            continue
        is_reviewed = listed[key][0] == "done" and listed[key][1] != "none"
        if event.kind is EventKind.VERIFICATION_SET:
            # It only moves what was submitted and reviewed before, with the days of that.
            continue
        if is_reviewed and event.kind in OF_VERIFICATION:
            today = day_in(zone, event.recorded_at)
            submitted = first.setdefault(event.submission_id or 0, today)
            days[key] = today if event.kind is EventKind.REVIEWED else submitted
        elif event.kind is EventKind.PROGRESS_SET and not is_reviewed:
            days[key] = None if event.known else event.occurred_on
    assert days == {key: day for key, (status, _, day) in listed.items() if status != "not_started"}


def ids_of(session: Session, enrollment: Enrollment) -> dict[int, str]:
    page = find_roadmap_page(session, enrollment.public_id, seen_by=enrollment.user, at=AT)
    return page.enrollment.stored.keys


def test_the_pages_of_milestones_have_the_days_of_the_list(
    seen: Session, enrollment: Enrollment, listed: Shown
) -> None:
    examples = {state[:2]: key for key, state in listed.items()}
    for key in examples.values():
        page = find_milestone_page(seen, enrollment.public_id, key, seen_by=enrollment.user, at=AT)
        day = page.milestone_state.shown_day(enrollment.user.time_zone)
        assert (page.status, page.verification, day) == listed[key]
        open_rounds = [work for work in page.review.rounds if work.state == "open"]
        assert [work.submitted_at for work in open_rounds] == [
            at for at in [page.milestone_state.submitted_at] if at is not None
        ]


def test_today_has_the_days_of_the_list(seen: Session, enrollment: Enrollment, listed: Shown) -> None:
    zone = enrollment.user.time_zone
    for card in find_today_page(seen, seen_by=enrollment.user, at=AT).cards:
        if card.enrollment.id != enrollment.id:
            continue
        for step in card.next_steps:
            assert shown_in([step.row]).items() <= listed.items()
        for work in card.waiting:
            assert listed[work.milestone.key] == ("done", "submitted", day_in(zone, work.submitted_at))
        for back in card.returned:
            assert listed[back.milestone.key] == ("done", "returned", day_in(zone, back.reviewed_at))


def test_the_mentors_page_has_the_rows_of_the_plan_and_of_marked_skills(
    seen: Session, enrollment: Enrollment, areas: tuple[AreaSection, ...]
) -> None:
    skills = [skill for area in areas for skill in area.skills]
    followed = [
        skill for skill in skills if skill.in_plan or {row.status for row in skill.rows} != {"not_started"}
    ]
    query = select(Mentorship).join(Enrollment, covers_enrollment()).where(Enrollment.id == enrollment.id)
    for mentorship in seen.scalars(query):
        page = find_mentee_page(
            seen,
            mentorship.public_id,
            seen_by=seen.get_one(User, mentorship.mentor_id),
            at=AT,
            enrollment_id=enrollment.public_id,
        )
        assert page.roadmap is not None
        assert shown_in(rows_of(page.roadmap.areas)) == shown_in(
            [row for skill in followed for row in skill.rows]
        )
