"""Changes to a person's own profile, and to the email address of the account."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.sessions import CONFIRMATION_LIFETIME, LinkGone, TokenPurpose
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import invalid
from roadmap.operations.accounts import mail_texts
from roadmap.operations.accounts.accounts import check_name, check_time_zone, conflict_if_email_taken
from roadmap.operations.accounts.audits import record
from roadmap.operations.accounts.tokens import forget_tokens, make_token, use_token
from roadmap.operations.mails import write_mail


def change_profile(
    session: Session, *, by: User, name: str, time_zone: str, letter_keys: bool, wants_digest: bool
) -> None:
    """Save the profile; raise Invalid for a wrong name or time zone."""
    check_name(name)
    check_time_zone(time_zone)
    user = session.get_one(User, by.id)
    user.name, user.time_zone = name, time_zone
    user.letter_keys, user.wants_digest = letter_keys, wants_digest


def mark_news_seen(session: Session, *, by: User, until: datetime) -> None:
    """Note that the person has seen the news up to this moment; an earlier one than noted changes nothing."""
    is_earlier = or_(User.news_seen_at.is_(None), User.news_seen_at < until)
    session.execute(update(User).where(User.id == by.id, is_earlier).values(news_seen_at=until))


def request_email_change(session: Session, email: str, *, by: User, at: datetime, base_url: str) -> None:
    """Mail a link to the new address and a notice to the old one.

    The result does not show whether another account has the new address. Raises Invalid for the current one.
    """
    if email == by.email:
        raise invalid(email="This is already your address.")
    warning = mail_texts.address_will_change(by.name, email, f"{base_url}/settings/password")
    write_mail(session, warning, to=by, at=at)
    known = session.scalar(select(User).where(User.email == email))
    if known is not None:
        write_mail(session, mail_texts.already_registered(known.name, base_url), to=known, at=at)
        return
    secret = make_token(session, TokenPurpose.ADDRESS, at=at, user=by, email=email)
    text = mail_texts.confirm_address(f"{base_url}/address/{secret}")
    write_mail(session, text, to=email, at=at, person=by, lifetime=CONFIRMATION_LIFETIME)


def confirm_address(session: Session, secret: str, *, at: datetime, address: str | None = None) -> None:
    """Set the address that a link was mailed to; raise NotFound for the link, Invalid for a taken address."""
    token = use_token(session, secret, TokenPurpose.ADDRESS, at=at)
    user = session.scalar(select(User).where(User.id == token.user_id, User.disabled_at.is_(None)))
    if user is None or token.email is None:
        raise LinkGone(TokenPurpose.ADDRESS)
    with conflict_if_email_taken(session):
        user.email, user.email_confirmed_at = token.email, at
    # A reset link sent to the old address must no longer work.
    forget_tokens(session, user)
    record(session, AuditKind.ADDRESS_CHANGED, at=at, by=user, subject=user, address=address)
