"""A database server that is lost costs answers, and no acknowledged mark; the standby goes on."""

import re
import threading
import time
from collections.abc import Callable
from http.client import HTTPException

import pytest

from tests.support.fixtures.instances import Instance
from tests.support.pages.http_client import Visitor
from tests.support.replication import replicated_postgresql, until

pytestmark = pytest.mark.slow


class Marker:
    """Marks one milestone after the other until told to end, and keeps what was acknowledged."""

    def __init__(self, visitor: Visitor, path: str, keys: list[str]) -> None:
        self._visitor, self._path, self._keys = visitor, path, keys
        self.ends = threading.Event()
        self.acknowledged: dict[str, str] = {}
        self.answers: list[int] = []

    def run(self) -> None:
        number = 0
        while not self.ends.is_set():
            key, status = self._keys[number % len(self._keys)], ("in_progress", "done")[number % 2]
            number += 1
            try:
                answer, _ = self._visitor.post(f"{self._path}/milestones/{key}/progress", status=status)
            except (OSError, HTTPException) as error:
                self.answers.append(0)
                raise AssertionError("the server itself must stay") from error
            self.answers.append(answer)
            if answer == 303:
                self.acknowledged[key] = status
            else:
                # What it became is not known.
                self.acknowledged.pop(key, None)
                time.sleep(0.05)


def test_a_lost_primary_loses_no_acknowledged_mark(new_instance: Callable[..., Instance]) -> None:
    with replicated_postgresql() as pair:
        instance = new_instance(ROADMAP_DATABASE_URL=pair.address).start()
        visitor = Visitor(instance.url)
        visitor.register()
        _, place = visitor.post("/roadmaps/ml-engineer/enrollment", weekly_hours="5")
        path = re.sub(r"^https?://[^/]+", "", place)
        keys = re.findall(r'data-milestone="([^"]+)"', visitor.get(path))[:15]
        marker = Marker(visitor, path, keys)
        marking = threading.Thread(target=marker.run)
        marking.start()
        until(lambda: len(marker.answers) > 40)
        pair.primary.stop()
        until(lambda: marker.answers[-1] == 503)
        before = len(marker.answers)
        pair.promote()
        until(lambda: marker.answers[before:].count(303) > 20)
        marker.ends.set()
        marking.join(30)
        assert set(marker.answers) == {303, 503}
        page = visitor.get(path)
        for key, status in marker.acknowledged.items():
            assert re.search(rf'data-milestone="{key}"[^>]*data-status="{status}"', page), key
        assert instance.process is not None
        assert instance.process.poll() is None
        instance.stop()
