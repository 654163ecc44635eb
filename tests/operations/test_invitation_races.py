"""Invitations at the same moment: one is made, one is used, one mentorship begins."""

from collections.abc import Callable
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.database import Database
from roadmap.domain.errors import Conflict, Invalid
from roadmap.domain.invitations import Invitation, InvitedAs
from roadmap.domain.users import User
from tests.cast import add_user
from tests.mentoring import accept, invite
from tests.outlines import add_roadmap
from tests.racing import together


def new_people(database: Database) -> tuple[User, User]:
    with database.writing() as session:
        add_roadmap(session)
        people = add_user(session, "Lena"), add_user(session, "Milo")
        session.commit()
    return people


def test_an_invitation_accepted_twice_at_once_is_used_once(real_database: Database) -> None:
    lena, milo = new_people(real_database)
    (secret,) = together(real_database, lambda session: invite(session, lena)[1])
    results = together(real_database, *[lambda session: accept(session, str(secret), milo)] * 2)
    assert sum(isinstance(each, Conflict) for each in results) == 1


def test_two_invitations_accepted_at_once_begin_one_mentorship(
    real_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    lena, milo = new_people(real_database)
    (one,) = together(real_database, lambda session: invite(session, lena)[1])
    (two,) = together(
        real_database, lambda session: invite(session, milo, "lena@example.org", InvitedAs.LEARNER)[1]
    )
    start = Barrier(1 if real_database.is_sqlite else 2)

    def accepting(secret: object, by: User) -> Callable[[Session], object]:
        return lambda session: (start.wait(5), accept(session, str(secret), by).id)[1]

    ids = together(real_database, accepting(one, milo), accepting(two, lena))
    assert ids[0] == ids[1]


def test_the_same_address_invited_twice_at_once_is_invited_once(real_database: Database) -> None:
    lena, _ = new_people(real_database)
    results = together(real_database, *[lambda session: invite(session, lena)[1]] * 4)
    assert sum(isinstance(each, Invalid) for each in results) == 3
    with real_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 1
