"""Share links as their owner sees them, and what the holder of one may read."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.days import day_in
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.errors import NotFound
from roadmap.domain.numbers import Numbers, measure
from roadmap.domain.reports import ProgressReport
from roadmap.domain.shares import Feed, LinkPurpose, Share, derive_token, feeds_of, hash_token, shares_of
from roadmap.domain.users import User
from roadmap.queries.enrollments import enrollments_for, standings_in
from roadmap.queries.reports import ReportQuestion, report_of

GONE = "This link leads nowhere. It may have expired or been revoked: ask whoever gave it to you."


@dataclass(frozen=True, slots=True)
class ShareView:
    """A link of its owner; `token` is shown again, `is_open` says whether it still leads anywhere."""

    public_id: str
    token: str
    created_at: datetime
    expires_on: date
    as_of: date | None
    show_evidence: bool
    show_names: bool
    opened: int
    last_opened_at: datetime | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class SharedReport:
    """What the holder of a link reads; a live one is as of the learner's today."""

    share_id: int
    is_live: bool
    expires_on: date
    report: ProgressReport


def shares_made(session: Session, person: User, public_id: str, *, at: datetime, key: str) -> list[ShareView]:
    """The links to the report of one enrollment, newest first."""
    today = day_in(person.time_zone, at)
    query = shares_of(person).where(Enrollment.public_id == public_id).order_by(Share.id.desc())
    return [
        ShareView(
            public_id=each.public_id,
            token=derive_token(key, LinkPurpose.SHARE, each.nonce),
            created_at=each.created_at,
            expires_on=each.expires_on,
            as_of=each.as_of,
            show_evidence=each.show_evidence,
            show_names=each.show_names,
            opened=each.opened,
            last_opened_at=each.last_opened_at,
            is_open=each.revoked_at is None and each.expires_on >= today,
        )
        for each in session.scalars(query)
    ]


def find_shared_report(session: Session, token: str, *, at: datetime) -> SharedReport:
    """The report behind a link; expired, revoked and made up are the same NotFound."""
    query = select(Share).where(Share.token_hash == hash_token(token), Share.revoked_at.is_(None))
    share = session.scalar(query.options(joinedload(Share.enrollment).joinedload(Enrollment.user)))
    if share is None or share.enrollment.user.is_disabled:
        raise NotFound(GONE)
    if day_in(share.enrollment.user.time_zone, at) > share.expires_on:
        raise NotFound(GONE)
    question = ReportQuestion(
        as_of=share.as_of, shows_evidence=share.show_evidence, shows_names=share.show_names
    )
    report = report_of(session, share.enrollment, question, at=at)
    return SharedReport(share.id, share.as_of is None, share.expires_on, report)


def find_badge_numbers(session: Session, token: str, *, at: datetime) -> tuple[str, Numbers]:
    """Title and both numbers behind a badge."""
    feed = _find_feed(session, token, LinkPurpose.BADGE)
    views = enrollments_for(session, feed.user, at=at)
    view = next((each for each in views if each.id == feed.enrollment_id), None)
    if view is None:
        raise NotFound(GONE)
    return view.title, measure(view.plan, standings_in(session, view))


def find_calendar_owner(session: Session, token: str) -> User:
    """Whose calendar this is."""
    return _find_feed(session, token, LinkPurpose.CALENDAR).user


def feed_token(
    session: Session, person: User, purpose: LinkPurpose, enrollment_id: int | None, *, key: str
) -> tuple[int, str] | None:
    """Id and secret of the person's badge or calendar, None before it is made."""
    same = (Feed.purpose == purpose, Feed.enrollment_id.is_not_distinct_from(enrollment_id))
    feed = session.scalar(feeds_of(person).where(*same))
    return (feed.id, derive_token(key, purpose, feed.nonce)) if feed else None


def _find_feed(session: Session, token: str, purpose: LinkPurpose) -> Feed:
    query = select(Feed).where(Feed.token_hash == hash_token(token), Feed.purpose == purpose)
    feed = session.scalar(query.where(Feed.revoked_at.is_(None)).options(joinedload(Feed.user)))
    if feed is None or feed.user.is_disabled:
        raise NotFound(GONE)
    return feed
