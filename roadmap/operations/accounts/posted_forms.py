"""One effect of a form that is sent twice: by a double click, or again after its answer was lost."""

from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import PostedForm
from roadmap.domain.errors import SentBefore

KEPT_FOR = timedelta(days=1)
_AT_ONCE = timedelta(seconds=10)


def record_form(session: Session, mark: str, *, at: datetime) -> None:
    """Record that a form was sent; raise SentBefore if it was already.

    Call it in the transaction of what the form does: of two at once, the second waits for the first here.
    """
    try:
        with session.begin_nested():
            session.execute(insert(PostedForm).values(mark=mark, posted_at=at))
    except IntegrityError:
        first = session.get_one(PostedForm, mark)
        raise SentBefore(
            "This form was already sent. Nothing was added twice.", at - first.posted_at < _AT_ONCE
        ) from None
