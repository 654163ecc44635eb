"""An account is deleted while others change what belongs to it: nobody waits for each other in a circle."""

from collections.abc import Callable
from threading import Event
from time import sleep

import pytest
from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.sessions import SignIn, Token, TokenPurpose
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.invitations import Invitation
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.submissions import Claim
from roadmap.domain.reports.issued import IssuedReport
from roadmap.domain.reports.links import Feed, Share
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.accounts.audits import record
from roadmap.operations.accounts.passwords import reset_password
from roadmap.operations.accounts.sign_ins import begin_session, end_session
from roadmap.operations.accounts.tokens import make_token
from roadmap.operations.accounts.users import delete_user
from roadmap.operations.mentoring.reviews import Answer, Outcome, claim_submission, review_submission
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import BASE_URL, mentor_of, submit
from tests.support.outlines import add_roadmap, enroll
from tests.support.racing import Act, together
from tests.support.rows.sample_rows import fill

LONG_ENOUGH = 0.3
"""Seconds after which the other has come to its lock."""
OWNED = [Invitation, Mentorship, Enrollment, Claim, Share, Feed, IssuedReport, Roadmap]


def one_by_one(first: Act, then: Act, has_begun: Event) -> Act:
    def act(session: Session) -> object:
        first(session)
        has_begun.set()
        sleep(LONG_ENOUGH)
        return then(session)

    return act


def after(has_begun: Event, act: Act) -> Act:
    def later(session: Session) -> object:
        has_begun.wait(5)
        return act(session)

    return later


def deletion_of(person: User) -> Act:
    return lambda session: delete_user(session, session.get_one(User, person.id), by=None, at=NOON)


# SQLite locks no rows: whoever writes has the whole database.
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", OWNED, ids=lambda table: table.__tablename__)
def test_what_is_locked_before_its_account_is_deleted_in_that_order(
    real_database: Database, table: type
) -> None:
    with real_database.writing() as session:
        rows = fill(session)
        people = session.scalars(select(User)).all()
        owner = next(person for person in people if owned_by(session, table, person))
        assert rows
        session.commit()

    def lock(session: Session) -> None:
        session.execute(rows_of(table, owner).with_for_update(of=table))

    def refer(session: Session) -> None:
        record(session, AuditKind.SIGNED_IN, at=NOON, by=None, subject=session.get_one(User, owner.id))
        session.flush()

    begun = Event()
    together(real_database, one_by_one(lock, refer, begun), after(begun, deletion_of(owner)))
    with real_database.reading() as session:
        assert session.get(User, owner.id) is None


def rows_of(table: type, person: User) -> Select:
    query = select(table)
    match table:
        case _ if table is Invitation:
            return query.where(Invitation.inviter_id == person.id)
        case _ if table in {Mentorship, Claim}:
            return query.where(table.mentor_id == person.id)
        case _ if table is Roadmap:
            return query.where(Roadmap.author_id == person.id)
        case _ if table is Enrollment:
            return query.where(Enrollment.user_id == person.id)
    return query.join(Enrollment, Enrollment.id == table.enrollment_id).where(Enrollment.user_id == person.id)


def owned_by(session: Session, table: type, person: User) -> bool:
    return session.scalar(rows_of(table, person).limit(1)) is not None


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ["session", "link"])
def test_an_account_is_locked_before_its_sessions_and_links(real_database: Database, kind: str) -> None:
    with real_database.writing() as session:
        lena = add_user(session, "Lena")
        begin_session(session, by=lena, at=NOON, is_remembered=False)
        secret = make_token(session, TokenPurpose.PASSWORD, at=NOON, user=lena)
        session.flush()
        number = session.scalars(select(SignIn.id)).one()
        session.commit()

    def lock_account(session: Session) -> None:
        session.execute(select(User.id).where(User.id == lena.id).with_for_update())

    def end_all(session: Session) -> None:
        session.execute(delete(SignIn))
        session.execute(delete(Token))

    acts: dict[str, Callable[[Session], object]] = {
        "session": lambda session: end_session(session, number, by=lena, at=NOON),
        "link": lambda session: reset_password(session, secret, "hash", at=NOON, base_url=BASE_URL),
    }
    begun = Event()
    ended, refused = together(
        real_database, one_by_one(lock_account, end_all, begun), after(begun, acts[kind])
    )
    assert ended is None
    assert isinstance(refused, NotFound)


@pytest.mark.both_databases
@pytest.mark.parametrize("who", ["learner", "mentor"])
@pytest.mark.parametrize("what", ["claim", "review"])
def test_who_answers_an_account_on_its_way_out_is_told_that_it_is_not_there(
    real_database: Database, who: str, what: str
) -> None:
    with real_database.writing() as session:
        add_roadmap(session)
        learner = add_user(session, "Lena")
        learning = Learning(session, learner, enroll(session, learner))
        mentor = mentor_of(learning, "Milo")
        work = submit(learning).public_id
        session.commit()

    def answer(session: Session) -> object:
        if what == "claim":
            return claim_submission(session, work, by=mentor, at=NOON)
        return review_submission(session, work, Answer(Outcome.VERIFIED, "Fine."), by=mentor, at=NOON)

    begun = Event()
    goes = deletion_of(learner if who == "learner" else mentor)
    _, refused = together(real_database, one_by_one(goes, lambda _: None, begun), after(begun, answer))
    assert isinstance(refused, NotFound)
