"""The demo holds together at any time of the year, also where its last week is as near as it can be."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from roadmap.domain.learning.events import Event
from roadmap.domain.learning.progress import Progress, Verification
from tests.support.filled_demos import enrollment_of, filled_demo

LEAP_DAY = datetime(2028, 2, 29, 0, 5, tzinfo=UTC)
"""A Tuesday just after midnight: the day before begins a week. That of the other tests ends on a Monday."""


@pytest.mark.slow
def test_just_after_midnight_on_a_leap_day_it_holds_together(tmp_path: Path) -> None:
    with filled_demo(tmp_path / "demo.sqlite3", LEAP_DAY) as database, database.reading() as session:
        assert session.scalars(select(func.count()).select_from(Event)).one() > 1000
        of_mei = Progress.enrollment_id == enrollment_of(session, "mei").id
        found = session.scalars(select(Progress.verification).where(of_mei)).all()
        assert Verification.RETURNED in found
