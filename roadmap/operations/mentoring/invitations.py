"""Invite somebody to mentor or to be mentored, and resend or withdraw an invitation."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import hash_secret, new_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, invalid, or_not_found
from roadmap.domain.mentoring.invitations import (
    INVITATION_LIFETIME,
    MAX_OPEN_INVITATIONS,
    Invitation,
    InvitationOutcome,
    InvitedAs,
    invitations_by,
)
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.accounts.accounts import normalize_address
from roadmap.operations.accounts.login_attempts import AttemptLimit, add_attempts, check_attempts
from roadmap.operations.locks import lock_names
from roadmap.operations.mails import forget_mail, write_mail
from roadmap.operations.mentoring import mail_texts
from roadmap.operations.mentoring.mentorships import OWN_APPROVAL_MISSING, find_mentorship_between

MAILS_TO_ONE_ADDRESS = 5


def invite(
    session: Session,
    *,
    email: str,
    invited_as: InvitedAs,
    slug: str,
    by: User,
    at: datetime,
    base_url: str,
    approved_only: bool = False,
) -> tuple[Invitation, str]:
    """Offer a mentorship to an address, for one roadmap or, without a slug, for all.

    Returns the invitation and the secret of its link. Raises Invalid, also for a mentor without the approval
    that `approved_only` asks for, or TooMany for the same address.
    """
    if invited_as is InvitedAs.LEARNER and approved_only and not by.is_approved_mentor:
        raise invalid(invited_as=OWN_APPROVAL_MISSING)
    address, roadmap_id = normalize_address(email), _roadmap_id(session, slug, by)
    if address == by.email:
        raise invalid(email="This is your own address. You can’t mentor yourself.")
    lock_names(session, f"invitations by {by.id}", f"invitations to {address}")
    _check_is_new(session, address, invited_as, roadmap_id, by=by, at=at)
    secret = new_secret()
    invitation = Invitation(
        inviter_id=by.id,
        roadmap_id=roadmap_id,
        email=address,
        invited_as=invited_as,
        token_hash=hash_secret(secret),
        created_at=at,
        expires_at=at + INVITATION_LIFETIME,
    )
    _add_once(session, invitation)
    _write(session, invitation, secret, by=by, at=at, base_url=base_url)
    return invitation, secret


def resend_invitation(
    session: Session, public_id: str, *, by: User, at: datetime, base_url: str
) -> tuple[Invitation, str]:
    """Send an invitation again with a new lifetime. Return it with the secret of its new link."""
    own = invitations_by(by).where(Invitation.public_id == public_id)
    # Locked in the order of `invite`, or each could wait for the other: the address, then the row.
    lock_names(session, f"invitations to {session.scalar(own.with_only_columns(Invitation.email))}")
    invitation, secret = _find_own(session, public_id, by), new_secret()
    invitation.token_hash, invitation.expires_at = hash_secret(secret), at + INVITATION_LIFETIME
    forget_mail(session, about=invitation.public_id)
    _write(session, invitation, secret, by=by, at=at, base_url=base_url)
    return invitation, secret


def withdraw_invitation(session: Session, public_id: str, *, by: User, at: datetime) -> None:
    """Withdraw an invitation; raise Conflict when it was answered."""
    invitation = _find_own(session, public_id, by)
    invitation.outcome, invitation.ended_at = InvitationOutcome.WITHDRAWN, at
    forget_mail(session, about=public_id)


def invited_address(session: Session, secret: str, *, at: datetime) -> str | None:
    """Return the address of the open invitation with this secret, or None."""
    of_link = Invitation.token_hash == hash_secret(secret)
    return session.scalar(select(Invitation.email).where(of_link, *_is_open(at)))


def has_open_invitation(session: Session, email: str, *, at: datetime) -> bool:
    """Return whether there is an open invitation to this address."""
    query = select(Invitation.id).where(Invitation.email == email, *_is_open(at)).limit(1)
    return session.scalar(query) is not None


def _is_open(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Invitation.outcome.is_(None), Invitation.expires_at > at)


def _roadmap_id(session: Session, slug: str, by: User) -> int | None:
    if not slug:
        return None
    roadmap = session.scalar(select(Roadmap).where(Roadmap.slug == slug))
    if roadmap is None or not roadmap.is_open_to(by):
        raise invalid(roadmap="Choose a roadmap from the list, or all roadmaps.")
    return roadmap.id


def _check_is_new(
    session: Session, address: str, invited_as: InvitedAs, roadmap_id: int | None, *, by: User, at: datetime
) -> None:
    own = invitations_by(by).where(Invitation.outcome.is_(None))
    same = own.where(
        Invitation.email == address,
        Invitation.invited_as == invited_as,
        Invitation.roadmap_id.is_not_distinct_from(roadmap_id),
    )
    earlier = session.scalar(same)
    if earlier is not None and earlier.is_open(at):
        raise invalid(email="You’ve already invited this address. Resend that invitation instead.")
    if earlier is not None:
        earlier.outcome, earlier.ended_at = InvitationOutcome.WITHDRAWN, at
        session.flush()
    if (session.scalar(select(func.count()).select_from(own.subquery())) or 0) >= MAX_OPEN_INVITATIONS:
        raise invalid(email=f"{MAX_OPEN_INVITATIONS} invitations are unanswered. Withdraw some first.")
    person = session.scalar(select(User).where(User.email == address))
    if person is not None:
        mentor_id, learner_id = (person.id, by.id) if invited_as is InvitedAs.MENTOR else (by.id, person.id)
        if find_mentorship_between(session, mentor_id, learner_id, roadmap_id) is not None:
            raise invalid(email="This mentorship already exists.")


def _add_once(session: Session, invitation: Invitation) -> None:
    try:
        with session.begin_nested():
            session.add(invitation)
    except IntegrityError:
        raise invalid(email="You’ve already invited this address.") from None


def _find_own(session: Session, public_id: str, by: User) -> Invitation:
    query = invitations_by(by).where(Invitation.public_id == public_id)
    invitation = or_not_found(session.scalar(query.with_for_update()), "There is no such invitation.")
    if invitation.outcome is not None:
        raise Conflict("This invitation has since been answered or withdrawn.")
    return invitation


def _write(
    session: Session, invitation: Invitation, secret: str, *, by: User, at: datetime, base_url: str
) -> None:
    # However they are written, nobody gets more invitations by mail than this.
    limits = [AttemptLimit("mail", invitation.email, MAILS_TO_ONE_ADDRESS)]
    add_attempts(session, limits, at=at)
    check_attempts(session, limits, at=at)
    roadmap = session.get(Roadmap, invitation.roadmap_id) if invitation.roadmap_id else None
    text = mail_texts.invitation(
        by.email, invitation.invited_as, roadmap.slug if roadmap else None, f"{base_url}/invitations/{secret}"
    )
    about = invitation.public_id
    write_mail(session, text, to=invitation.email, at=at, lifetime=INVITATION_LIFETIME, about=about)
