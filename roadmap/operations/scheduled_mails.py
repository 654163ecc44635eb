"""Mails that time brings: the daily digest, the nudge to a mentor, the honest word to a learner.

Each is written in one transaction with the mark that it was written, so that a second run writes nothing; and
each in a transaction of its own, so that whoever marks meanwhile waits for one mail and not for all.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

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
