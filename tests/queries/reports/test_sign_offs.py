"""What a report says of milestones that a mentor signed off in person."""

from datetime import timedelta

from roadmap.domain.accounts.users import User
from roadmap.domain.reports.builder import make_report
from roadmap.domain.reports.reports import ReportQuery
from roadmap.queries.reports.reports import read_record
from tests.support.learning import Learning
from tests.support.mentoring import returned, sign_off, verified


def test_the_report_tells_sign_offs_from_reviews_of_a_submission(learning: Learning, milo: User) -> None:
    verified(learning, milo, "first")
    returned(learning, milo, "second")
    learning.at += timedelta(days=2)
    sign_off(learning, milo, "second")
    record = read_record(learning.session, learning.enrollment, ReportQuery(), at=learning.at)
    report = make_report(record, record.today)
    rows = {milestone.key: milestone for milestone in report.milestones}
    assert (report.reviewed, report.signed_off) == (2, 1)
    assert report.made_of == "2 milestones, 1 of them signed off in person"
    assert (rows["first"].signed_off, rows["second"].signed_off) == (False, True)
    assert (rows["second"].reviewer, rows["second"].verified_on) == ("Milo", learning.at.date())
    # Neither a round nor a wait: nothing was submitted.
    assert (rows["second"].rounds, rows["second"].returns, rows["second"].waited_days) == (1, 1, 0)
    earlier = make_report(record, learning.enrollment.started_on)
    assert (earlier.reviewed, earlier.signed_off) == (1, 0)
