"""Feeds: what other programs fetch of an enrollment, its badge and its calendar, until revoked."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.base import Base, new_public_id
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.secret_links import LinkPurpose
from roadmap.domain.users import User


class Feed(Base):
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
    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), index=True)
    enrollment: Mapped[Enrollment] = relationship(init=False, viewonly=True)

    purpose: Mapped[LinkPurpose]
    nonce: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]

    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


def feeds_of(person: User) -> Select[Feed]:
    """The badges and calendars of this person, revoked ones too."""
    return (
        select(Feed)
        .join(Enrollment, Enrollment.id == Feed.enrollment_id)
        .where(Enrollment.user_id == person.id)
    )
