"""The progress report of any day, from the events alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Update, update
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Invalid
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.progress import Reason, Status
from roadmap.domain.reports.reports import ProgressReport, ReportQuery
from roadmap.domain.reports.rows import Reviewer
from roadmap.exports.report_formats import FORMATS
from roadmap.exports.report_json import write_json
from roadmap.queries.reports.reports import find_report, read_records
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import mentor_of, returned, review, submit, verified
from tests.support.outlines import add_roadmap, enroll, sample

DAY = NOON.date()
LATER = NOON + timedelta(days=60)
MONTH = timedelta(days=30)


def report_on(
    session: Session, enrollment: Enrollment, as_of: date | None = None, since: date | None = None
) -> ProgressReport:
    question = ReportQuery(as_of=as_of, since=since)
    return find_report(session, enrollment.public_id, question, seen_by=enrollment.user, at=LATER)


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Auckland"])
def test_the_json_of_last_month_stays_the_same_bytes(session: Session, learning: Learning, zone: str) -> None:
    milo = mentor_of(learning)
    learning.mark("habit")
    verified(learning, milo, "first")
    returned(learning, milo, "second")
    learning.mark("see", Status.SKIPPED, reason="Known from school.")
    learning.choose(pathways=("seer", "reader"))
    made = write_json(report_on(session, learning.enrollment, DAY))
    learning.at = NOON + MONTH
    learning.mark("red", occurred_on=DAY)
    learning.mark("habit", occurred_on=DAY - MONTH)
    learning.mark("first", Status.IN_PROGRESS)
    review(learning, submit(learning, "second"), milo)
    learning.choose(pathways=(), weekly_hours=20.0)
    learning.publish()
    learning.accept()
    learning.person.time_zone = zone
    session.flush()
    assert write_json(report_on(session, learning.enrollment, DAY)) == made
    assert write_json(report_on(session, learning.enrollment)) != made


def test_days_that_make_no_report_are_refused(session: Session) -> None:
    lena = add_user(session)
    add_roadmap(session)
    enrollment = enroll(session, lena)
    for as_of, since in ((999, None), (-1, None), (1, 2), (1, -1)):
        days = [None if each is None else DAY + timedelta(days=each) for each in (as_of, since)]
        with pytest.raises(Invalid):
            pytest.fail(f"{days}: {report_on(session, enrollment, *days)}")


def test_a_report_says_who_verified_with_the_name_of_that_time(session: Session, learning: Learning) -> None:
    milo = mentor_of(learning)
    verified(learning, milo, "first")
    milo.name = "Milo Maria"
    session.flush()
    assert report_on(session, learning.enrollment).milestones[0].reviewer == "Milo"


def reviewer_of(learning: Learning, question: ReportQuery) -> Reviewer | None:
    session, enrollment = learning.session, learning.enrollment
    report = find_report(session, enrollment.public_id, question, seen_by=learning.person, at=LATER)
    reviewer = report.milestones[0].reviewed_by
    assert report.reviewers == ({reviewer: 1} if reviewer else {})
    return reviewer


def test_a_report_says_who_vouches_for_a_reviewer(session: Session, learning: Learning) -> None:
    milo, question = mentor_of(learning), ReportQuery(installation="The Academy")
    verified(learning, milo, "first")
    invited = Reviewer("Milo", "invited by the learner")
    assert reviewer_of(learning, question) == invited
    milo.mentor_approved_at = LATER
    session.flush()
    approved = Reviewer("Milo", "approved by the administrators of The Academy")
    assert reviewer_of(learning, question) == approved
    milo.mentor_approved_at = None
    session.flush()
    assert reviewer_of(learning, question) == invited


def test_only_a_confirmed_address_vouches_and_only_where_names_are_shown(
    session: Session, learning: Learning
) -> None:
    milo = mentor_of(learning)
    verified(learning, milo, "first")
    milo.email = "milo@academy.example.com"
    session.flush()
    assert reviewer_of(learning, ReportQuery()) == Reviewer("Milo", "invited by the learner")
    milo.email_confirmed_at = NOON
    session.flush()
    known = Reviewer("Milo", "invited by the learner", "academy.example.com")
    assert reviewer_of(learning, ReportQuery()) == known
    hidden = ReportQuery(shows_names=False)
    assert reviewer_of(learning, hidden) == Reviewer(None, "invited by the learner")


def test_what_is_not_verified_has_no_reviewer(learning: Learning) -> None:
    returned(learning, mentor_of(learning), "first")
    assert reviewer_of(learning, ReportQuery()) is None


def test_several_enrollments_are_read_in_the_statements_of_one(session: Session, learning: Learning) -> None:
    others = []
    for slug in ("one", "two"):
        add_roadmap(session, sample(slug))
        others.append(enroll(session, learning.person, slug))
    found = read_records(session, learning.person, [learning.enrollment, *others], ReportQuery(), at=LATER)
    assert {number: len(record.events) for number, record in found.items()} == {
        each.id: 3 for each in (learning.enrollment, *others)
    }


@pytest.fixture
def skipped(real_database: Database) -> Learning:
    """Lena, who skipped the first milestone for a reason, on a database of its own."""
    with real_database.writing() as session:
        add_roadmap(session)
        learning = Learning(session, lena := add_user(session), enroll(session, lena))
        learning.mark("first", Status.SKIPPED, reason="No need.")
        session.commit()
    return learning


FILES = ("csv", "json")


def asked(database: Database, learning: Learning) -> ProgressReport:
    with database.reading() as session:
        enrollment = session.get_one(Enrollment, learning.enrollment.id)
        return report_on(session, enrollment)


def test_a_report_and_its_files_follow_what_is_recorded(real_database: Database, skipped: Learning) -> None:
    first = asked(real_database, skipped)
    before = [FORMATS[name].make(first) for name in FILES]
    assert [FORMATS[name].make(asked(real_database, skipped)) for name in FILES] == before
    with real_database.writing() as session:
        replace(skipped, session=session).mark("habit")
        session.commit()
    later = asked(real_database, skipped)
    assert later.claimed.milestones_done == first.claimed.milestones_done + 1 == 1
    assert not set(before) & {FORMATS[name].make(later) for name in FILES}


@pytest.mark.both_databases
@pytest.mark.parametrize("change", [update(Reason).values(text=None), update(User).values(name="Lena Maria")])
def test_a_report_never_shows_a_text_that_was_erased(
    real_database: Database, skipped: Learning, change: Update
) -> None:
    assert asked(real_database, skipped).milestones[0].reason == "No need."
    with real_database.writing() as session:
        session.execute(change)
        session.commit()
    after = asked(real_database, skipped)
    assert (after.milestones[0].reason, after.person) != ("No need.", "Lena")


def test_evidence_on_a_milestone_without_a_mark_is_no_fault(session: Session, learning: Learning) -> None:
    learning.mark("first")
    learning.at += timedelta(days=1)
    learning.show("second")
    assert [point.claimed for point in report_on(session, learning.enrollment).series] == [13, 13]
