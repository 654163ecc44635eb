"""The only kind of cache: bounded, thread-safe, with a version for each value."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

EDITIONS = 64
ENROLLMENTS = 512

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Cache(Generic[Key, Value]):
    """Has the `size` most recently used values, each with the version it was made for.

    A value that never changes has None as its version. Threads share values, so nothing may change them.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._entries: OrderedDict[Key, tuple[object, Value]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key, version: object, make: Callable[[], Value]) -> Value:
        """The value of this version; where there is none, `make` returns it and it is stored."""
        entry = self.find(key)
        if entry is not None and entry[0] == version:
            return entry[1]
        # Outside the lock: two threads may both make it, and either result is good.
        value = make()
        self.put(key, version, value)
        return value

    def find(self, key: Key) -> tuple[object, Value] | None:
        """The version and the value under a key, or None."""
        with self._lock:
            # Each look-up hashes the key anew, and that of a rendered part is long.
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: Key, version: object, value: Value) -> None:
        """Store a value in place of the one before; the least recently used value is evicted."""
        with self._lock:
            self._entries[key] = (version, value)
            self._entries.move_to_end(key)
            if len(self._entries) > self.size:
                self._entries.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()


class StagedCache(Cache[Key, Value]):
    """A writing transaction's view of a shared cache: its own values are published after the commit."""

    def __init__(self, shared: Cache[Key, Value]) -> None:
        super().__init__(shared.size)
        self._shared = shared

    def find(self, key: Key) -> tuple[object, Value] | None:
        """The transaction's own value, or else the shared one."""
        return super().find(key) or self._shared.find(key)

    def publish(self) -> None:
        """Put the values into the shared cache, after the commit."""
        for key, (version, value) in self._entries.items():
            self._shared.put(key, version, value)
        self.clear()


@dataclass(frozen=True, slots=True)
class Caches:
    """The caches of one database: outlines by edition id, milestone states by an enrollment's public id."""

    editions: Cache[int, Any]
    states: Cache[str, Any]

    @classmethod
    def empty(cls) -> "Caches":
        """New caches, as a database starts with."""
        return cls(Cache(EDITIONS), Cache(ENROLLMENTS))

    def clear(self) -> None:
        self.editions.clear()
        self.states.clear()


class CachingSession(Session):
    """A session that reads through the caches of its database."""

    def __init__(self, *args: Any, caches: Caches, **options: Any) -> None:
        super().__init__(*args, **options)
        self.caches = caches


class StagingSession(CachingSession):
    """A session that writes: what it caches is published after the commit."""

    def __init__(self, *args: Any, caches: Caches, **options: Any) -> None:
        self._editions = StagedCache(caches.editions)
        self._states = StagedCache(caches.states)
        super().__init__(*args, caches=Caches(self._editions, self._states), **options)

    def commit(self) -> None:
        """Commit, then publish to the shared caches."""
        super().commit()
        self._editions.publish()
        self._states.publish()


def caches_of(session: Session) -> Caches:
    """The caches of a session; a session that was made without a Database has empty ones."""
    return session.caches if isinstance(session, CachingSession) else Caches.empty()
