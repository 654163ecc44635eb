"""The stored state of every enrollment is compared with its events."""

import pytest
from sqlalchemy import Update, update

from roadmap.db.database import Database
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.evidence import Evidence
from roadmap.domain.learning.progress import Progress, Status
from roadmap.queries.reports.record_faults import record_faults
from tests.support.learning import Learning
from tests.support.mentoring import mentor_of, submit_as_is, verified


@pytest.fixture
def busy(learning: Learning) -> Learning:
    """Lena with something of each kind on record."""
    milo = mentor_of(learning)
    learning.mark("first", Status.DONE, reason="Because.")
    learning.note("first", "A note.")
    learning.show("first")
    verified(learning, milo)
    learning.mark("second", Status.DONE)
    submit_as_is(learning, "second")
    learning.choose(weekly_hours=9.5)
    learning.session.commit()
    return learning


def faults(database: Database) -> list[str]:
    with database.reading() as session:
        return list(record_faults(session))


def test_what_operations_store_is_what_the_events_say(busy: Learning, database: Database) -> None:
    assert faults(database) == []


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("planted", "named"),
    [
        (update(Enrollment).values(last_number=Enrollment.last_number + 5), "its last event"),
        (update(Enrollment).values(weekly_hours=3.5), "its settings"),
        (update(Evidence).values(revision_id=None), "its evidence"),
        (
            update(Progress).values(status=Status.IN_PROGRESS, verification="none", review_id=None),
            "the progress on its milestones",
        ),
    ],
)
def test_what_differs_is_named(busy: Learning, database: Database, planted: Update, named: str) -> None:
    busy.session.execute(planted.execution_options(synchronize_session=False))
    assert faults(database) == [f"in enrollment {busy.enrollment.public_id}, {named}"]
