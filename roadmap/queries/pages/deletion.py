"""What becomes of a person's private roadmaps when their account is deleted."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.private_roadmaps import is_used_by_others, private_roadmaps_of
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap, last_edition_of


@dataclass(frozen=True, slots=True)
class PrivateRoadmap:
    """A published private roadmap; `stays` when somebody else uses it, `followers` are the others."""

    title: str
    language: str
    followers: int
    stays: bool


def private_roadmaps_at_deletion(session: Session, person: User) -> list[PrivateRoadmap]:
    """The published private roadmaps of a person by title, in one statement."""
    newest = last_edition_of(Roadmap.id).with_only_columns(Edition.id).correlate(Roadmap).scalar_subquery()
    others = select(func.count()).where(Enrollment.roadmap_id == Roadmap.id, Enrollment.user_id != person.id)
    rows = session.execute(
        private_roadmaps_of(person)
        .join(Edition, Edition.id == newest)
        .with_only_columns(
            Edition.title,
            Edition.language,
            others.correlate(Roadmap).scalar_subquery(),
            is_used_by_others(person),
        )
        .order_by(Edition.title)
    )
    return [
        PrivateRoadmap(title, language, followers, bool(stays)) for title, language, followers, stays in rows
    ]
