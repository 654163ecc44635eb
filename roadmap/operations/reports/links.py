"""Make and revoke secret links: share links, the badge and the calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import case, func, literal, select, update
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.base import UtcDateTime
from roadmap.domain.errors import invalid, or_not_found
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.links import (
    MAX_OPEN_SHARES,
    NO_SUCH_LINK,
    NOT_SHARED,
    SHARE_LIFETIME,
    SHARE_NAME_LENGTH,
    Feed,
    LinkPurpose,
    Share,
    check_share_days,
    derive_token,
    links_of,
    new_nonce,
)
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.accounts.audits import record
from roadmap.operations.learning.enrollments import lock_enrollment, today_of
from roadmap.operations.text_rules import clean_title


@dataclass(frozen=True, slots=True)
class ShareChoice:
    """The options of a share link; it is valid for 30 days without `expires_on`, live without `as_of`.

    `name` is for its owner alone.
    """

    expires_on: date | None = None
    as_of: date | None = None
    shows_evidence: bool = False
    shows_names: bool = False
    name: str = ""


def make_share(
    session: Session, public_id: str, choice: ShareChoice, *, by: User, at: datetime, key: str
) -> Share:
    """Make a link to the report of the person's own enrollment, which may be archived; raise Invalid.

    Nobody makes one of a restricted roadmap, whose texts strangers must not read.
    """
    enrollment = lock_enrollment(session, public_id, by=by)
    if session.get_one(Roadmap, enrollment.roadmap_id).is_restricted:
        raise invalid(shares=NOT_SHARED)
    today = today_of(enrollment, at)
    expires_on = choice.expires_on or today + SHARE_LIFETIME
    check_share_days(expires_on, choice.as_of, today=today, started_on=enrollment.started_on)
    _check_share_limit(session, enrollment, today)
    nonce = new_nonce()
    share = Share(
        enrollment_id=enrollment.id,
        nonce=nonce,
        token_hash=hash_secret(derive_token(key, LinkPurpose.SHARE, nonce)),
        created_at=at,
        created_on=today,
        expires_on=expires_on,
        as_of=choice.as_of,
        shows_evidence=choice.shows_evidence,
        shows_names=choice.shows_names,
        name=_clean_name(choice.name),
    )
    session.add(share)
    session.flush()
    record(session, AuditKind.SHARE_MADE, at=at, by=by, subject=by)
    return share


def name_share(session: Session, public_id: str, name: str, *, by: User) -> Share:
    """Change what the owner of a link calls it; an empty name takes it away. Raises NotFound and Invalid."""
    query = links_of(Share, by).where(Share.public_id == public_id)
    share = or_not_found(session.scalar(query.with_for_update(of=Share)), NO_SUCH_LINK)
    share.name = _clean_name(name)
    session.flush()
    return share


def _clean_name(name: str) -> str | None:
    if not name.strip():
        return None
    return clean_title(
        name, field="name", most=SHARE_NAME_LENGTH, missing="This name has no visible characters."
    )


def count_open(session: Session, share_id: int, *, at: datetime) -> None:
    """Count one opening of a link, and note when the first one was."""
    statement = update(Share).where(Share.id == share_id, Share.revoked_at.is_(None))
    first = case((Share.opens == 0, literal(at, UtcDateTime())), else_=Share.first_opened_at)
    session.execute(statement.values(opens=Share.opens + 1, first_opened_at=first, last_opened_at=at))


def _check_share_limit(session: Session, enrollment: Enrollment, today: date) -> None:
    live = (Share.enrollment_id == enrollment.id, Share.revoked_at.is_(None), Share.expires_on >= today)
    if (session.scalar(select(func.count()).select_from(Share).where(*live)) or 0) >= MAX_OPEN_SHARES:
        raise invalid(shares=f"{MAX_OPEN_SHARES} links to this report are active. Revoke one of them first.")


_MADE = {LinkPurpose.BADGE: AuditKind.BADGE_MADE, LinkPurpose.CALENDAR: AuditKind.CALENDAR_MADE}


def make_feed(
    session: Session, public_id: str, purpose: LinkPurpose, *, by: User, at: datetime, key: str
) -> Feed:
    """Return the active badge or calendar of the person's own enrollment, and make it when there is none."""
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


Link = TypeVar("Link", Share, Feed)
_REVOKED = {
    LinkPurpose.SHARE: AuditKind.SHARE_REVOKED,
    LinkPurpose.BADGE: AuditKind.BADGE_REVOKED,
    LinkPurpose.CALENDAR: AuditKind.CALENDAR_REVOKED,
}


def revoke_link(
    session: Session, kind: type[Link], public_id: str, *, by: User, at: datetime
) -> tuple[Link, Enrollment]:
    """Revoke a link, as its owner or as administrator; return it with its enrollment. Raises NotFound.

    A link that was revoked before keeps its time.
    """
    query = select(kind) if by.is_admin else links_of(kind, by)
    query = query.where(kind.public_id == public_id).with_for_update(of=kind)
    link = or_not_found(session.scalar(query), NO_SUCH_LINK)
    enrollment = session.get_one(Enrollment, link.enrollment_id)
    if link.revoked_at is None:
        link.revoked_at = at
        owner = session.get_one(User, enrollment.user_id)
        record(session, _REVOKED[link.purpose], at=at, by=by, subject=owner)
    return link, enrollment
