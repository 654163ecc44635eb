"""Deleting an account takes everything it owns, and leaves the audit log without its name."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.audits import Audit, AuditKind
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.events import Event
from roadmap.domain.evidence import Evidence
from roadmap.domain.feeds import Feed
from roadmap.domain.mails import Mail
from roadmap.domain.notes import Note, Reason
from roadmap.domain.sessions import SignIn
from roadmap.domain.shares import Share
from roadmap.domain.users import Erasure, User
from roadmap.operations.users import delete_user
from tests.cast import NOON, add_user
from tests.filling import fill


def test_everything_a_person_owns_is_gone(session: Session) -> None:
    lena = fill(session).lena
    delete_user(session, lena, by=lena, at=NOON)
    session.expire_all()
    assert "Lena" not in session.scalars(select(User.name)).all()
    for table in (Enrollment, Event, Note, Reason, Evidence, SignIn, Share, Feed, Erasure):
        assert session.scalars(select(table)).all() == [], table
    assert session.scalars(select(Mail).where(Mail.recipient == "lena@example.org")).all() == []


def test_the_audit_log_keeps_that_it_happened(session: Session) -> None:
    ada, lena = add_user(session, "Ada", is_admin=True), add_user(session, "Lena")
    delete_user(session, lena, by=ada, at=NOON)
    entry = session.scalars(select(Audit).where(Audit.kind == AuditKind.USER_DELETED)).one()
    session.refresh(entry)
    assert (entry.actor_id, entry.subject_id) == (ada.id, None)
