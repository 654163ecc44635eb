"""Reports that Lena or her mentor froze, in one short call."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.reports.issued import IssuedReport, ReportFiles
from roadmap.domain.reports.reports import ReportDraft, ReportQuery
from roadmap.domain.reports.rows import Listed
from roadmap.exports.report_formats import freeze_report
from roadmap.exports.report_json import write_json
from roadmap.operations.reports.issued import issue_report, withdraw_report
from roadmap.queries.reports.issued import draft_report
from tests.support.learning import Learning
from tests.support.report_records import sealed

BASE_URL = "http://localhost"


def written(draft: ReportDraft) -> ReportFiles:
    """Files with a PDF that nobody printed, which takes longer than all the rest."""
    json, pdf = write_json(sealed(draft.report, draft.seal)), f"%PDF {draft.code}".encode()
    return ReportFiles(json, sha256(json).hexdigest(), pdf, sha256(pdf).hexdigest())


@dataclass
class Freezing:
    """A report drafted and made, that is still to be issued."""

    public_id: str
    draft: ReportDraft
    files: ReportFiles
    at: datetime

    def issue(self, session: Session, by: User) -> IssuedReport:
        return issue_report(session, self.public_id, self.draft, self.files, by=by, at=self.at)


def drafted(
    learning: Learning,
    by: User,
    at: datetime,
    *,
    prints: bool = False,
    is_disclosed: bool = False,
    only: Listed | None = None,
    **question: object,
) -> Freezing:
    """The report as `by` would freeze it; `prints` makes a real PDF."""
    asked, public_id = ReportQuery(**question), learning.enrollment.public_id
    draft = draft_report(
        learning.session,
        public_id,
        asked,
        seen_by=by,
        at=at,
        base_url=BASE_URL,
        is_disclosed=is_disclosed,
        only=only,
    )
    files = freeze_report(draft.report, draft.seal, only) if prints else written(draft)
    return Freezing(public_id, draft, files, at)


def issue(
    learning: Learning, by: User | None = None, *, at: datetime | None = None, **more: object
) -> IssuedReport:
    """The learner, or `by`, freezes the report of today."""
    person = by or learning.person
    freezing = drafted(learning, person, at or learning.at, **more)
    issued = freezing.issue(learning.session, person)
    learning.session.flush()
    return issued


def withdraw(learning: Learning, issued: IssuedReport, by: User | None = None) -> IssuedReport:
    """The learner, or `by`, says that it no longer holds."""
    return withdraw_report(learning.session, issued.code, by=by or learning.person, at=learning.at)
