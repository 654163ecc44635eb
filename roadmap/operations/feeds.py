"""Make and revoke the badge and the calendar of an enrollment."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.audits import AuditKind
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.errors import NotFound
from roadmap.domain.feeds import Feed, feeds_of
from roadmap.domain.secret_links import NO_SUCH_LINK, LinkPurpose, derive_token, new_nonce
from roadmap.domain.sessions import hash_secret
from roadmap.domain.users import User
from roadmap.operations.audits import record
from roadmap.operations.enrollments import lock_enrollment

_MADE = {LinkPurpose.BADGE: AuditKind.BADGE_MADE, LinkPurpose.CALENDAR: AuditKind.CALENDAR_MADE}
_REVOKED = {LinkPurpose.BADGE: AuditKind.BADGE_REVOKED, LinkPurpose.CALENDAR: AuditKind.CALENDAR_REVOKED}


def make_feed(
    session: Session, public_id: str, purpose: LinkPurpose, *, by: User, at: datetime, key: str
) -> Feed:
    """Make the badge or the calendar of the person's own enrollment; one that is there already stays."""
    enrollment = lock_enrollment(session, public_id, by=by)
    present = session.scalar(
        select(Feed).where(
            Feed.enrollment_id == enrollment.id, Feed.purpose == purpose, Feed.revoked_at.is_(None)
        )
    )
    if present is not None:
        return present
    nonce = new_nonce()
    token_hash = hash_secret(derive_token(key, purpose, nonce))
    feed = Feed(
        enrollment_id=enrollment.id, purpose=purpose, nonce=nonce, token_hash=token_hash, created_at=at
    )
    session.add(feed)
    session.flush()
    record(session, _MADE[purpose], at=at, by=by, subject=by)
    return feed


def revoke_feed(session: Session, public_id: str, *, by: User, at: datetime) -> tuple[Feed, Enrollment]:
    """End it at once: its owner may, and an administrator; also returns whose it was.

    One that was revoked before stays as it was.
    """
    query = select(Feed) if by.is_admin else feeds_of(by)
    feed = session.scalar(query.where(Feed.public_id == public_id).with_for_update(of=Feed))
    if feed is None:
        raise NotFound(NO_SUCH_LINK)
    enrollment = session.get_one(Enrollment, feed.enrollment_id)
    if feed.revoked_at is None:
        feed.revoked_at = at
        owner = session.get_one(User, enrollment.user_id)
        record(session, _REVOKED[feed.purpose], at=at, by=by, subject=owner)
    return feed, enrollment
