"""Roadmaps and their editions, and who may see and write them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    false,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.accounts.users import User
from roadmap.domain.base import Base, partial_index
from roadmap.domain.errors import Forbidden, ForbiddenReason, NotFound

KEY_LENGTH = 64
TITLE_LENGTH = 200
LANGUAGE_LENGTH = 35


class EditionState(StrEnum):
    """The state of an edition, which only moves forward."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Visibility(StrEnum):
    """Who finds a roadmap and may start it, beside its author: nobody, people with an account, everybody."""

    PRIVATE = "private"
    LISTED = "listed"
    PUBLIC = "public"


class Roadmap(Base):
    """A roadmap; one without an author belongs to the installation.

    What is `is_restricted` came from a file that is licensed for personal use, so it stays private.
    """

    __tablename__ = "roadmaps"
    __table_args__ = (CheckConstraint("NOT is_restricted OR visibility = 'private'", name="restricted"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    slug: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    created_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, default=None
    )
    author: Mapped[User | None] = relationship(init=False, viewonly=True)

    is_built_in: Mapped[bool] = mapped_column(default=False)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PUBLIC)
    is_restricted: Mapped[bool] = mapped_column(default=False, server_default=false())

    def is_open_to(self, person: User | None) -> bool:
        """Return whether this person, or a visitor, may see it and start it."""
        if person is None:
            return self.visibility is Visibility.PUBLIC
        return self.visibility is not Visibility.PRIVATE or self.author_id == person.id


def is_open_to(person: User | None) -> ColumnElement[bool]:
    """Return the condition for roadmaps that this person, or a visitor, may see and start."""
    if person is None:
        return Roadmap.visibility == Visibility.PUBLIC
    return or_(Roadmap.visibility != Visibility.PRIVATE, Roadmap.author_id == person.id)


class Edition(Base):
    """One version of a roadmap, which cannot be changed once it is published."""

    __tablename__ = "editions"
    __table_args__ = (
        UniqueConstraint("roadmap_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("state = 'draft' OR published_at IS NOT NULL", name="published_at"),
        CheckConstraint("(state = 'retired') = (retired_at IS NOT NULL)", name="retired_at"),
        partial_index("uq_editions_draft", "roadmap_id", where="state = 'draft'", unique=True),
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
    language: Mapped[str] = mapped_column(String(LANGUAGE_LENGTH), default="", server_default="")
    groups: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list, server_default=text("'[]'"))

    published_at: Mapped[datetime | None] = mapped_column(default=None)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)


def last_edition_of(roadmap_id: Any) -> Select[Edition]:
    """Return a select of the last edition of a roadmap, published or retired."""
    published = (Edition.roadmap_id == roadmap_id, Edition.state != EditionState.DRAFT)
    return select(Edition).where(*published).order_by(Edition.number.desc()).limit(1)


class Milestone(Base):
    """The identity of a milestone across editions; never deleted, because progress refers to it."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("roadmap_id", "key"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmaps.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))


BUILT_IN = "The built-in roadmap comes with the software. You can edit a copy of it."


def check_author(roadmap: Roadmap | None, by: User, *, of_built_in: bool = False) -> Roadmap:
    """Return the roadmap if this person may write it; raise NotFound or Forbidden.

    With `of_built_in`, administrators may change what is not in the files of the built-in one: who sees it.
    """
    if roadmap is None or not (roadmap.is_open_to(by) or by.is_admin):
        raise NotFound("There is no such roadmap.")
    if roadmap.is_built_in and not (of_built_in and by.is_admin):
        raise Forbidden(BUILT_IN, ForbiddenReason.BUILT_IN)
    if roadmap.author_id != by.id and not by.is_admin:
        raise Forbidden("Only its author can change this roadmap.", ForbiddenReason.AUTHOR)
    return roadmap
