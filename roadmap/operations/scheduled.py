"""Periodic work: write digests and nudges that are due, and delete old rows.

Each mail is written in a transaction of its own, together with the mark that it was written, so that a second
run writes nothing and requests wait for one mail at most.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import delete
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import Attempt, PostedForm, SignIn, Token
from roadmap.operations.accounts.login_attempts import WINDOW
from roadmap.operations.locks import FORM_LIFETIME
from roadmap.operations.mails import clear_outbox
from roadmap.operations.mentoring.digests import people_due, write_digest
from roadmap.operations.mentoring.nudges import submissions_due, write_nudges


def scheduled_mails(session: Session, *, at: datetime, base_url: str) -> list[Callable[[Session], None]]:
    """Return a function for each digest and nudge that is due; called with a session, it writes the mail.

    The function checks again whether the mail is due, because another process may have written it. `session`
    is only read.
    """
    digest = partial(write_digest, at=at, base_url=base_url)
    nudges = partial(write_nudges, at=at, base_url=base_url)
    return [
        *(partial(digest, person_id=person_id) for person_id in people_due(session, at)),
        *(partial(nudges, submission_id=submission_id) for submission_id in submissions_due(session, at)),
    ]


def prune(session: Session, *, at: datetime) -> None:
    """Delete expired sessions, tokens, attempts and mails; safe at any time and more than once."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= at))
    session.execute(delete(Token).where(Token.expires_at <= at))
    session.execute(delete(Attempt).where(Attempt.at <= at - WINDOW))
    session.execute(delete(PostedForm).where(PostedForm.posted_at <= at - FORM_LIFETIME))
    clear_outbox(session, at=at)
