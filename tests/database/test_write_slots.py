"""A thread stays free to read while others wait to write."""

import threading
import time

import pytest

from roadmap.db.database import Database, WriteSlots
from roadmap.db.errors import Cause, DatabaseUnavailable
from tests.support.people import add_otto, names


def test_one_more_gives_up_where_nobody_finishes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadmap.db.database.PATIENCE_SECONDS", 0.05)
    slots = WriteSlots(2)
    assert slots.acquire()
    assert slots.acquire()
    assert not slots.acquire()
    started_at = time.monotonic()
    assert not slots.acquire()
    assert time.monotonic() - started_at < 0.04


def test_one_more_waits_for_those_who_finish() -> None:
    slots = WriteSlots(1)
    assert slots.acquire()
    taken: list[bool] = []
    other = threading.Thread(target=lambda: taken.append(slots.acquire()))
    other.start()
    slots.release()
    other.join(5)
    assert taken == [True]


@pytest.mark.parametrize("threads", [1, 2])
def test_writers_who_wait_leave_a_thread_that_reads(
    real_database: Database, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmap.db.database.PATIENCE_SECONDS", 0.05)
    address = real_database.url.render_as_string(hide_password=False)
    with Database(address, threads=threads) as database:
        with database.writing(), pytest.raises(DatabaseUnavailable) as refused:
            add_otto(database)
        assert refused.value.cause is Cause.BUSY
        assert names(database) == []
        add_otto(database)
        assert names(database) == ["Otto"]
