"""Invitations as the two sides see them, and the mentors a learner has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.errors import NotFound
from roadmap.domain.invitations import Invitation, InvitedAs, invitations_by
from roadmap.domain.mentorships import Mentorship, mentorships_of
from roadmap.domain.roadmaps import Edition, EditionState
from roadmap.domain.sessions import hash_secret
from roadmap.domain.users import User


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation; `roadmap` is a slug and `title` its title, empty for all roadmaps."""

    public_id: str
    inviter: str
    email: str
    invited_as: InvitedAs
    roadmap: str
    title: str
    created_at: datetime
    expires_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class MentorshipView:
    """An active mentorship with the other person's name; `title` is empty for all roadmaps."""

    public_id: str
    name: str
    is_mentor: bool
    roadmap: str
    title: str
    started_at: datetime


def find_invitation(session: Session, secret: str, *, at: datetime) -> InvitationView:
    """The invitation that a link stands for; looking changes nothing."""
    query = select(Invitation).where(Invitation.token_hash == hash_secret(secret))
    invitation = session.scalar(query.options(joinedload(Invitation.inviter), joinedload(Invitation.roadmap)))
    if invitation is None:
        raise NotFound("There is no such invitation.")
    return _view(invitation, _titles(session, [invitation]), at)


def invitations_made(session: Session, person: User, *, at: datetime) -> list[InvitationView]:
    """The person's unanswered invitations, newest first; expired ones can be sent again."""
    query = invitations_by(person).where(Invitation.outcome.is_(None)).order_by(Invitation.id.desc())
    loaded = query.options(joinedload(Invitation.inviter), joinedload(Invitation.roadmap))
    found = session.scalars(loaded).all()
    titles = _titles(session, found)
    return [_view(each, titles, at) for each in found]


def mentorships_for(session: Session, person: User) -> list[MentorshipView]:
    """The person's active mentorships from either side, the earliest first."""
    query = mentorships_of(person).order_by(Mentorship.id)
    loaded = query.options(
        joinedload(Mentorship.mentor), joinedload(Mentorship.learner), joinedload(Mentorship.roadmap)
    )
    found = session.scalars(loaded).all()
    titles = _titles(session, found)
    return [
        MentorshipView(
            public_id=each.public_id,
            name=each.learner.name if each.mentor_id == person.id else each.mentor.name,
            is_mentor=each.mentor_id == person.id,
            roadmap=each.roadmap.slug if each.roadmap else "",
            title=titles.get(each.roadmap_id, ""),
            started_at=each.started_at,
        )
        for each in found
    ]


def _titles(session: Session, found: Iterable[Invitation | Mentorship]) -> dict[int | None, str]:
    """The newest titles of the roadmaps that these are about, by roadmap id."""
    wanted = {each.roadmap_id for each in found} - {None}
    if not wanted:
        return {}
    published = (Edition.roadmap_id.in_(wanted), Edition.state != EditionState.DRAFT)
    rows = session.execute(
        select(Edition.roadmap_id, Edition.title).where(*published).order_by(Edition.number)
    )
    return {row.roadmap_id: row.title for row in rows}


def _view(invitation: Invitation, titles: dict[int | None, str], at: datetime) -> InvitationView:
    return InvitationView(
        public_id=invitation.public_id,
        inviter=invitation.inviter.name,
        email=invitation.email,
        invited_as=invitation.invited_as,
        roadmap=invitation.roadmap.slug if invitation.roadmap else "",
        title=titles.get(invitation.roadmap_id, ""),
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        is_open=invitation.is_open(at),
    )
