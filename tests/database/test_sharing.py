"""The database fixtures keep their promises."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from tests.support.cast import add_user
from tests.support.fixtures.databases import SharedDatabase
from tests.support.statements import counted_statements


def test_work_without_a_commit_is_lost(database: SharedDatabase, session: Session) -> None:
    with database.writing() as request:
        add_user(request, "Otto")
    assert session.scalars(select(User)).all() == []


def test_committed_work_is_there_for_the_test(database: SharedDatabase, session: Session) -> None:
    with database.writing() as request:
        add_user(request, "Otto")
        request.commit()
    assert [each.name for each in session.scalars(select(User))] == ["Otto"]


def test_what_the_test_arranged_is_there_for_a_request(database: SharedDatabase, session: Session) -> None:
    add_user(session, "Lena")
    with database.reading() as request:
        assert [each.name for each in request.scalars(select(User))] == ["Lena"]


def test_a_change_by_a_request_shows_on_the_arranged_object(
    database: SharedDatabase, session: Session
) -> None:
    lena = add_user(session, "Lena")
    with database.writing() as request:
        request.scalars(select(User)).one().name = "Lena Maria"
        request.commit()
    assert lena.name == "Lena Maria"


def test_only_statements_of_requests_are_counted(database: SharedDatabase, session: Session) -> None:
    lena = add_user(session, "Lena")
    with counted_statements(database) as statements, database.reading() as request:
        request.scalars(select(User)).one()
        assert lena.name == "Lena"
    assert len(statements) == 1
