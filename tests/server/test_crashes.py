"""An acknowledged mark survives `kill -9`."""

import random
import re
import signal
import sqlite3
import threading
import time
from contextlib import closing
from http.client import HTTPException

from tests.support.command_line import Terminal
from tests.support.fixtures.instances import Instance
from tests.support.pages.http_client import Visitor
from tests.support.replication import until

ROUNDS = 3


class Marker:
    """Marks milestone after milestone until the server is gone; keeps what was acknowledged."""

    def __init__(self, visitor: Visitor, enrollment: str, keys: list[str]) -> None:
        self._visitor = visitor
        self._enrollment = enrollment
        self._marks = [(key, status) for status in ("in_progress", "done", "skipped") for key in keys]
        self.sent = 0
        self.acknowledged: dict[str, str] = {}
        self.uncertain = ""

    def run(self) -> None:
        try:
            while True:
                self._mark()
        except (OSError, HTTPException):
            self.uncertain = self._marks[self.sent % len(self._marks)][0]

    def _mark(self) -> None:
        key, status = self._marks[self.sent % len(self._marks)]
        answer, _ = self._visitor.post(f"{self._enrollment}/milestones/{key}/progress", status=status)
        assert answer == 303
        self.acknowledged[key] = status
        self.sent += 1


def started_learner(instance: Instance) -> tuple[Visitor, str]:
    """Somebody who has just enrolled, and the path of the enrollment."""
    visitor = Visitor(instance.url)
    visitor.register()
    status, place = visitor.post("/roadmaps/ml-engineer/enrollment", weekly_hours="5")
    assert status == 303
    return visitor, re.sub(r"^https?://[^/]+", "", place)


def kill_while_marking(instance: Instance, marker: Marker) -> None:
    """Let it mark for a moment, once at least, and pull the plug."""
    before = marker.sent
    marking = threading.Thread(target=marker.run)
    marking.start()
    until(lambda: marker.sent > before)
    time.sleep(random.uniform(0, 0.4))
    instance.stop(signal.SIGKILL)
    marking.join(30)


def stored_statuses(instance: Instance) -> dict[str, str]:
    query = "SELECT key, status FROM progress JOIN milestones ON milestones.id = milestone_id"
    with closing(sqlite3.connect(instance.data / "roadmap.sqlite3")) as connection:
        return dict(connection.execute(query).fetchall())


def test_a_killed_server_loses_no_acknowledged_mark(instance: Instance) -> None:
    visitor, enrollment = started_learner(instance)
    keys = list(dict.fromkeys(re.findall(r'data-milestone="([^"]+)"', visitor.get(enrollment))))
    marker = Marker(visitor, enrollment, keys)
    for _ in range(ROUNDS):
        kill_while_marking(instance, marker)
        visitor.url = instance.start().url
        stored = stored_statuses(instance)
        marker.acknowledged.pop(marker.uncertain, None)
        assert {key: stored.get(key) for key in marker.acknowledged} == marker.acknowledged
    assert Terminal(instance.data).run("check").exit_code == 0
