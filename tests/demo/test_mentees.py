"""The mentors of the demo: whom they have to look after, and why."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Invalid
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.reports import ReportQuery
from roadmap.queries.mentoring.mentee_tables import MenteesQuery, find_mentee_table
from roadmap.queries.mentoring.mentees import LeftOut, MenteeRow, mentees_of
from roadmap.queries.reports.reports import report_of
from roadmap.web.mentoring.mentee_tables import describe_concern
from tests.support.filled_demos import AT


def mentor(session: Session, handle: str) -> User:
    return session.scalars(select(User).where(User.email == f"{handle}@example.org")).one()


def change_between_reports(session: Session, row: MenteeRow) -> int | None:
    enrollment = session.scalars(select(Enrollment).where(Enrollment.public_id == row.enrollment)).one()
    now = report_of(session, enrollment, ReportQuery(), at=AT)
    try:
        asked = ReportQuery(as_of=now.as_of - timedelta(days=30))
        before = report_of(session, enrollment, asked, at=AT).claimed.percent
    except Invalid:  # not yet started
        before = 0
    return None if now.claimed.percent is None or before is None else now.claimed.percent - before


@pytest.mark.parametrize("handle", ["amara", "henrik"])
def test_the_change_of_each_is_the_difference_of_two_reports(seen: Session, handle: str) -> None:
    rows = mentees_of(seen, seen_by=mentor(seen, handle), at=AT)
    found = {(row.name, row.roadmap): row.change for row in rows}
    assert found == {(row.name, row.roadmap): change_between_reports(seen, row) for row in rows}
    assert len(set(found.values())) > 3


def reasons(session: Session, handle: str) -> dict[str, list[str]]:
    """Why each needs attention, the most in need first."""
    table = find_mentee_table(session, MenteesQuery(), seen_by=mentor(session, handle), at=AT)
    return {row.name: [describe_concern(each, row) for each in row.concerns] for row in table.attention}


def test_who_left_off_needs_attention_most(seen: Session) -> None:
    found = reasons(seen, "amara")
    assert next(iter(found)) == "Oleksandr Bondarenko"
    *others, late = found["Oleksandr Bondarenko"]
    assert others == ["Returned 97 days ago and not resubmitted", "Nothing recorded for 97 days"]
    # The hours follow the content of the built-in roadmap.
    assert re.fullmatch(r"Late: \d+ to \d+ h left, 7 days until the target", late)
    assert "Fatima Zahra El Idrissi" not in found


def test_the_backlog_waits_and_who_paused_or_finished_is_left_out(seen: Session) -> None:
    found = reasons(seen, "henrik")
    assert found["Kwame Mensah"] == ["4 waiting for your answer, the oldest for 19 days"]
    assert not {"Diego Fuentes Rojas", "Tomasz Wieczorek"} & set(found)
    table = find_mentee_table(seen, MenteesQuery(), seen_by=mentor(seen, "henrik"), at=AT)
    assert dict(table.left_out) == dict.fromkeys(LeftOut, 1)
