"""Events and audits are append-only; only the erasure of an account removes or loosens them."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.users import Erasure
from roadmap.domain.learning.events import Event
from tests.support.cast import NOON, add_user
from tests.support.rows.sample_rows import Filled, count_rows

OWN = {"enrollments", "notes", "reasons", "evidence", "evidence_revisions", "progress", "events", "feeds"}
OWN |= {"submissions", "submission_evidence", "reviews", "claims", "mentorships", "invitations", "shares"}
OWN |= {"sessions", "tokens", "mails", "issued_reports"}


def refused(session: Session, statement: str) -> None:
    with pytest.raises(IntegrityError, match=r"recorded|erasure"), session.begin_nested():
        session.execute(text(statement))


def count(session: Session, table: str) -> int:
    return count_rows(session)[table]


@pytest.mark.parametrize("column", Event.__table__.columns.keys())
def test_no_column_of_an_event_is_updated(filled: Filled, session: Session, column: str) -> None:
    refused(session, f"UPDATE events SET {column} = {column}")


@pytest.mark.parametrize("column", Audit.__table__.columns.keys())
def test_no_column_of_an_audit_is_updated(filled: Filled, session: Session, column: str) -> None:
    refused(session, f"UPDATE audits SET {column} = {column}")


@pytest.mark.parametrize("table", ["events", "audits"])
def test_no_record_is_deleted(filled: Filled, session: Session, table: str) -> None:
    refused(session, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["enrollments", "users"])
def test_no_record_goes_with_its_owner_unless_the_owner_is_erased(
    filled: Filled, session: Session, table: str
) -> None:
    refused(session, f"DELETE FROM {table}")


@pytest.mark.parametrize("column", ["id", "user_id"])
def test_an_enrollment_does_not_change_hands(filled: Filled, session: Session, column: str) -> None:
    refused(session, f"UPDATE enrollments SET {column} = {column} + 1")


@pytest.mark.parametrize(
    ("table", "column"), [("events", "actor_id"), ("audits", "actor_id"), ("audits", "subject_id")]
)
def test_nobody_is_taken_out_of_a_record(filled: Filled, session: Session, table: str, column: str) -> None:
    refused(session, f"UPDATE {table} SET {column} = NULL")


@pytest.mark.parametrize(
    ("table", "column"), [("events", "actor_id"), ("audits", "actor_id"), ("audits", "subject_id")]
)
def test_who_is_being_erased_is_taken_out_of_a_record(
    filled: Filled, session: Session, table: str, column: str
) -> None:
    session.add(Erasure(user_id=filled.lena.id))
    session.flush()
    session.execute(text(f"UPDATE {table} SET {column} = NULL"))
    assert session.scalars(text(f"SELECT {column} FROM {table}")).first() is None


def test_nobody_else_is_written_into_a_record(filled: Filled, session: Session) -> None:
    otto = add_user(session, "Otto")
    session.add(Erasure(user_id=filled.lena.id))
    session.flush()
    refused(session, f"UPDATE events SET actor_id = {otto.id}")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", ["events", "audits", "enrollments", "users"])
def test_insert_or_replace_does_not_pass(filled: Filled, session: Session, table: str) -> None:
    refused(session, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_update_or_replace_does_not_pass(filled: Filled, session: Session) -> None:
    refused(session, "UPDATE OR REPLACE audits SET id = id + 1")


def test_an_upsert_does_not_pass(filled: Filled, session: Session) -> None:
    refused(
        session,
        "INSERT INTO audits SELECT * FROM audits WHERE 1 = 1 ON CONFLICT (id) DO UPDATE SET kind = 'x'",
    )


def test_events_of_an_account_being_erased_can_be_deleted(filled: Filled, session: Session) -> None:
    session.add(Erasure(user_id=filled.lena.id))
    session.flush()
    session.execute(text("DELETE FROM events"))
    assert count(session, "events") == 0


def test_the_erasure_of_one_opens_nothing_of_another(filled: Filled, session: Session) -> None:
    session.add(Erasure(user_id=add_user(session, "Otto").id))
    session.flush()
    refused(session, "DELETE FROM events")
    refused(session, "UPDATE events SET actor_id = NULL")
    refused(session, f"DELETE FROM users WHERE id = {filled.lena.id}")


def test_an_erased_account_leaves_only_records_without_a_name(filled: Filled, session: Session) -> None:
    session.add(Audit(at=NOON, kind=AuditKind.REGISTERED, actor_id=None, subject_id=filled.lena.id))
    session.add(Erasure(user_id=filled.lena.id))
    session.flush()
    session.execute(text(f"DELETE FROM users WHERE id = {filled.lena.id}"))
    counts = count_rows(session)
    assert {each for each in OWN if counts[each]} == set()
    assert counts["audits"] == 2
    assert counts["erasures"] == 0
    assert (
        session.scalars(
            text("SELECT count(*) FROM audits WHERE actor_id IS NOT NULL OR subject_id IS NOT NULL")
        ).one()
        == 0
    )


def test_somebody_who_acted_for_another_can_be_erased(filled: Filled, session: Session) -> None:
    mila = add_user(session, "Mila")
    values = f"{filled.enrollment.id}, 3, 3, 'settings_set', {mila.id}, '2026-03-02', '2026-03-02'"
    columns = "enrollment_id, number, change, kind, actor_id, recorded_at, recorded_on"
    session.execute(text(f"INSERT INTO events ({columns}) VALUES ({values})"))
    session.add(Erasure(user_id=mila.id))
    session.flush()
    session.execute(text(f"DELETE FROM users WHERE id = {mila.id}"))
    assert session.scalars(text("SELECT actor_id FROM events WHERE number = 3")).one() is None
