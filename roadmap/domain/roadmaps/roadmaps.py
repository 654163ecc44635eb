"""Roadmaps and their editions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.accounts.users import User
from roadmap.domain.base import Base

KEY_LENGTH = 64
TITLE_LENGTH = 200


class EditionState(StrEnum):
    """The state of an edition, which only moves forward."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Roadmap(Base):
    """A roadmap; one without an author belongs to the installation."""

    __tablename__ = "roadmaps"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    slug: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    created_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, default=None
    )
    author: Mapped[User | None] = relationship(init=False, viewonly=True)

    is_built_in: Mapped[bool] = mapped_column(default=False)
    is_public: Mapped[bool] = mapped_column(default=True)


class Edition(Base):
    """One version of a roadmap, which cannot be changed once it is published."""

    __tablename__ = "editions"
    __table_args__ = (
        UniqueConstraint("roadmap_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("state = 'draft' OR published_at IS NOT NULL", name="published_at"),
        CheckConstraint("(state = 'retired') = (retired_at IS NOT NULL)", name="retired_at"),
        Index(
            "uq_editions_draft",
            "roadmap_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmaps.id", ondelete="CASCADE"))
    roadmap: Mapped[Roadmap] = relationship(init=False, viewonly=True)

    number: Mapped[int]
    state: Mapped[EditionState]
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    summary: Mapped[str]
    description: Mapped[str]
    source: Mapped[str]
    content_hash: Mapped[str] = mapped_column(String(64))

    published_at: Mapped[datetime | None] = mapped_column(default=None)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)


class Milestone(Base):
    """The identity of a milestone across editions; never deleted, because progress refers to it."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("roadmap_id", "key"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmaps.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
