"""Registration with mail: the account is created only when the address is confirmed."""

from datetime import datetime
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import CONFIRMATION_LIFETIME, TokenPurpose, new_secret
from roadmap.domain.accounts.users import User
from roadmap.operations.accounts import mail_texts
from roadmap.operations.accounts.accounts import create_account
from roadmap.operations.accounts.tokens import make_token, use_token
from roadmap.operations.mails import write_mail


def request_registration(
    session: Session,
    *,
    email: str,
    name: str,
    password_hash: str,
    time_zone: str,
    at: datetime,
    base_url: str,
    invitation: str = "",
) -> str:
    """Mail a link to a new address, or a notice to a known one; the result does not show which.

    With the secret of an `invitation`, the link continues to that invitation. Returns the secret of the link,
    and for a known address one that opens nothing.
    """
    known = session.scalar(select(User).where(User.email == email))
    if known is not None:
        write_mail(session, mail_texts.already_registered(known.name, base_url), to=known, at=at)
        return new_secret()
    secret = make_token(
        session,
        TokenPurpose.REGISTRATION,
        at=at,
        email=email,
        name=name,
        password_hash=password_hash,
        time_zone=time_zone,
    )
    query = f"?invitation={quote(invitation)}" if invitation else ""
    text = mail_texts.confirm_registration(f"{base_url}/register/{secret}{query}")
    write_mail(session, text, to=email, at=at, lifetime=CONFIRMATION_LIFETIME)
    return secret


def confirm_registration(
    session: Session,
    secret: str,
    *,
    is_open: bool,
    at: datetime,
    password_hash: str | None = None,
    address: str | None = None,
) -> User:
    """Create the account of a mailed link, which confirms its address; raise NotFound if the link is gone.

    With a `password_hash`, it replaces that of the request, which may be a stranger's.
    """
    token = use_token(session, secret, TokenPurpose.REGISTRATION, at=at)
    user = create_account(
        session,
        email=token.email or "",
        name=token.name or "",
        password_hash=password_hash or token.password_hash or "",
        time_zone=token.time_zone or "UTC",
        is_open=is_open,
        at=at,
        address=address,
    )
    user.email_confirmed_at = at
    return user
