"""Mentorships: answering an invitation starts one; a mentor's private note on the mentee; and the end."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, ForbiddenReason, or_not_found
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.progress import NOTE_LENGTH
from roadmap.domain.mentoring.invitations import Invitation, InvitationOutcome, InvitedAs
from roadmap.domain.mentoring.mentorships import Mentorship, covers_enrollment, mentorships_of
from roadmap.domain.mentoring.submissions import Claim, Submission
from roadmap.operations.accounts.audits import record
from roadmap.operations.mails import forget_digests, forget_mail
from roadmap.operations.text_rules import check_unchanged, clean_text

OWN_APPROVAL_MISSING = (
    "Only approved mentors can mentor here, and your account isn’t approved yet. Ask an administrator."
)


def find_mentorship_between(
    session: Session, mentor_id: int, learner_id: int, roadmap_id: int | None
) -> Mentorship | None:
    """Return the active mentorship of these two that covers this roadmap, or all roadmaps for None."""
    covering: ColumnElement[bool] = Mentorship.roadmap_id.is_(None)
    if roadmap_id is not None:
        covering = or_(covering, Mentorship.roadmap_id == roadmap_id)
    return session.scalar(
        select(Mentorship)
        .where(Mentorship.mentor_id == mentor_id, Mentorship.learner_id == learner_id)
        .where(Mentorship.ended_at.is_(None), covering)
        .limit(1)
    )


def start_mentorship(
    session: Session, mentor_id: int, learner_id: int, roadmap_id: int | None, *, by: User, at: datetime
) -> Mentorship:
    """Start a mentorship, or return the active one that covers the same already."""
    # Two invitations, one in each direction, may be accepted at the same moment.
    session.execute(select(User.id).where(User.id == learner_id).with_for_update())
    present = find_mentorship_between(session, mentor_id, learner_id, roadmap_id)
    if present is not None:
        return present
    mentorship = Mentorship(mentor_id=mentor_id, learner_id=learner_id, roadmap_id=roadmap_id, started_at=at)
    session.add(mentorship)
    session.flush()
    other = mentor_id if by.id == learner_id else learner_id
    record(session, AuditKind.MENTORSHIP_STARTED, at=at, by=by, subject=session.get_one(User, other))
    return mentorship


def check_may_mentor(mentor: User, *, by: User, approved_only: bool) -> None:
    """Raise Forbidden where mentors need the approval of the administrators and this one has none."""
    if approved_only and not mentor.is_approved_mentor:
        other = f"Only approved mentors can mentor here, and {mentor.name} isn’t approved yet."
        sentence = OWN_APPROVAL_MISSING if mentor.id == by.id else other
        raise Forbidden(sentence, ForbiddenReason.NOT_APPROVED)


def answer_invitation(
    session: Session, secret: str, *, accepts: bool, by: User, at: datetime, approved_only: bool = False
) -> Mentorship | None:
    """Accept or decline an invitation, as the person invited. Return the new mentorship, or None.

    With `approved_only`, the mentor needs the approval of the administrators. Raises NotFound, Forbidden for
    anybody else or without that approval, and Conflict when the invitation is not open.
    """
    query = select(Invitation).where(Invitation.token_hash == hash_secret(secret))
    invitation = or_not_found(session.scalar(query.with_for_update()), "There is no such invitation.")
    check_is_invited(invitation, by)
    if invitation.inviter_id == by.id:
        raise Forbidden(
            "You sent this invitation yourself. You can’t mentor yourself.", ForbiddenReason.OWN_INVITATION
        )
    if not invitation.is_open(at):
        raise Conflict("This invitation has expired or was already answered or withdrawn. Ask for a new one.")
    mentor_id, learner_id = _roles(invitation, by.id)
    if accepts:
        check_may_mentor(session.get_one(User, mentor_id), by=by, approved_only=approved_only)
    invitation.outcome = InvitationOutcome.ACCEPTED if accepts else InvitationOutcome.DECLINED
    invitation.ended_at = at
    forget_mail(session, about=invitation.public_id)
    if not accepts:
        return None
    return start_mentorship(session, mentor_id, learner_id, invitation.roadmap_id, by=by, at=at)


def check_is_invited(invitation: Invitation, person: User) -> None:
    """Raise Forbidden unless the person has the address that was invited."""
    if invitation.email != person.email:
        sentence = "This invitation was sent to another address. Sign in with that address."
        raise Forbidden(sentence, ForbiddenReason.ANOTHER_ADDRESS)


def _roles(invitation: Invitation, invited_id: int) -> tuple[int, int]:
    """Return the ids of the mentor and of the learner."""
    pair = (invited_id, invitation.inviter_id)
    return pair if invitation.invited_as is InvitedAs.MENTOR else (pair[1], pair[0])


def end_mentorship(session: Session, public_id: str, *, by: User, at: datetime) -> None:
    """End a mentorship at once, as mentor, learner or administrator; raise NotFound.

    Each request looks up the rights of a mentor in the active mentorships, so they end with the row. Claims
    and an unsent digest are deleted here. Open submissions wait for the next mentor.
    """
    query = select(Mentorship) if by.is_admin else mentorships_of(by)
    of_id = query.where(Mentorship.public_id == public_id, Mentorship.ended_at.is_(None))
    row = session.scalar(of_id.with_for_update(of=Mentorship))
    mentorship = or_not_found(row, "There is no such mentorship, or it has ended.")
    # A claim or a review in progress has locked the enrollment: it ends first, or checks its right again.
    of_learner = select(Enrollment.id).where(Enrollment.user_id == mentorship.learner_id)
    session.execute(of_learner.order_by(Enrollment.id).with_for_update())
    mentorship.ended_at, mentorship.ended_by_id = at, by.id
    mentorship.note, mentorship.note_version = "", 0
    session.flush()
    _release_claims(session, mentorship)
    forget_digests(session, User.id == mentorship.mentor_id)
    other = mentorship.learner_id if by.id == mentorship.mentor_id else mentorship.mentor_id
    record(session, AuditKind.MENTORSHIP_ENDED, at=at, by=by, subject=session.get_one(User, other))


def mark_seen(session: Session, public_id: str, *, by: User, at: datetime) -> None:
    """Note that the mentor has looked: what changes from now on is new."""
    find_as_mentor(session, public_id, by=by).seen_at = at


def set_mentor_note(session: Session, public_id: str, text: str, *, version: int, by: User) -> None:
    """Save the mentor's private note on a mentee; raise StaleText when it was changed since `version`."""
    mentorship, text = (
        find_as_mentor(session, public_id, by=by),
        clean_text(text, field="note", most=NOTE_LENGTH),
    )
    if text == mentorship.note:
        return
    check_unchanged(version, mentorship.note_version, what="note", current=mentorship.note)
    mentorship.note, mentorship.note_version = text, mentorship.note_version + 1


def find_as_mentor(session: Session, public_id: str, *, by: User) -> Mentorship:
    """Return the active mentorship in which this person is the mentor, locked; raise NotFound."""
    query = mentorships_of(by).where(Mentorship.public_id == public_id, Mentorship.mentor_id == by.id)
    return or_not_found(session.scalar(query.with_for_update(of=Mentorship)), "There is no such mentee.")


def _release_claims(session: Session, mentorship: Mentorship) -> None:
    """Delete the mentor's claims on work of this learner that no other mentorship of theirs covers."""
    still_covered = exists(
        select(Mentorship.id).where(covers_enrollment(), Mentorship.mentor_id == mentorship.mentor_id)
    )
    lost = (
        select(Submission.id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .where(Enrollment.user_id == mentorship.learner_id, ~still_covered)
    )
    session.execute(
        delete(Claim)
        .where(Claim.mentor_id == mentorship.mentor_id, Claim.submission_id.in_(lost))
        .execution_options(synchronize_session=False)
    )
