"""Single-use links sent by mail: random, valid for one purpose, stored as a hash."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import (
    CONFIRMATION_LIFETIME,
    RESET_LIFETIME,
    LinkGone,
    Token,
    TokenPurpose,
    hash_secret,
    new_secret,
)
from roadmap.domain.accounts.users import User

LIFETIMES: dict[TokenPurpose, timedelta] = {
    TokenPurpose.REGISTRATION: CONFIRMATION_LIFETIME,
    TokenPurpose.PASSWORD: RESET_LIFETIME,
    TokenPurpose.ADDRESS: CONFIRMATION_LIFETIME,
}


def make_token(
    session: Session, purpose: TokenPurpose, *, at: datetime, user: User | None = None, **columns: str
) -> str:
    """Add a token with these columns; return its secret, of which only a hash is stored."""
    secret = new_secret()
    session.add(
        Token(
            token_hash=hash_secret(secret),
            purpose=purpose,
            user_id=user.id if user else None,
            created_at=at,
            expires_at=at + LIFETIMES[purpose],
            **columns,
        )
    )
    return secret


def use_token(session: Session, secret: str, purpose: TokenPurpose, *, at: datetime) -> Token:
    """Delete a token and return it; raise NotFound when it has expired or was used."""
    # The account is locked before its links, as everywhere.
    of_link = select(User.id).join(Token, Token.user_id == User.id)
    session.execute(of_link.where(Token.token_hash == hash_secret(secret)).with_for_update(of=User))
    valid = (Token.token_hash == hash_secret(secret), Token.purpose == purpose, Token.expires_at > at)
    token = session.scalar(select(Token).where(*valid).with_for_update())
    if token is None:
        raise LinkGone(purpose)
    session.expunge(token)
    session.execute(delete(Token).where(Token.id == token.id))
    return token


def forget_tokens(session: Session, user: User) -> None:
    """Delete all tokens of a person."""
    session.execute(delete(Token).where(Token.user_id == user.id))
