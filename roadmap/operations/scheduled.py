"""What the background thread does from time to time: write mails that are due, and delete old rows."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import delete
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import Attempt, SignIn, Token
from roadmap.operations.accounts.login_attempts import WINDOW
from roadmap.operations.mails import clear_outbox
from roadmap.operations.mentoring.digests import people_due, write_digest
from roadmap.operations.mentoring.nudges import submissions_due, write_nudges


def scheduled_mails(session: Session, *, at: datetime, base_url: str) -> list[Callable[[Session], None]]:
    """What writes each digest, nudge and word of delay that is due and was not written yet.

    This session may only read. Each writes one in the session it is given, after it asked again there
    whether it is due: another process may have written it meanwhile.
    """
    digest = partial(write_digest, at=at, base_url=base_url)
    nudges = partial(write_nudges, at=at, base_url=base_url)
    return [
        *(partial(digest, person_id=each) for each in people_due(session, at)),
        *(partial(nudges, submission_id=each) for each in submissions_due(session, at)),
    ]


def prune(session: Session, *, at: datetime) -> None:
    """Delete what is too old to matter; safe to do at any time and twice."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= at))
    session.execute(delete(Token).where(Token.expires_at <= at))
    session.execute(delete(Attempt).where(Attempt.at <= at - WINDOW))
    clear_outbox(session, at=at)
