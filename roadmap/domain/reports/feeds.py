"""Feeds: what other programs fetch of an enrollment, its badge and its calendar, until revoked."""

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.secret_links import LinkPurpose, SecretLink


class Feed(SecretLink, kw_only=True):
    """The badge or the calendar of an enrollment, one of each at a time; a new one has another address."""

    __tablename__ = "feeds"
    __table_args__ = (
        CheckConstraint("purpose IN ('badge', 'calendar')", name="purpose"),
        Index(
            "uq_feeds_one",
            "enrollment_id",
            "purpose",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    enrollment: Mapped[Enrollment] = relationship(init=False, viewonly=True)

    purpose: Mapped[LinkPurpose]
