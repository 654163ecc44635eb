"""The stage: scripts that say when they go on, played in the order of time by a clock of their own."""

from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from heapq import heappop, heappush

Script = Generator[datetime, None, None]
MINUTE = timedelta(minutes=1)


class Stage:
    """Plays scripts from a moment to another; what would come later is never done."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self.now = since
        self.until = until
        self._queue: list[tuple[datetime, int, Script]] = []
        self._count = 0

    def add(self, script: Script) -> None:
        """Take in a script, also while others play; it goes on no earlier than now."""
        moment = next(script, None)
        if moment is not None and moment < self.until:
            self._count += 1
            heappush(self._queue, (max(moment, self.now), self._count, script))

    def in_minutes(self, minutes: float) -> datetime:
        """The moment so many minutes from now."""
        return self.now + minutes * MINUTE

    def play(self, tell: Callable[[datetime], object]) -> None:
        """Play everything, the earliest first; `tell` hears of each moment."""
        while self._queue:
            self.now, _, script = heappop(self._queue)
            tell(self.now)
            self.add(script)
