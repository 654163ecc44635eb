"""The progress report of any day, from the events alone."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from roadmap.domain.errors import Invalid
from roadmap.domain.progress import Status
from roadmap.operations.progress import set_progress
from roadmap.queries.reports import ReportQuestion, find_report
from tests.cast import NOON, add_user
from tests.outlines import add_roadmap, enroll

DAY = NOON.date()


def report_on(session: Session, enrollment: object, as_of: date | None = None, since: date | None = None):  # type: ignore[no-untyped-def]
    later = NOON + timedelta(days=60)
    question = ReportQuestion(as_of=as_of, since=since)
    return find_report(session, enrollment.public_id, question, seen_by=enrollment.user, at=later)


def test_a_report_of_an_earlier_day_stays_as_it_was_after_backdated_marks(session: Session) -> None:
    lena = add_user(session)
    add_roadmap(session)
    enrollment = enroll(session, lena)
    set_progress(session, enrollment, "first", Status.DONE, by=lena, at=NOON)
    before = report_on(session, enrollment, DAY)
    later = NOON + timedelta(days=9)
    set_progress(session, enrollment, "habit", Status.DONE, by=lena, at=later, occurred_on=DAY)
    lena.time_zone = "Pacific/Honolulu"
    session.flush()
    assert report_on(session, enrollment, DAY) == before
    assert report_on(session, enrollment).numbers.claimed.milestones_done == 2


@pytest.mark.parametrize(("as_of", "since"), [(999, None), (-1, None), (1, 2), (1, -1)])
def test_days_that_make_no_report_are_refused(session: Session, as_of: int, since: int | None) -> None:
    lena = add_user(session)
    add_roadmap(session)
    enrollment = enroll(session, lena)
    with pytest.raises(Invalid):
        days = [None if each is None else DAY + timedelta(days=each) for each in (as_of, since)]
        report_on(session, enrollment, *days)
