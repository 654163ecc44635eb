"""Deleting an account takes everything it owns, and leaves the audit log without its name."""

from sqlalchemy import Table, inspect, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.sessions import SignIn
from roadmap.domain.accounts.users import Erasure, User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import Event
from roadmap.domain.learning.evidence import Evidence
from roadmap.domain.learning.progress import Note, Reason
from roadmap.domain.models import METADATA
from roadmap.domain.reports.links import Feed, Share
from roadmap.operations.accounts.account_deletion import indexed_text_references
from roadmap.operations.accounts.users import delete_user
from tests.support.cast import NOON, add_user
from tests.support.rows.sample_rows import Filled


def test_everything_a_person_owns_is_gone(filled: Filled, session: Session) -> None:
    lena = filled.lena
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


def tables_that_go() -> set[str]:
    """The tables that lose rows when an account goes, by cascade."""
    gone, more = set[str](), {"users"}
    while more - gone:
        gone |= more
        more = {
            table.name
            for table in METADATA.sorted_tables
            for key in table.foreign_keys
            if key.ondelete == "CASCADE" and key.column.table.name in gone
        }
    return gone


def is_found_by(session: Session, table: Table, column: str) -> bool:
    inspector = inspect(session.connection())
    indexes = [each["column_names"] for each in inspector.get_indexes(table.name)]
    unique = [each["column_names"] for each in inspector.get_unique_constraints(table.name)]
    firsts = [each[0] for each in (*indexes, *unique, [*table.primary_key.columns.keys()]) if each]
    return column in firsts


def test_an_erasure_never_looks_through_whole_tables(session: Session) -> None:
    gone = tables_that_go()
    with indexed_text_references(session):
        slow = [
            (table.name, key.parent.name)
            for table in METADATA.sorted_tables
            for key in table.foreign_keys
            if key.column.table.name in gone and not is_found_by(session, table, key.parent.name)
        ]
    assert {"events", "reviews", "evidence_revisions"} <= gone
    assert slow == []


def test_the_indexes_of_an_erasure_go_with_it(filled: Filled, session: Session) -> None:
    lena = filled.lena
    delete_user(session, lena, by=lena, at=NOON)
    inspector = inspect(session.connection())
    names = [each["name"] for table in METADATA.tables for each in inspector.get_indexes(table)]
    assert names
    assert not [name for name in names if "erasing" in str(name)]
