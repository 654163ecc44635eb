"""What a mailed link would do; looking does not use it up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import LINK_GONE, Token, TokenPurpose, hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class LinkView:
    """For whom a link is: the account's name and address, or those of the account it would make."""

    name: str
    email: str
    expires_at: datetime


def find_link(session: Session, secret: str, purpose: TokenPurpose, *, at: datetime) -> LinkView:
    """The living link of this purpose; raises NotFound."""
    found = session.execute(
        select(Token, User)
        .outerjoin(User, User.id == Token.user_id)
        .where(Token.token_hash == hash_secret(secret), Token.purpose == purpose, Token.expires_at > at)
    ).first()
    if found is None:
        raise NotFound(LINK_GONE)
    token, user = found
    name = user.name if user else token.name
    return LinkView(name or "", token.email or user.email, token.expires_at)
