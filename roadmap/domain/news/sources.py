"""Where news comes from: a select of what concerns a person for each kind of record, in a span of time."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import aliased

from roadmap.domain.accounts.users import User
from roadmap.domain.base import inline_literal
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState
from roadmap.domain.mentoring.invitations import Invitation, InvitationOutcome
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.messages import Message, messages_in_editions, questions_for
from roadmap.domain.mentoring.submissions import Review, Submission
from roadmap.domain.reports.links import Share
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Roadmap

INVITER = aliased(User)


@dataclass(frozen=True, slots=True)
class Span:
    """From `since`, which is outside, to `until`, which is inside; both are SQL expressions."""

    since: ColumnElement[Any]
    until: ColumnElement[Any]

    def has(self, moment: Any) -> ColumnElement[bool]:
        return and_(moment > self.since, moment <= self.until)


def new_reviews(person: User, span: Span) -> Any:
    """Reviews of the person's own work that no newer review replaces; undoing a mark changes none."""
    newer = aliased(Review)
    return (
        select(Review)
        .join(Submission, Submission.id == Review.submission_id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .where(Enrollment.user_id == person.id, span.has(Review.reviewed_at))
        .where(~exists().where(newer.replaces_id == Review.id))
    )


def new_messages(person: User, span: Span) -> Any:
    """The latest message of each mentor on each milestone of the person's editions."""
    return (
        messages_in_editions()
        .where(Enrollment.user_id == person.id, Message.author_id != person.id)
        .where(span.has(Message.created_at), _is_latest())
    )


def new_questions(person: User, span: Span) -> Any:
    """The latest open question of each mentee on each milestone, while the person mentors them."""
    return questions_for(person).where(span.has(Message.created_at), _is_latest())


def _is_latest() -> ColumnElement[bool]:
    newer = aliased(Message)
    same = (newer.enrollment_id == Message.enrollment_id, newer.milestone_id == Message.milestone_id)
    return ~exists().where(*same, newer.author_id == Message.author_id, newer.id > Message.id)


def new_editions(person: User, span: Span) -> Any:
    """The newest edition of each roadmap the person follows in an older one and did not write."""
    followed, newer = aliased(Edition), aliased(Edition)
    is_published = inline_literal(EditionState.PUBLISHED)
    is_newest = ~exists().where(
        newer.roadmap_id == Edition.roadmap_id, newer.number > Edition.number, newer.state == is_published
    )
    return (
        select(Edition)
        .join(Enrollment, Enrollment.roadmap_id == Edition.roadmap_id)
        .join(followed, followed.id == Enrollment.edition_id)
        .join(Roadmap, Roadmap.id == Enrollment.roadmap_id)
        .where(Enrollment.user_id == person.id)
        .where(Enrollment.state != inline_literal(EnrollmentState.ARCHIVED))
        .where(or_(Roadmap.author_id.is_(None), Roadmap.author_id != person.id))
        .where(Edition.number > followed.number, Edition.state == is_published)
        .where(span.has(Edition.published_at), is_newest)
    )


def newly_opened_links(person: User, span: Span) -> Any:
    """Share links of the person that somebody opened for the first time."""
    own = select(Share).join(Enrollment, Enrollment.id == Share.enrollment_id)
    return own.where(Enrollment.user_id == person.id, span.has(Share.first_opened_at))


def new_offers(person: User, span: Span) -> Any:
    """Invitations to the person's confirmed address that are open."""
    own_address = select(User.email).where(User.id == person.id, User.email_confirmed_at.is_not(None))
    return (
        select(Invitation)
        .join(INVITER, INVITER.id == Invitation.inviter_id)
        .where(Invitation.email == own_address.correlate(None).scalar_subquery())
        .where(INVITER.disabled_at.is_(None))
        .where(Invitation.outcome.is_(None), Invitation.expires_at > span.until)
        .where(span.has(Invitation.created_at))
    )


def other_person(person: User) -> ColumnElement[int]:
    """Return the id of the other one in a mentorship of this person."""
    return case((Mentorship.mentor_id == person.id, Mentorship.learner_id), else_=Mentorship.mentor_id)


def new_mentorships(person: User, span: Span) -> Any:
    """Active mentorships that started without the person accepting an invitation."""
    own_address = select(User.email).where(User.id == person.id).correlate(None).scalar_subquery()
    has_accepted = exists().where(
        Invitation.email == own_address,
        Invitation.inviter_id == other_person(person),
        Invitation.outcome == InvitationOutcome.ACCEPTED,
        Invitation.ended_at == Mentorship.started_at,
    )
    return (
        select(Mentorship)
        .where(or_(Mentorship.mentor_id == person.id, Mentorship.learner_id == person.id))
        .where(Mentorship.ended_at.is_(None), span.has(Mentorship.started_at), ~has_accepted)
    )


def ended_mentorships(person: User, span: Span) -> Any:
    """Mentorships that somebody else ended."""
    by_others = or_(Mentorship.ended_by_id.is_(None), Mentorship.ended_by_id != person.id)
    return (
        select(Mentorship)
        .where(or_(Mentorship.mentor_id == person.id, Mentorship.learner_id == person.id))
        .where(span.has(Mentorship.ended_at), by_others)
    )


SOURCES = (
    new_reviews,
    new_messages,
    new_questions,
    new_editions,
    newly_opened_links,
    new_offers,
    new_mentorships,
    ended_mentorships,
)
