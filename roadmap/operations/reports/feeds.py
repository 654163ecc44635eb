"""Make the badge and the calendar of an enrollment."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.reports.feeds import Feed
from roadmap.domain.reports.secret_links import LinkPurpose, derive_token, new_nonce
from roadmap.operations.accounts.audits import record
from roadmap.operations.learning.enrollments import lock_enrollment

_MADE = {LinkPurpose.BADGE: AuditKind.BADGE_MADE, LinkPurpose.CALENDAR: AuditKind.CALENDAR_MADE}


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
