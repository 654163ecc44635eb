"""A frozen report stays as it is: it may be withdrawn once, and goes only with its learner's account."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import Erasure
from roadmap.domain.reports.issued import IssuedReport
from tests.support.rows.sample_rows import Filled

WITHDRAW = "UPDATE issued_reports SET withdrawn_at = '2026-03-03 12:00:00+00:00'"
COLUMNS = set(IssuedReport.__table__.columns.keys())


def refused(session: Session, statement: str) -> None:
    with pytest.raises(IntegrityError, match=r"on record|erasure|withdrawn_at"), session.begin_nested():
        session.execute(text(statement))


@pytest.mark.parametrize("column", sorted(COLUMNS - {"withdrawn_at", "is_disclosed"}))
def test_no_column_is_updated(filled: Filled, session: Session, column: str) -> None:
    refused(session, f"UPDATE issued_reports SET {column} = {column}")


def test_it_is_withdrawn_once_and_for_good(filled: Filled, session: Session) -> None:
    session.execute(text(WITHDRAW))
    refused(session, WITHDRAW)
    refused(session, "UPDATE issued_reports SET withdrawn_at = NULL")


def test_what_its_identifier_shows_is_chosen_again_and_again(filled: Filled, session: Session) -> None:
    for chosen in ("true", "false", "true"):
        session.execute(text(f"UPDATE issued_reports SET is_disclosed = {chosen}"))


def test_it_is_not_withdrawn_before_it_was_issued(filled: Filled, session: Session) -> None:
    refused(session, WITHDRAW.replace("2026", "2025"))


def test_none_is_born_withdrawn(filled: Filled, session: Session) -> None:
    own = ("id", "code", "json_hash", "pdf_hash", "withdrawn_at")
    rest = ", ".join(sorted(COLUMNS - set(own)))
    values = "99, 'X', 'y', 'z', issued_at"
    refused(
        session,
        f"INSERT INTO issued_reports ({', '.join(own)}, {rest}) SELECT {values}, {rest} FROM issued_reports",
    )


@pytest.mark.parametrize("table", ["issued_reports", "enrollments"])
def test_it_is_not_deleted(filled: Filled, session: Session, table: str) -> None:
    refused(session, f"DELETE FROM {table}")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_insert_or_replace_does_not_pass(filled: Filled, session: Session) -> None:
    refused(session, "INSERT OR REPLACE INTO issued_reports SELECT * FROM issued_reports")


def test_who_issued_it_is_taken_out_only_when_erased(filled: Filled, session: Session) -> None:
    refused(session, "UPDATE issued_reports SET issuer_id = NULL")
    session.add(Erasure(user_id=filled.lena.id))
    session.flush()
    session.execute(text("UPDATE issued_reports SET issuer_id = NULL"))
    session.execute(text("DELETE FROM issued_reports"))
