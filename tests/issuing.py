"""Reports that Lena or her mentor froze: in one short call, and what strangers then do with the files."""

from datetime import datetime

from roadmap.domain.issued_reports import IssuedReport
from roadmap.domain.users import User
from roadmap.exports.issued_files import freeze_report
from roadmap.operations.issued_reports import issue_report
from roadmap.queries.issued_reports import draft_report
from roadmap.queries.reports import ReportQuestion
from tests.learning import Learning

BASE_URL = "http://localhost"


def issue(
    learning: Learning, by: User | None = None, *, at: datetime | None = None, **question: object
) -> IssuedReport:
    """The learner, or `by`, freezes the report of today."""
    person, moment, public_id = by or learning.person, at or learning.at, learning.enrollment.public_id
    asked = ReportQuestion(**question)  # type: ignore[arg-type]
    draft = draft_report(learning.session, public_id, asked, seen_by=person, at=moment, base_url=BASE_URL)
    files = freeze_report(draft.report, draft.seal)
    issued = issue_report(learning.session, public_id, draft, files, by=person, at=moment)
    learning.session.flush()
    return issued
