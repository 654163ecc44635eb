"""Badges and calendars: as their owner sees them in the settings, and as other programs fetch them."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from roadmap.cache.states import states_in
from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.domain.local_dates import day_in
from roadmap.domain.reports.calendars import Calendar, make_calendar
from roadmap.domain.reports.file_names import name_file
from roadmap.domain.reports.links import LINK_NOT_FOUND, Feed, LinkPurpose, links_of, token_of
from roadmap.domain.reports.reports import ReportQuery
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import enrollments_for, find_enrollment
from roadmap.queries.reports.reports import find_seen_enrollment, read_record

_BY_TOKEN = (
    select(Feed)
    .where(Feed.token_hash == bindparam("token_hash"), Feed.revoked_at.is_(None))
    .options(joinedload(Feed.enrollment).joinedload(Enrollment.user))
)


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One of a person's enrollments with its badge or calendar, if it has one.

    A feed without a token can't be shown, though it still works.
    """

    enrollment: EnrollmentView
    feed: Feed | None
    token: str | None


def feed_rows_for(
    session: Session, person: User, purpose: LinkPurpose, *, at: datetime, key: str
) -> list[FeedRow]:
    """All enrollments of the person, active ones first, in two statements."""
    living = (Feed.purpose == purpose, Feed.revoked_at.is_(None))
    feeds = {feed.enrollment_id: feed for feed in session.scalars(links_of(Feed, person).where(*living))}
    rows = ((enrollment, feeds.get(enrollment.id)) for enrollment in enrollments_for(session, person, at=at))
    return [FeedRow(enrollment, feed, token_of(feed, key) if feed else None) for enrollment, feed in rows]


def find_badge(session: Session, token: str, *, at: datetime) -> tuple[str, Numbers]:
    """The roadmap's title and both numbers of today; NotFound for a badge that was revoked or never was."""
    enrollment = _find(session, token, LinkPurpose.BADGE)
    view = find_enrollment(session, enrollment.public_id, seen_by=enrollment.user, at=at)
    return view.title, measure(view.plan, states_in(session, view))


def find_calendar(session: Session, token: str, *, at: datetime) -> Calendar:
    """The calendar, without days while the roadmap is archived; NotFound as for a badge."""
    enrollment = _find(session, token, LinkPurpose.CALENDAR)
    calendar = calendar_of(session, enrollment, at=at)
    return replace(calendar, days=()) if enrollment.is_archived else calendar


def find_calendar_file(
    session: Session, public_id: str, *, as_of: date | None, seen_by: User, at: datetime
) -> tuple[Calendar, str]:
    """The calendar of an enrollment this person may see, and a name for its file without the ending."""
    enrollment = find_seen_enrollment(session, public_id, seen_by=seen_by)
    calendar = calendar_of(session, enrollment, at=at, as_of=as_of)
    day = as_of or day_in(enrollment.user.time_zone, at)
    return calendar, name_file(enrollment.user.name, calendar.slug, day)


def _find(session: Session, token: str, purpose: LinkPurpose) -> Enrollment:
    feed = session.scalar(_BY_TOKEN, {"token_hash": hash_secret(token)})
    if feed is None or feed.purpose is not purpose or feed.enrollment.user.is_disabled:
        raise NotFound(LINK_NOT_FOUND)
    return feed.enrollment


def calendar_of(
    session: Session, enrollment: Enrollment, *, at: datetime, as_of: date | None = None
) -> Calendar:
    """The calendar of an enrollment whose reader was authorised, as of today or of an earlier day."""
    question = ReportQuery(as_of=as_of, shows_evidence=False, shows_names=False)
    record = read_record(session, enrollment, question, at=at)
    return make_calendar(record, enrollment.public_id, as_of or record.today)
