"""A small row in every table of sharing, beside those of `filling`."""

from datetime import date

from sqlalchemy.orm import Session

from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.links import Feed, LinkPurpose, Share
from tests.support.cast import NOON


def fill_sharing(session: Session, enrollment: Enrollment) -> None:
    """A share link and a badge of the enrollment."""
    session.add(
        Share(
            enrollment_id=enrollment.id,
            nonce="n",
            token_hash="4" * 64,
            created_at=NOON,
            created_on=NOON.date(),
            expires_on=date(2026, 4, 1),
            as_of=NOON.date(),
            shows_evidence=True,
            shows_names=True,
        )
    )
    session.add(
        Feed(
            enrollment_id=enrollment.id,
            purpose=LinkPurpose.BADGE,
            nonce="n",
            token_hash="5" * 64,
            created_at=NOON,
        )
    )
    session.flush()
