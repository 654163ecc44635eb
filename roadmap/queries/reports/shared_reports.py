"""The report behind a share link, for whoever holds the link."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.local_dates import day_in
from roadmap.domain.reports.reports import ProgressReport, ReportQuery
from roadmap.domain.reports.secret_links import LINK_NOT_FOUND
from roadmap.domain.reports.shares import Share
from roadmap.queries.reports.reports import report_of

WESTERNMOST_ZONE = timedelta(days=1)
_BY_TOKEN = (
    select(Share)
    .where(Share.token_hash == bindparam("token_hash"))
    .options(joinedload(Share.enrollment).joinedload(Enrollment.user))
)


@dataclass(frozen=True, slots=True)
class SharedReport:
    """What a link shows; a live one is as of the owner's today. `enrollment` is for its owner alone."""

    share_id: int
    owner_id: int
    enrollment: str
    is_live: bool
    expires_on: date
    report: ProgressReport


def find_shared_report(session: Session, token: str, *, at: datetime) -> SharedReport:
    """The report; the same NotFound for a link that expired, was revoked, or never was."""
    share = session.scalar(_BY_TOKEN, {"token_hash": hash_secret(token)})
    owner = share.enrollment.user if share is not None else None
    if share is None or owner is None or owner.is_disabled or not share.is_open(day_in(owner.time_zone, at)):
        raise NotFound(LINK_NOT_FOUND)
    question = ReportQuery(
        as_of=share.as_of, shows_evidence=share.shows_evidence, shows_names=share.shows_names
    )
    return SharedReport(
        share_id=share.id,
        owner_id=owner.id,
        enrollment=share.enrollment.public_id,
        is_live=share.as_of is None,
        expires_on=share.expires_on,
        report=report_of(session, share.enrollment, question, at=_asked_at(share, at)),
    )


def _asked_at(share: Share, at: datetime) -> datetime:
    """The moment to ask for the report: its day had come where the link was made.

    Whoever moved west since may live in the day before; what is on record of a day does not depend on now.
    """
    if share.as_of is None:
        return at
    return max(at, datetime.combine(share.as_of + WESTERNMOST_ZONE, time(), UTC))
