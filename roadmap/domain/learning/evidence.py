"""Evidence: a link, a text, or both, that show a milestone was done."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.domain.base import Base, new_public_id, text_indexes
from roadmap.domain.roadmaps.roadmaps import TITLE_LENGTH

URL_LENGTH = 2_000
TEXT_LENGTH = 20_000
MAX_EVIDENCE = 50


class Evidence(Base):
    """One piece of evidence; `revision_id` is its current revision, None when it was withdrawn."""

    __tablename__ = "evidence"
    __table_args__ = (*text_indexes("evidence", "revision_id"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), index=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"), index=True)
    revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("evidence_revisions.id", use_alter=True, ondelete="SET NULL"), default=None
    )


class EvidenceRevision(Base):
    """One version of a piece of evidence: a title with a link, a text, or both.

    All three are None once the texts were erased.
    """

    __tablename__ = "evidence_revisions"
    __table_args__ = (
        CheckConstraint("title IS NULL OR url IS NOT NULL OR text IS NOT NULL", name="link_or_text"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), index=True)
    title: Mapped[str | None] = mapped_column(String(TITLE_LENGTH))
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    text: Mapped[str | None]
