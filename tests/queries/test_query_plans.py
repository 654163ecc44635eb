"""The hottest statements read rows by index: their plans scan no table that grows with the crowd."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace as Case

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.cache.states import states_by_ids
from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.submissions import Submission, SubmissionState
from roadmap.domain.news.rows import BETWEEN
from roadmap.domain.reports.reports import ReportQuery
from roadmap.queries.accounts.sessions import find_session
from roadmap.queries.learning.enrollments import enrollments_for, find_enrollment
from roadmap.queries.mentoring.answer_times import answer_times
from roadmap.queries.mentoring.mentees import mentees_of
from roadmap.queries.mentoring.mentor_dashboard import DashboardQuery, find_dashboard
from roadmap.queries.mentoring.queues import next_in_queue, queue_items
from roadmap.queries.mentoring.submissions import find_submission_page
from roadmap.queries.pages.header import find_header
from roadmap.queries.pages.mentee import find_mentee_page
from roadmap.queries.pages.today import find_today_page, unseen_news
from roadmap.queries.reports.reports import find_report
from tests.support.cast import NOON, add_user
from tests.support.fixtures.databases import SharedDatabase
from tests.support.learning import Learning
from tests.support.mentoring import ask, invite, submit, verified
from tests.support.query_plans import add_crowd, planned_scans
from tests.support.sharing import share

LEARNERS = {"sqlite": 1_000, "postgresql": 3_000}
"""So many that PostgreSQL does not choose to scan a table because it is small."""

QUESTIONS: Mapping[str, Callable[[Session, Case], object]] = {
    "session": lambda session, on: find_session(session, "secret", at=NOON),
    "header of a learner": lambda session, on: find_header(session, on.lena, at=NOON),
    "header of a mentor": lambda session, on: find_header(session, on.milo, at=NOON),
    "news of a learner": lambda session, on: unseen_news(session, on.lena, at=NOON),
    "news of a mentor": lambda session, on: unseen_news(session, on.milo, at=NOON),
    "news for an email": lambda session, on: session.execute(
        BETWEEN, {"person_id": on.lena.id, "since": NOON, "at": NOON}
    ),
    "own enrollment": lambda session, on: find_enrollment(session, on.enrollment, seen_by=on.lena, at=NOON),
    "mentee's enrollment": lambda session, on: find_enrollment(
        session, on.enrollment, seen_by=on.milo, at=NOON
    ),
    "own enrollments": lambda session, on: enrollments_for(session, on.lena, at=NOON),
    "states": lambda session, on: states_by_ids(session, enrollments_for(session, on.lena, at=NOON)),
    "queue": lambda session, on: queue_items(session, seen_by=on.milo, at=NOON),
    "next in queue": lambda session, on: next_in_queue(session, seen_by=on.milo, after=on.work, at=NOON),
    "submission": lambda session, on: find_submission_page(
        session, on.work.public_id, seen_by=on.milo, at=NOON
    ),
    "answer times": lambda session, on: answer_times(session, on.lena.id, at=NOON),
    "mentees": lambda session, on: mentees_of(session, seen_by=on.milo, at=NOON),
    "dashboard": lambda session, on: find_dashboard(session, DashboardQuery(), seen_by=on.milo, at=NOON),
    "mentee": lambda session, on: find_mentee_page(session, on.mentorship, seen_by=on.milo, at=NOON),
    "today": lambda session, on: find_today_page(session, seen_by=on.lena, at=NOON),
    "report": lambda session, on: find_report(
        session, on.enrollment, ReportQuery(), seen_by=on.milo, at=NOON
    ),
}


@pytest.fixture
def on(
    database: SharedDatabase, learning: Learning, milo: User, database_kind: str, *, is_analyzed: bool
) -> Case:
    """Milo mentors Lena alone; everybody else is as far as Lena and has another mentor."""
    session = learning.session
    verified(learning, milo, "habit")
    work, *_ = [submit(learning, key) for key in ("first", "second", "red")]
    ask(learning)
    ask(learning, "see")
    share(learning)
    invite(session, learning.person, "nora@example.org")
    mentorship = session.scalars(select(Mentorship.public_id)).one()
    add_crowd(
        session,
        learning.enrollment,
        add_user(session, "Nora"),
        size=LEARNERS[database_kind],
        has_statistics=is_analyzed,
    )
    session.commit()
    return Case(
        lena=learning.person,
        milo=milo,
        work=work,
        enrollment=learning.enrollment.public_id,
        mentorship=mentorship,
    )


# PostgreSQL analyzes by itself, SQLite only where somebody asks for it.
@pytest.mark.parametrize(
    ("database_kind", "is_analyzed"),
    [("sqlite", True), ("sqlite", False), ("postgresql", True)],
    indirect=["database_kind"],
)
def test_hot_statements_scan_no_table_of_the_crowd(database: SharedDatabase, on: Case) -> None:
    scans = {}
    with database.reading() as session:
        is_open = Submission.state == SubmissionState.OPEN
        assert session.scalar(select(func.count()).where(is_open)) > 2_400
        for name, ask in QUESTIONS.items():
            database.caches.states.clear()
            with planned_scans(session.connection()) as scans[name]:
                ask(session, on)
    assert scans == {name: [] for name in QUESTIONS}
