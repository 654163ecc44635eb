"""Notes and reasons: free texts of a learner that events refer to. An erased one has no text."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.domain.base import Base

NOTE_LENGTH = 20_000
REASON_LENGTH = 500


class Note(Base):
    """One version of the private note on a milestone; never changed, but it may be erased."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), index=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"), index=True)
    text: Mapped[str | None]


class Reason(Base):
    """The reason a learner gave for a status."""

    __tablename__ = "reasons"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), index=True)
    text: Mapped[str | None]
