"""What the demo's learners hand to others is there to be looked at."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.domain.accounts.users import User
from roadmap.domain.reports.issued import IssuedReport
from roadmap.domain.reports.links import Feed, Share
from roadmap.domain.reports.reports import ReportQuery
from roadmap.queries.reports.reports import find_report
from tests.support.filled_demos import enrollment_of


def test_mei_has_a_link_that_was_opened_and_one_that_was_revoked(seen: Session) -> None:
    query = select(Share).where(Share.enrollment_id == enrollment_of(seen, "mei").id)
    shares = list(seen.scalars(query.order_by(Share.created_at)))
    assert [(each.opens, each.revoked_at is None) for each in shares] == [(4, True), (2, False), (5, True)]


def test_mei_has_frozen_reports_and_withdrew_one(seen: Session) -> None:
    query = select(IssuedReport).where(IssuedReport.enrollment_id == enrollment_of(seen, "mei").id)
    issued = list(seen.scalars(query.order_by(IssuedReport.issued_at)))
    assert [each.withdrawn_at is None for each in issued] == [True, False, True]


def test_tomasz_has_a_frozen_report_that_shows_its_numbers_at_a_check(seen: Session) -> None:
    query = select(IssuedReport.is_disclosed).where(
        IssuedReport.enrollment_id == enrollment_of(seen, "tomasz").id
    )
    assert list(seen.scalars(query)) == [True]


def test_mei_has_a_badge_and_a_calendar(seen: Session) -> None:
    query = select(Feed.purpose).where(Feed.enrollment_id == enrollment_of(seen, "mei").id)
    assert sorted(seen.scalars(query)) == ["badge", "calendar"]


def test_a_mentor_is_approved_and_reports_say_so(seen: Session) -> None:
    mei = seen.scalars(select(User).where(User.email == "mei@example.org")).one()
    public_id = enrollment_of(seen, "mei").public_id
    report = find_report(seen, public_id, ReportQuery(installation="here"), seen_by=mei, at=clock.now())
    assert "approved by the administrators of here" in report.verified_by


def test_the_frozen_reports_name_the_installation(seen: Session) -> None:
    query = select(IssuedReport.json).where(IssuedReport.enrollment_id == enrollment_of(seen, "mei").id)
    frozen = [file.decode() for file in seen.scalars(query)]
    assert len(frozen) == 3
    assert all("approved by the administrators of the demo" in file for file in frozen)
    assert not any("this installation" in file for file in frozen)
