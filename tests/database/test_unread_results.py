"""A result that was not read to its end keeps nothing alive once its session is over."""

import pytest
from sqlalchemy import Result, select

from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from tests.support.cast import add_user
from tests.support.people import add_otto, names


@pytest.fixture
def people(real_database: Database) -> Database:
    with real_database.writing() as session:
        for name in ("Ada", "Bea", "Cleo"):
            add_user(session, name)
        session.commit()
    return real_database


def leave_unread(database: Database) -> Result[tuple[str]]:
    """Read one row of three, and go with the result still at hand, as the traceback of an error has it."""
    with database.reading() as session:
        result = session.connection().execute(select(User.name))
        assert result.fetchone() is not None
    return result


def test_who_gets_the_connection_next_sees_what_was_committed_meanwhile(people: Database) -> None:
    url = people.url.render_as_string(hide_password=False)
    with Database(url, threads=0) as one_connection:
        result = leave_unread(one_connection)
        add_otto(people)
        assert "Otto" in names(one_connection)
    del result


def test_who_gets_the_connection_next_can_write(people: Database) -> None:
    url = people.url.render_as_string(hide_password=False)
    with Database(url, threads=0) as one_connection:
        result = leave_unread(one_connection)
        add_otto(people)
        with one_connection.writing() as session:
            add_user(session, "Mina")
            session.commit()
    assert names(people)[-2:] == ["Otto", "Mina"]
    del result
