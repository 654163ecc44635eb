"""What is too old to matter is deleted, and nothing else; asking who gets a digest reads little."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import IDLE, Attempt, SignIn, Token, TokenPurpose
from roadmap.domain.errors import SentBefore
from roadmap.operations.accounts.login_attempts import WINDOW, AttemptLimit, add_attempts
from roadmap.operations.accounts.sign_ins import begin_session
from roadmap.operations.accounts.tokens import make_token
from roadmap.operations.locks import FORM_LIFETIME, record_form
from roadmap.operations.mentoring.digests import people_due
from roadmap.operations.scheduled import prune
from tests.support.cast import NOON, add_user
from tests.support.fixtures.databases import SharedDatabase
from tests.support.statements import counted_statements


def test_ended_sessions_old_links_and_old_attempts_go(session: Session) -> None:
    lena = add_user(session)
    begin_session(session, by=lena, at=NOON, is_remembered=False)
    begin_session(session, by=lena, at=NOON, is_remembered=True)
    make_token(session, TokenPurpose.PASSWORD, at=NOON, user=lena)
    make_token(session, TokenPurpose.ADDRESS, at=NOON, user=lena)
    add_attempts(session, [AttemptLimit("account", "lena", 1)], at=NOON)
    prune(session, at=NOON + IDLE)
    assert [row.is_remembered for row in session.scalars(select(SignIn))] == [True]
    assert [row.purpose for row in session.scalars(select(Token))] == [TokenPurpose.ADDRESS]
    assert session.scalars(select(Attempt)).all() == []


def test_what_was_sent_is_remembered_for_a_day(session: Session) -> None:
    record_form(session, "m", at=NOON)
    prune(session, at=NOON + FORM_LIFETIME - timedelta(seconds=1))
    with pytest.raises(SentBefore):
        record_form(session, "m", at=NOON)
    prune(session, at=NOON + FORM_LIFETIME)
    record_form(session, "m", at=NOON)


def test_what_still_counts_stays(session: Session) -> None:
    lena = add_user(session)
    begin_session(session, by=lena, at=NOON, is_remembered=False)
    make_token(session, TokenPurpose.PASSWORD, at=NOON, user=lena)
    add_attempts(session, [AttemptLimit("account", "lena", 1)], at=NOON)
    prune(session, at=NOON + WINDOW - timedelta(seconds=1))
    for table in (SignIn, Token, Attempt):
        assert len(session.scalars(select(table)).all()) == 1


def test_who_is_due_for_a_digest_is_found_without_reading_whole_accounts(database: SharedDatabase) -> None:
    lena = add_user(database.arranging)
    with database.reading() as session, counted_statements(database) as statements:
        assert people_due(session, NOON + timedelta(days=1)) == [lena.id]
    assert len(statements) == 1
    assert "password_hash" not in statements[0]
