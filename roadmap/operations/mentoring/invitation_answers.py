"""Accept or decline an invitation, as the person invited."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, ForbiddenReason, or_not_found
from roadmap.domain.mentoring.invitations import Invitation, InvitationOutcome, InvitedAs
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.operations.mails import forget_mail
from roadmap.operations.mentoring.mentorships import check_may_mentor, start_mentorship


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
