"""Make and revoke share links, badges and the calendar, and count how often a link was opened."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from roadmap.domain.audits import AuditKind
from roadmap.domain.days import recorded_day
from roadmap.domain.enrollments import Enrollment, enrollments_of
from roadmap.domain.errors import Forbidden, NotFound, refuse
from roadmap.domain.mentorships import enrollments_seen_by
from roadmap.domain.shares import (
    LONGEST_SHARE,
    MOST_SHARES,
    SHARE_LIVES,
    Feed,
    LinkPurpose,
    Share,
    derive_token,
    feeds_of,
    hash_token,
    new_nonce,
    shares_of,
)
from roadmap.domain.users import User
from roadmap.operations.audits import record
from roadmap.operations.enrollments import lock_enrollment

_ONLY_OWN = "Only its learner makes a badge of a roadmap."


@dataclass(frozen=True, slots=True)
class ShareWish:
    """What a link shows and for how long; without `expires_on` 30 days, without `as_of` it is live."""

    expires_on: date | None = None
    as_of: date | None = None
    show_evidence: bool = True
    show_names: bool = True


def share_report(
    session: Session, public_id: str, wish: ShareWish, *, by: User, at: datetime, key: str
) -> tuple[Share, str]:
    """Make a link to the report of one's own enrollment; also returns its secret."""
    enrollment = lock_enrollment(session, public_id, by=by)
    today = recorded_day(by.time_zone, at, enrollment.last_recorded_on)
    expires_on = wish.expires_on or today + SHARE_LIVES
    _check(session, enrollment, wish.as_of, expires_on, today)
    nonce = new_nonce()
    token = derive_token(key, LinkPurpose.SHARE, nonce)
    share = Share(
        enrollment_id=enrollment.id,
        nonce=nonce,
        token_hash=hash_token(token),
        created_at=at,
        created_on=today,
        expires_on=expires_on,
        as_of=wish.as_of,
        show_evidence=wish.show_evidence,
        show_names=wish.show_names,
    )
    session.add(share)
    session.flush()
    record(session, AuditKind.SHARE_MADE, at=at, by=by, subject=by)
    return share, token


def revoke_share(session: Session, public_id: str, *, by: User, at: datetime) -> str | None:
    """End a link at once: its maker may, and an administrator. Returns the maker's enrollment's public id."""
    query = select(Share) if by.is_admin else shares_of(by)
    share = session.scalar(query.where(Share.public_id == public_id))
    if share is None:
        raise NotFound("There is no such link.")
    if share.revoked_at is None:
        share.revoked_at = at
        record(session, AuditKind.SHARE_REVOKED, at=at, by=by, subject=by)
    enrollment = session.get_one(Enrollment, share.enrollment_id)
    return enrollment.public_id if enrollment.user_id == by.id else None


def count_opening(session: Session, share_id: int, *, at: datetime) -> None:
    """Note that a link was opened."""
    opened = update(Share).where(Share.id == share_id)
    session.execute(opened.values(opened=Share.opened + 1, last_opened_at=at))


def make_badge(session: Session, public_id: str, *, by: User, at: datetime, key: str) -> str:
    """The secret of the enrollment's badge, made at the first time."""
    enrollment = session.scalar(enrollments_of(by).where(Enrollment.public_id == public_id))
    if enrollment is None:
        seen = session.scalar(enrollments_seen_by(by).where(Enrollment.public_id == public_id))
        raise NotFound("There is no such roadmap of yours.") if seen is None else Forbidden(_ONLY_OWN)
    return _make_feed(session, LinkPurpose.BADGE, enrollment.id, by=by, at=at, key=key)


def make_calendar(session: Session, *, by: User, at: datetime, key: str) -> str:
    """The secret of the person's calendar, made at the first time."""
    return _make_feed(session, LinkPurpose.CALENDAR, None, by=by, at=at, key=key)


def revoke_feed(session: Session, feed_id: int, *, by: User, at: datetime) -> None:
    """End a badge or the calendar; the next one has another address."""
    feed = session.scalar(feeds_of(by).where(Feed.id == feed_id))
    if feed is None:
        raise NotFound("There is no such link.")
    feed.revoked_at = at


def _make_feed(
    session: Session, purpose: LinkPurpose, enrollment_id: int | None, *, by: User, at: datetime, key: str
) -> str:
    present = feeds_of(by).where(
        Feed.purpose == purpose, Feed.enrollment_id.is_not_distinct_from(enrollment_id)
    )
    feed = session.scalar(present)
    if feed is not None:
        return derive_token(key, purpose, feed.nonce)
    nonce = new_nonce()
    token = derive_token(key, purpose, nonce)
    session.add(
        Feed(
            purpose=purpose,
            user_id=by.id,
            enrollment_id=enrollment_id,
            nonce=nonce,
            token_hash=hash_token(token),
            created_at=at,
        )
    )
    session.flush()
    return token


def _check(
    session: Session, enrollment: Enrollment, as_of: date | None, expires_on: date, today: date
) -> None:
    if expires_on < today:
        raise refuse(expires_on="This day has passed. Choose today or a day after it.")
    if expires_on > today + LONGEST_SHARE:
        raise refuse(expires_on="A link lives a year at most. Choose an earlier day.")
    if as_of is not None and not enrollment.started_on <= as_of <= today:
        raise refuse(as_of="Choose a day between the start and today, or none for a live report.")
    live = (Share.enrollment_id == enrollment.id, Share.revoked_at.is_(None), Share.expires_on >= today)
    if (session.scalar(select(func.count()).where(*live)) or 0) >= MOST_SHARES:
        raise refuse(expires_on=f"{MOST_SHARES} links are open. Revoke one first.")
