"""Enrollments: a learner on a roadmap, and the settings the learner chose for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.accounts.users import User
from roadmap.domain.base import Base, new_public_id, partial_index
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap

MIN_WEEKLY_HOURS = 0.5
MAX_WEEKLY_HOURS = 100.0
ONLY_ITS_LEARNER = (
    "Only the learner can change their roadmap. As their mentor, you can view it and review their work."
)
ARCHIVED = "This roadmap is archived and read-only. Unarchive it in its settings first."


class EnrollmentState(StrEnum):
    """A paused enrollment is active, but has no reminders and no pace; an archived one is read-only."""

    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings a learner chose for an enrollment; one event stores all of them."""

    pathways: tuple[str, ...]
    weekly_hours: float
    target_on: date | None = None
    state: EnrollmentState = EnrollmentState.ACTIVE
    shows_forecast: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return the settings as an event stores them."""
        return {
            "pathways": list(self.pathways),
            "weekly_hours": self.weekly_hours,
            "target_on": self.target_on.isoformat() if self.target_on else None,
            "state": self.state.value,
            "shows_forecast": self.shows_forecast,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            pathways=tuple(data["pathways"]),
            weekly_hours=data["weekly_hours"],
            target_on=date.fromisoformat(data["target_on"]) if data["target_on"] else None,
            state=EnrollmentState(data["state"]),
            shows_forecast=data["shows_forecast"],
        )

    @classmethod
    def of(cls, row: Any) -> Self:
        """Return the settings that are in the columns of an enrollment."""
        return cls(tuple(row.pathways), row.weekly_hours, row.target_on, row.state, row.shows_forecast)


class Enrollment(Base):
    """A learner on a roadmap; the columns after the relationships are replayed from its events."""

    __tablename__ = "enrollments"
    __table_args__ = (
        partial_index(
            "uq_enrollments_active", "user_id", "roadmap_id", where="state <> 'archived'", unique=True
        ),
        Index("ix_enrollments_user_id", "user_id"),
        CheckConstraint(
            f"weekly_hours BETWEEN {MIN_WEEKLY_HOURS} AND {MAX_WEEKLY_HOURS}", name="weekly_hours"
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    user: Mapped[User] = relationship(init=False, viewonly=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmaps.id"), index=True)
    roadmap: Mapped[Roadmap] = relationship(init=False, viewonly=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    edition: Mapped[Edition] = relationship(init=False, viewonly=True)

    started_on: Mapped[date]
    pathways: Mapped[list[str]]
    weekly_hours: Mapped[float]
    target_on: Mapped[date | None]
    state: Mapped[EnrollmentState]
    shows_forecast: Mapped[bool]

    last_number: Mapped[int] = mapped_column(default=0)
    last_recorded_on: Mapped[date | None] = mapped_column(default=None)

    @property
    def settings(self) -> Settings:
        return Settings.of(self)

    @settings.setter
    def settings(self, settings: Settings) -> None:
        self.pathways = list(settings.pathways)
        self.weekly_hours = settings.weekly_hours
        self.target_on = settings.target_on
        self.state = settings.state
        self.shows_forecast = settings.shows_forecast

    @property
    def is_archived(self) -> bool:
        return self.state is EnrollmentState.ARCHIVED


def state_changes(events: Iterable[Any]) -> list[tuple[date, EnrollmentState]]:
    """Return on which days events changed the settings, and the state that they left, in order."""
    return [
        (event.recorded_on, EnrollmentState(event.settings["state"]))
        for event in events
        if event.settings is not None
    ]


def enrollments_of(person: User) -> Select[Enrollment]:
    """Return a select of the enrollments this person owns, which nobody else may change."""
    return select(Enrollment).where(Enrollment.user_id == person.id)
