"""Drafts: a roadmap that is being written, as one document with its revisions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.base import Base
from roadmap.domain.roadmaps.outline_documents import read_document
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import Roadmap

MAX_REVISIONS = 100
MAX_DOCUMENT = 2 * 1024 * 1024
MAX_HISTORY = 8 * 1024 * 1024
MAX_DRAFTS = 50
WHAT_LENGTH = 120


class DraftSource(StrEnum):
    """Where a draft came from."""

    EMPTY = "empty"
    COPY = "copy"
    IMPORT = "import"


class Draft(Base):
    """The next edition of a roadmap while it is written; `outline` is JSON and may have gaps.

    `version` counts the saved states. `notes` has what an import left to decide, and the keys of its ids.
    """

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmaps.id", ondelete="CASCADE"), unique=True)
    roadmap: Mapped[Roadmap] = relationship(init=False, viewonly=True)
    source: Mapped[DraftSource]
    outline: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    updated_at: Mapped[datetime]
    updated_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, default=None
    )
    copied_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("editions.id", ondelete="SET NULL"), index=True, default=None
    )
    notes: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)

    def read(self) -> Outline:
        """Return the outline as it is written so far."""
        return read_document(self.outline)


class DraftRevision(Base):
    """A saved state of a draft; `number` is the version that it was, `what` says what changed."""

    __tablename__ = "draft_revisions"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"))
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(WHAT_LENGTH))
    outline: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, default=None
    )
