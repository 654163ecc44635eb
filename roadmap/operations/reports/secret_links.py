"""Revoke links whose address is the secret: share links, badges, calendars."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.feeds import Feed
from roadmap.domain.reports.secret_links import NO_SUCH_LINK, LinkPurpose, links_of
from roadmap.domain.reports.shares import Share
from roadmap.operations.accounts.audits import record

Link = TypeVar("Link", Share, Feed)
_REVOKED = {
    LinkPurpose.SHARE: AuditKind.SHARE_REVOKED,
    LinkPurpose.BADGE: AuditKind.BADGE_REVOKED,
    LinkPurpose.CALENDAR: AuditKind.CALENDAR_REVOKED,
}


def revoke_link(
    session: Session, kind: type[Link], public_id: str, *, by: User, at: datetime
) -> tuple[Link, Enrollment]:
    """End a link at once: its owner may, and an administrator; also returns where it led.

    One that was revoked before stays as it was.
    """
    query = select(kind) if by.is_admin else links_of(kind, by)
    link = session.scalar(query.where(kind.public_id == public_id).with_for_update(of=kind))
    if link is None:
        raise NotFound(NO_SUCH_LINK)
    enrollment = session.get_one(Enrollment, link.enrollment_id)
    if link.revoked_at is None:
        link.revoked_at = at
        owner = session.get_one(User, enrollment.user_id)
        record(session, _REVOKED[link.purpose], at=at, by=by, subject=owner)
    return link, enrollment
