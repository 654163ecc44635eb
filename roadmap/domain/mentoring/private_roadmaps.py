"""Private roadmaps of a person, and whether they are anybody else's too."""

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.invitations import Invitation
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Roadmap, Visibility


def private_roadmaps_of(person: User) -> Select[Roadmap]:
    """Return the published roadmaps that this person wrote and nobody else may start."""
    published = _has(Edition.id, Edition.roadmap_id == Roadmap.id, Edition.state != EditionState.DRAFT)
    own = (Roadmap.author_id == person.id, Roadmap.visibility == Visibility.PRIVATE, ~Roadmap.is_built_in)
    return select(Roadmap).where(*own, published)


def is_used_by_others(person: User) -> ColumnElement[bool]:
    """Return whether somebody else follows a roadmap, or is mentored or invited on it by somebody else."""
    followed = (Enrollment.roadmap_id == Roadmap.id, Enrollment.user_id != person.id)
    mentored = (Mentorship.mentor_id != person.id, Mentorship.learner_id != person.id)
    invited = (Invitation.roadmap_id == Roadmap.id, Invitation.inviter_id != person.id)
    return or_(
        _has(Enrollment.id, *followed),
        _has(Mentorship.id, Mentorship.roadmap_id == Roadmap.id, *mentored),
        _has(Invitation.id, *invited),
    )


def _has(column: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(column).where(*conditions).correlate(Roadmap).exists()
