"""Invitations as the two sides see them, and the mentors a learner has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, case, cast, literal_column, null, select
from sqlalchemy.orm import Session, aliased, joinedload

from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.base import UtcDateTime
from roadmap.domain.errors import Forbidden, NotFound
from roadmap.domain.mentoring.invitations import Invitation, InvitedAs, invitations_by
from roadmap.domain.mentoring.mentorships import Mentorship, mentorships_of
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap, last_edition_of
from roadmap.queries.learning.enrollments import find_own_enrollment


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation; `roadmap` is a slug and `title` its title, empty for all roadmaps.

    `mentor_is_approved` says whether the administrators approved whoever would mentor.
    """

    public_id: str
    inviter: str
    email: str
    invited_as: InvitedAs
    roadmap: str
    title: str
    created_at: datetime
    expires_at: datetime
    is_open: bool
    language: str = ""
    mentor_is_approved: bool = False


@dataclass(frozen=True, slots=True)
class MentorshipView:
    """An active mentorship with the other person's name; `title` is empty for all roadmaps."""

    public_id: str
    name: str
    is_mentor: bool
    roadmap: str
    title: str
    started_at: datetime
    language: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The page from which a mentor is invited: a milestone, or a roadmap where `key` is empty."""

    public_id: str
    key: str
    title: str
    language: str


def find_origin(session: Session, public_id: str, key: str, *, seen_by: User, at: datetime) -> Origin | None:
    """Return the page of this enrollment, and of a milestone in it; None where this person has none."""
    try:
        enrollment = find_own_enrollment(session, public_id, seen_by=seen_by, at=at)
    except (NotFound, Forbidden):
        return None
    milestone = enrollment.stored.outline.milestones.get(key)
    title = milestone.title if milestone else enrollment.title
    return Origin(public_id, key if milestone else "", title, enrollment.language)


def find_invitation(session: Session, secret: str, *, at: datetime) -> InvitationView:
    """The invitation with this secret; looking at it does not use it up. Raises NotFound."""
    query = select(Invitation).where(Invitation.token_hash == hash_secret(secret))
    invitation = session.scalar(query.options(joinedload(Invitation.inviter), joinedload(Invitation.roadmap)))
    if invitation is None:
        raise NotFound("There is no such invitation.")
    roadmap = invitation.roadmap
    newest = session.scalar(last_edition_of(roadmap.id)) if roadmap else None
    invited = session.scalar(select(User).where(User.email == invitation.email))
    mentor = invited if invitation.invited_as is InvitedAs.MENTOR else invitation.inviter
    return InvitationView(
        public_id=invitation.public_id,
        inviter=invitation.inviter.name,
        email=invitation.email,
        invited_as=invitation.invited_as,
        roadmap=roadmap.slug if roadmap else "",
        title=newest.title if newest else "",
        language=newest.language if newest else "",
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        is_open=invitation.is_open(at),
        mentor_is_approved=mentor is not None and mentor.is_approved_mentor,
    )


def _newest(roadmap_id: Any, column: Any) -> Any:
    return last_edition_of(roadmap_id).with_only_columns(column).scalar_subquery()


def mentorship_rows(person: User) -> Any:
    """The active mentorships of this person with the other's name, to be read by `mentorship_view`."""
    mentor, learner = aliased(User), aliased(User)
    is_mentor = Mentorship.mentor_id == person.id
    return (
        mentorships_of(person)
        .join(mentor, mentor.id == Mentorship.mentor_id)
        .join(learner, learner.id == Mentorship.learner_id)
        .outerjoin(Roadmap, Roadmap.id == Mentorship.roadmap_id)
        .with_only_columns(
            literal_column("'mentorship'").label("kind"),
            Mentorship.id.label("id"),
            Mentorship.public_id,
            case((is_mentor, learner.name), else_=mentor.name).label("name"),
            case((is_mentor, "mentor"), else_="learner").label("role"),
            Roadmap.slug,
            _newest(Mentorship.roadmap_id, Edition.title).label("title"),
            _newest(Mentorship.roadmap_id, Edition.language).label("language"),
            Mentorship.started_at.label("begun_at"),
            cast(null(), UtcDateTime()).label("expires_at"),
        )
    )


def invitation_rows(person: User) -> Any:
    """The invitations that this person made and nobody answered, in the columns of mentorships."""
    return (
        invitations_by(person)
        .where(Invitation.outcome.is_(None))
        .outerjoin(Roadmap, Roadmap.id == Invitation.roadmap_id)
        .with_only_columns(
            literal_column("'invitation'"),
            Invitation.id.label("id"),
            Invitation.public_id,
            Invitation.email,
            cast(Invitation.invited_as, String),
            Roadmap.slug,
            _newest(Invitation.roadmap_id, Edition.title),
            _newest(Invitation.roadmap_id, Edition.language),
            Invitation.created_at,
            Invitation.expires_at,
        )
    )


def mentorship_view(row: Any) -> MentorshipView:
    """A row of `mentorship_rows` as people see it."""
    return MentorshipView(
        public_id=row.public_id,
        name=row.name,
        is_mentor=row.role == "mentor",
        roadmap=row.slug or "",
        title=row.title or "",
        started_at=row.begun_at,
        language=row.language or "",
    )


def invitation_view(row: Any, inviter: User, at: datetime) -> InvitationView:
    """A row of `invitation_rows` as people see it."""
    return InvitationView(
        public_id=row.public_id,
        inviter=inviter.name,
        email=row.name,
        invited_as=InvitedAs(row.role),
        roadmap=row.slug or "",
        title=row.title or "",
        created_at=row.begun_at,
        expires_at=row.expires_at,
        is_open=at < row.expires_at,
        language=row.language or "",
    )
