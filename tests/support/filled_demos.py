"""Demos in files of their own, and what is read from them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.clock import now
from roadmap.db.database import Database
from roadmap.db.migrations import upgrade
from roadmap.demo.entries import read_cast
from roadmap.demo.player import fill_demo
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import Event
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.passwords import Passwords
from tests.support.cast import KEY

# A Monday evening, so that the last week of the data is as far away as it can be. No zone of the cast is at
# the same hour, and summer time ended within the months. It is past, so that who asks the clock is noticed.
BUILT_IN, TEAM = "ml-engineer", "first-weeks"
AT = datetime(2024, 1, 1, 18, 30, tzinfo=UTC)


@contextmanager
def filled_demo(path: Path, at: datetime = AT, *, password_hash: str = "!") -> Iterator[Database]:
    """A demo in a new file that ends at this moment; nobody can sign in to it unless there is a hash."""
    with Database(f"sqlite:///{path}") as database:
        upgrade(database)
        fill_demo(
            database,
            at=at,
            password_hash=password_hash,
            base_url="http://localhost",
            name="the demo",
            key=KEY,
        )
        yield database


def write_demo(path: Path) -> None:
    """The demo of most tests, which only look at it."""
    with filled_demo(path):
        pass


def write_demo_of_today(path: Path) -> None:
    """A demo that ends now, with the password that the people of the demo have."""
    with filled_demo(path, now(), password_hash=Passwords("cheap").hash(read_cast().password)):
        pass


def enrollments(session: Session) -> list[Enrollment]:
    found = list(session.scalars(select(Enrollment).order_by(Enrollment.id)))
    assert len(found) >= 12
    return found


def enrollment_of(session: Session, handle: str, slug: str = BUILT_IN) -> Enrollment:
    """The enrollment of one of the cast."""
    query = (
        select(Enrollment)
        .join(User, User.id == Enrollment.user_id)
        .join(Roadmap, Roadmap.id == Enrollment.roadmap_id)
    )
    of_person = User.email == f"{handle}@example.org"
    return session.scalars(query.where(of_person, Roadmap.slug == slug)).one()


def events_of(session: Session, enrollment: Enrollment) -> list[Event]:
    query = select(Event).where(Event.enrollment_id == enrollment.id)
    return list(session.scalars(query.order_by(Event.number)))
