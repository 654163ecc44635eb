"""A frozen report, beside the rows of `filling`."""

from datetime import date

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.issued import IssuedReport
from tests.support.cast import NOON

TODAY = date(2026, 3, 2)


def fill_issued_reports(session: Session, enrollment: Enrollment, issuer: User) -> None:
    """One report, with files that are none."""
    report = IssuedReport(
        code="K7QM2XPA9RTD",
        enrollment_id=enrollment.id,
        issuer_id=issuer.id,
        as_of=TODAY,
        issued_at=NOON,
        issued_on=TODAY,
        shows_evidence=True,
        shows_names=True,
        json_hash="6" * 64,
        pdf_hash="7" * 64,
        json=b"{}",
        pdf=b"%PDF",
    )
    session.add(report)
    session.flush()
