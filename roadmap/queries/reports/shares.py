"""Share links as their owner sees them, and the report that a link shows to its readers."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.local_dates import WESTERNMOST, day_in
from roadmap.domain.reports.links import (
    LINK_NOT_FOUND,
    MAX_OPEN_SHARES,
    NO_SUCH_LINK,
    SHARE_LIFETIME,
    Share,
    latest_expiry,
    links_of,
    token_of,
)
from roadmap.domain.reports.reports import ProgressReport, ReportQuery
from roadmap.domain.reports.selections import numbers_only, without_planning
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_own_enrollment
from roadmap.queries.reports.reports import report_of

MAX_ENDED = 50
_SHARE_BY_TOKEN = (
    select(Share)
    .where(Share.token_hash == bindparam("token_hash"))
    .options(
        joinedload(Share.enrollment).options(joinedload(Enrollment.user), joinedload(Enrollment.roadmap))
    )
)


@dataclass(frozen=True, slots=True)
class SharesPage:
    """The links to one report, the newest first: the open ones with their token, and the last that ended.

    One without a token can't be shown, though it may still work. There are no new ones where the roadmap
    `is_restricted`, and old ones show numbers only.
    """

    enrollment: EnrollmentView
    is_restricted: bool
    open: tuple[tuple[Share, str | None], ...]
    ended: tuple[Share, ...]

    @property
    def usual_expiry(self) -> date:
        return self.enrollment.today + SHARE_LIFETIME

    @property
    def latest_expiry(self) -> date:
        return latest_expiry(self.enrollment.today)


def find_shares_page(
    session: Session, public_id: str, *, seen_by: User, at: datetime, key: str
) -> SharesPage:
    """The links to the report of the person's own enrollment; Forbidden for a mentor, else NotFound."""
    enrollment = find_own_enrollment(session, public_id, seen_by=seen_by, at=at)
    has_ended = Share.revoked_at.is_not(None) | (Share.expires_on < enrollment.today)
    shares = session.scalars(
        select(Share)
        .where(Share.enrollment_id == enrollment.id)
        .order_by(has_ended, Share.id.desc())
        .limit(MAX_OPEN_SHARES + MAX_ENDED)
    ).all()
    return SharesPage(
        enrollment=enrollment,
        is_restricted=session.get_one(Roadmap, enrollment.stored.roadmap_id).is_restricted,
        open=tuple((share, token_of(share, key)) for share in shares if share.is_open(enrollment.today)),
        ended=tuple(share for share in shares if not share.is_open(enrollment.today)),
    )


def find_share_enrollment(session: Session, public_id: str, *, seen_by: User) -> str:
    """The public id of the enrollment that an own link is about; NotFound where it is another's."""
    of_link = links_of(Share, seen_by).where(Share.public_id == public_id)
    enrollment: str | None = session.scalar(of_link.with_only_columns(Enrollment.public_id))
    if enrollment is None:
        raise NotFound(NO_SUCH_LINK)
    return enrollment


def find_share_token(session: Session, public_id: str, *, seen_by: User, key: str) -> str:
    """The secret of an own link once more; NotFound where it is another's or cannot be shown."""
    share = session.scalar(links_of(Share, seen_by).where(Share.public_id == public_id))
    token = token_of(share, key) if share is not None else None
    if token is None:
        raise NotFound(NO_SUCH_LINK)
    return token


@dataclass(frozen=True, slots=True)
class SharedReport:
    """What a link shows; a live one is as of the owner's today. `enrollment` is for its owner alone.

    Of a restricted roadmap it has numbers only.
    """

    share_id: int
    owner_id: int
    enrollment: str
    is_live: bool
    is_restricted: bool
    expires_on: date
    report: ProgressReport


def find_shared_report(session: Session, token: str, *, at: datetime, installation: str = "") -> SharedReport:
    """The report without the learner's planning.

    One NotFound for a link that expired, was revoked, or never was.
    """
    share = session.scalar(_SHARE_BY_TOKEN, {"token_hash": hash_secret(token)})
    owner = share.enrollment.user if share is not None else None
    if share is None or owner is None or owner.is_disabled or not share.is_open(day_in(owner.time_zone, at)):
        raise NotFound(LINK_NOT_FOUND)
    question = ReportQuery(
        as_of=share.as_of,
        shows_evidence=share.shows_evidence,
        shows_names=share.shows_names,
        installation=installation,
    )
    report = without_planning(report_of(session, share.enrollment, question, at=_asked_at(share, at)))
    is_restricted = share.enrollment.roadmap.is_restricted
    return SharedReport(
        share_id=share.id,
        owner_id=owner.id,
        enrollment=share.enrollment.public_id,
        is_live=share.as_of is None,
        is_restricted=is_restricted,
        expires_on=share.expires_on,
        report=numbers_only(report) if is_restricted else report,
    )


def _asked_at(share: Share, at: datetime) -> datetime:
    """The moment to ask for the report: its day had come where the link was made.

    Whoever moved west since may live in the day before; what is on record of a day does not depend on now.
    """
    return at if share.as_of is None else max(at, datetime.combine(share.as_of, time(), WESTERNMOST))
