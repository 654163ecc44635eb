"""Backups while four learners mark: each is whole, of one moment, and restores to the same."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import pytest
from sqlalchemy import func, select

from roadmap.db import table_copies
from roadmap.db.backups import check_file, restore
from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import Event
from roadmap.domain.learning.progress import Status
from tests.support.backups import back_up, contents, empty_target
from tests.support.cast import add_user
from tests.support.learning import Learning
from tests.support.outlines import add_roadmap, enroll
from tests.support.replication import until

pytestmark = pytest.mark.slow

BACKUPS = 4
WRITERS = 4
MARKS_PER_SECOND = 40


@dataclass
class Writer:
    """One learner who marks the same milestone again and again."""

    database: Database
    person: int
    enrollment: int
    ends: threading.Event
    acknowledged: int = 0
    problems: list[Exception] = field(default_factory=list)

    def run(self) -> None:
        begun = time.monotonic()
        try:
            for status in cycle((Status.IN_PROGRESS, Status.DONE)):
                if self.ends.is_set():
                    return
                self._mark(status)
                self.acknowledged += 1
                ahead = begun + self.acknowledged * WRITERS / MARKS_PER_SECOND - time.monotonic()
                self.ends.wait(max(0.0, ahead))
        except Exception as error:
            self.problems.append(error)
            raise

    def _mark(self, status: Status) -> None:
        with self.database.writing() as session:
            person, enrollment = session.get(User, self.person), session.get(Enrollment, self.enrollment)
            assert person is not None
            assert enrollment is not None
            Learning(session, person, enrollment).mark("first", status)
            session.commit()


@contextmanager
def writing(database: Database) -> Iterator[list[Writer]]:
    """Four learners who mark at the same time."""
    ends = threading.Event()
    with database.writing() as session:
        add_roadmap(session)
        people = [add_user(session, f"Learner {number}") for number in range(WRITERS)]
        writers = [Writer(database, person.id, enroll(session, person).id, ends) for person in people]
        session.commit()
    threads = [threading.Thread(target=writer.run) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield writers
    finally:
        ends.set()
        for thread in threads:
            thread.join(30)


def marks_of(writers: list[Writer]) -> int:
    return sum(writer.acknowledged for writer in writers)


def check_is_of_one_moment(database: Database) -> None:
    """Each enrollment has as many events as it says."""
    with database.reading() as session:
        counted = select(Event.enrollment_id, func.count()).group_by(Event.enrollment_id)
        assert dict(session.execute(counted).all()) == dict(
            session.execute(select(Enrollment.id, Enrollment.last_number)).all()
        )


def test_backups_under_load_are_each_whole_and_restore_to_the_same(
    real_database: Database, tmp_path: Path, postgresql_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_copies, "BATCH", 5)
    files = [tmp_path / f"backup{number}" for number in range(BACKUPS)]
    acknowledged, manifests = [0], []
    with writing(real_database) as writers:
        for file in files:
            until(lambda: marks_of(writers) > acknowledged[-1])
            acknowledged.append(marks_of(writers))
            manifests.append(back_up(real_database, file))
    assert [problem for writer in writers for problem in writer.problems] == []
    # What was acknowledged before a backup began is in it. Each learner's first event is that they enrolled.
    marks = [manifest.rows["events"] - WRITERS for manifest in manifests]
    assert all(before <= number for before, number in zip(acknowledged[1:], marks, strict=True))
    assert [check_file(file) for file in files] == manifests
    for file in files:
        with Database(f"sqlite:///{file}") as backup:
            check_is_of_one_moment(backup)
    for kind in ("sqlite", "postgresql"):
        with empty_target(kind, tmp_path, postgresql_address) as target:
            restore(target, files[-1])
            assert contents(target) == manifests[-1].sha256
            check_is_of_one_moment(target)
