"""Links that come by mail: random, bound to one purpose, stored as a hash, used once."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import (
    CONFIRMATION_LIFETIME,
    LINK_GONE,
    RESET_LIFETIME,
    Token,
    TokenPurpose,
    hash_secret,
    new_secret,
)
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound

LIFETIMES: dict[TokenPurpose, timedelta] = {
    TokenPurpose.REGISTRATION: CONFIRMATION_LIFETIME,
    TokenPurpose.PASSWORD: RESET_LIFETIME,
    TokenPurpose.ADDRESS: CONFIRMATION_LIFETIME,
}


def make_token(
    session: Session, purpose: TokenPurpose, *, at: datetime, user: User | None = None, **keeps: str
) -> str:
    """Add a link that keeps these columns until it is used; returns its secret, which is stored nowhere."""
    secret = new_secret()
    session.add(
        Token(
            token_hash=hash_secret(secret),
            purpose=purpose,
            user_id=user.id if user else None,
            created_at=at,
            expires_at=at + LIFETIMES[purpose],
            **keeps,
        )
    )
    return secret


def use_token(session: Session, secret: str, purpose: TokenPurpose, *, at: datetime) -> Token:
    """Take a link out of the world and return what it kept; of two at once one gets NotFound."""
    token = session.scalar(
        select(Token)
        .where(Token.token_hash == hash_secret(secret), Token.purpose == purpose, Token.expires_at > at)
        .with_for_update()
    )
    if token is None:
        raise NotFound(LINK_GONE)
    session.expunge(token)
    session.execute(delete(Token).where(Token.id == token.id))
    return token


def forget_tokens(session: Session, user: User) -> None:
    """Make every link of a person useless."""
    session.execute(delete(Token).where(Token.user_id == user.id))
