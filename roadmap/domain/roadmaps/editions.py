"""The rows of an edition: areas, skills, milestone texts, prerequisites and pathways.

They cannot be changed once the edition is published.
"""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    literal,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.domain.base import Base
from roadmap.domain.roadmaps.outlines import VerificationMode
from roadmap.domain.roadmaps.roadmaps import KEY_LENGTH, TITLE_LENGTH, Edition, Milestone

EMPTY_LIST = text("'[]'")
GROUP_LENGTH = 32


class Area(Base):
    """A group of skills in an edition."""

    __tablename__ = "areas"
    __table_args__ = (UniqueConstraint("edition_id", "key"), UniqueConstraint("edition_id", "position"))

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    summary: Mapped[str]


class Skill(Base):
    """A skill of an area; `needs` of its milestones are enough, or all of them when it is None."""

    __tablename__ = "skills"
    __table_args__ = (
        UniqueConstraint("edition_id", "key"),
        UniqueConstraint("edition_id", "position"),
        CheckConstraint("needs >= 1", name="needs"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    summary: Mapped[str]
    source: Mapped[str]
    needs: Mapped[int | None]
    optional: Mapped[bool]
    was: Mapped[list[str]] = mapped_column(default_factory=list, server_default=EMPTY_LIST)
    same_as: Mapped[list[str]] = mapped_column(default_factory=list, server_default=EMPTY_LIST)


class MilestoneText(Base):
    """The text of a milestone in one edition; hours are in steps of 0.5.

    `key` is the key in this edition where the milestone was published under another one first, else None.
    """

    __tablename__ = "milestone_texts"
    __table_args__ = (
        UniqueConstraint("edition_id", "milestone_id"),
        UniqueConstraint("edition_id", "position"),
        CheckConstraint("hours_low >= 0.5 AND hours_low <= hours_high AND hours_high <= 999", name="hours"),
        CheckConstraint(
            "hours_low * 2 = CAST(hours_low * 2 AS INTEGER) "
            "AND hours_high * 2 = CAST(hours_high * 2 AS INTEGER)",
            name="half_hours",
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"), index=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    summary: Mapped[str]
    done_when: Mapped[list[str]]
    hours_low: Mapped[float]
    hours_high: Mapped[float]
    verification: Mapped[VerificationMode]
    optional: Mapped[bool]
    resources: Mapped[list[dict[str, Any]]]
    key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), default=None)
    topics: Mapped[list[str]] = mapped_column(default_factory=list, server_default=EMPTY_LIST)
    was: Mapped[list[str]] = mapped_column(default_factory=list, server_default=EMPTY_LIST)
    same_as: Mapped[list[str]] = mapped_column(default_factory=list, server_default=EMPTY_LIST)


def select_milestone_keys(roadmap_id: int) -> Select[str, int]:
    """Return a query of all keys that milestones of a roadmap ever had, with their ids, the latest last."""
    first = select(Milestone.key, Milestone.id.label("milestone_id"), literal(0).label("number"))
    later = (
        select(MilestoneText.key, MilestoneText.milestone_id, Edition.number)
        .join(Edition, Edition.id == MilestoneText.edition_id)
        .where(Edition.roadmap_id == roadmap_id, MilestoneText.key.is_not(None))
    )
    keys = union_all(first.where(Milestone.roadmap_id == roadmap_id), later).subquery()
    return select(keys.c.key, keys.c.milestone_id).order_by(keys.c.number)


class Prerequisite(Base):
    """A milestone or a skill that usually comes before a milestone; it is advice and not enforced."""

    __tablename__ = "prerequisites"
    __table_args__ = (
        UniqueConstraint("text_id", "position"),
        CheckConstraint("(milestone_id IS NULL) <> (skill_id IS NULL)", name="one_target"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("milestone_texts.id", ondelete="CASCADE"))
    position: Mapped[int]
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"), index=True, default=None)
    skill_id: Mapped[int | None] = mapped_column(
        ForeignKey("skills.id", ondelete="CASCADE"), index=True, default=None
    )


class Pathway(Base):
    """A named choice of skills."""

    __tablename__ = "pathways"
    __table_args__ = (UniqueConstraint("edition_id", "key"), UniqueConstraint("edition_id", "position"))

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    group: Mapped[str] = mapped_column(String(GROUP_LENGTH))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    summary: Mapped[str]


class PathwaySkill(Base):
    """A skill that a pathway adds to the plan."""

    __tablename__ = "pathway_skills"

    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathways.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(
        ForeignKey("skills.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
