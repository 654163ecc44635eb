"""Invitations at the same moment: one is made, one is used, one mentorship begins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Invalid, TooMany
from roadmap.domain.mentoring.invitations import Invitation, InvitedAs
from roadmap.operations.locks import lock_names
from tests.support.mentoring import accept, invite, resend
from tests.support.racing import newcomers, together


def test_an_invitation_accepted_twice_at_once_is_used_once(real_database: Database) -> None:
    lena, milo = newcomers(real_database, "Lena", "Milo")
    (secret,) = together(real_database, lambda session: invite(session, lena)[1])
    results = together(real_database, *[lambda session: accept(session, str(secret), milo)] * 2)
    assert sum(isinstance(each, Conflict) for each in results) == 1


def test_two_invitations_accepted_at_once_begin_one_mentorship(
    real_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    lena, milo = newcomers(real_database, "Lena", "Milo")
    (one,) = together(real_database, lambda session: invite(session, lena)[1])
    (two,) = together(
        real_database, lambda session: invite(session, milo, "lena@example.org", InvitedAs.LEARNER)[1]
    )
    start = Barrier(1 if real_database.is_sqlite else 2)

    def accepting(secret: object, by: User) -> Callable[[Session], object]:
        return lambda session: (start.wait(5), accept(session, str(secret), by).id)[1]

    ids = together(real_database, accepting(one, milo), accepting(two, lena))
    assert ids[0] == ids[1]


def invite_behind(database: Database, first: User, second: User, address: str) -> object:
    """What the second invitation returns, or its refusal, while the transaction of the first is open."""
    with ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            invite(session, first, "first@example.org" if first is second else address)
            later = pool.submit(together, database, lambda own: invite(own, second, address)[1])
            wait([later], timeout=0.3)  # it counts now, unless it waits for the first
            session.commit()
        return later.result()[0]


def test_two_invitations_at_once_stay_within_the_limit_of_open_ones(
    real_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmap.operations.mentoring.invitations.MAX_OPEN_INVITATIONS", 1)
    (lena,) = newcomers(real_database, "Lena")
    assert isinstance(invite_behind(real_database, lena, lena, "second@example.org"), Invalid)


def test_two_people_at_once_stay_within_the_mails_to_one_address(
    real_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmap.operations.mentoring.invitations.MAILS_TO_ONE_ADDRESS", 1)
    lena, milo = newcomers(real_database, "Lena", "Milo")
    assert isinstance(invite_behind(real_database, lena, milo, "otto@example.org"), TooMany)


def test_the_same_address_invited_twice_at_once_is_invited_once(real_database: Database) -> None:
    lena, _ = newcomers(real_database, "Lena", "Milo")
    results = together(real_database, *[lambda session: invite(session, lena)[1]] * 4)
    assert sum(isinstance(each, Invalid) for each in results) == 3
    with real_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 1


def test_resending_waits_for_the_address_before_it_locks_the_invitation(real_database: Database) -> None:
    (lena,) = newcomers(real_database, "Lena")
    ((invitation, _),) = together(real_database, lambda session: invite(session, lena))
    with ThreadPoolExecutor(1) as pool:
        with real_database.writing() as session:
            lock_names(session, f"invitations to {invitation.email}")
            later = pool.submit(together, real_database, lambda own: resend(own, invitation, lena))
            wait([later], timeout=0.3)
            row = select(Invitation.id).where(Invitation.id == invitation.id)
            assert session.scalar(row.with_for_update(nowait=True)) == invitation.id
            session.commit()
        assert isinstance(later.result()[0], str)
