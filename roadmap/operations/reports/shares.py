"""Make share links, and count how often they are opened."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import invalid
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.secret_links import LinkPurpose, derive_token, new_nonce
from roadmap.domain.reports.shares import MAX_OPEN_SHARES, SHARE_LIFETIME, Share, check_share_days
from roadmap.operations.accounts.audits import record
from roadmap.operations.learning.enrollments import lock_enrollment, today_of


@dataclass(frozen=True, slots=True)
class ShareChoice:
    """What a link shows and until when: without `expires_on` for 30 days, without `as_of` it is live."""

    expires_on: date | None = None
    as_of: date | None = None
    shows_evidence: bool = False
    shows_names: bool = False


def make_share(
    session: Session, public_id: str, choice: ShareChoice, *, by: User, at: datetime, key: str
) -> Share:
    """Make a link to the report of the person's own enrollment, which may be archived."""
    enrollment = lock_enrollment(session, public_id, by=by)
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
    )
    session.add(share)
    session.flush()
    record(session, AuditKind.SHARE_MADE, at=at, by=by, subject=by)
    return share


def count_open(session: Session, share_id: int, *, at: datetime) -> None:
    """Note that somebody opened a link."""
    found = update(Share).where(Share.id == share_id, Share.revoked_at.is_(None))
    session.execute(found.values(opens=Share.opens + 1, last_opened_at=at))


def _check_share_limit(session: Session, enrollment: Enrollment, today: date) -> None:
    live = (Share.enrollment_id == enrollment.id, Share.revoked_at.is_(None), Share.expires_on >= today)
    if (session.scalar(select(func.count()).select_from(Share).where(*live)) or 0) >= MAX_OPEN_SHARES:
        raise invalid(shares=f"{MAX_OPEN_SHARES} links to this report are open. Revoke one of them first.")
