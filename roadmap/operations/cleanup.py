"""Rows that no longer mean anything are deleted: ended sessions, old links, old attempts."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import Attempt, SignIn, Token
from roadmap.operations.accounts.login_attempts import WINDOW
from roadmap.operations.outbox import clear_outbox


def prune(session: Session, *, at: datetime) -> None:
    """Delete what is too old to matter; safe to do at any time and twice."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= at))
    session.execute(delete(Token).where(Token.expires_at <= at))
    session.execute(delete(Attempt).where(Attempt.at <= at - WINDOW))
    clear_outbox(session, at=at)
