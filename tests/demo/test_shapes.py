"""A demo has the same shape each time, and holds together at any time of the year."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.events import Event
from roadmap.domain.learning.progress import Progress, Verification
from tests.support.filled_demos import enrollment_of, filled_demo


def history(database: Database) -> list[tuple[object, ...]]:
    """Who did what, and when."""
    columns = (Event.enrollment_id, Event.number, Event.kind, Event.status, Event.verification)
    query = select(User.email, *columns, Event.recorded_at).join(User, User.id == Event.actor_id)
    with database.reading() as session:
        return [tuple(row) for row in session.execute(query.order_by(Event.enrollment_id, Event.number))]


def test_the_same_moment_has_the_same_history(demo: Database, tmp_path: Path) -> None:
    with filled_demo(tmp_path / "again.sqlite3") as again:
        assert history(again) == history(demo)


DAYS = {
    "just after midnight on a leap day": datetime(2028, 2, 29, 0, 5, tzinfo=UTC),
    "at New Year, a Monday": datetime(2029, 1, 1, 0, 5, tzinfo=UTC),
    "in the small hours of a Thursday": datetime(2026, 11, 26, 3, 20, tzinfo=UTC),
}


@pytest.mark.slow
@pytest.mark.parametrize("at", DAYS.values(), ids=DAYS)
def test_it_holds_together_and_something_came_back_to_mei_whatever_the_day(
    at: datetime, tmp_path: Path
) -> None:
    with filled_demo(tmp_path / "demo.sqlite3", at) as database:
        assert len(history(database)) > 1000
        with database.reading() as session:
            of_mei = Progress.enrollment_id == enrollment_of(session, "mei").id
            found = session.scalars(select(Progress.verification).where(of_mei)).all()
        assert Verification.RETURNED in found
