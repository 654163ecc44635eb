"""Sessions on the database: snapshots to read, short transactions to write, on SQLite and PostgreSQL."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Self

from sqlalchemy import Connection, event, make_url
from sqlalchemy.orm import ORMExecuteState, Session

from roadmap.cache.caches import Caches, CachingSession, StagingSession
from roadmap.config import Config
from roadmap.db.engines import LOCK_SECONDS, make_engines
from roadmap.db.errors import Cause, DatabaseUnavailable, not_found_if_deleted, translate_errors
from roadmap.domain.models import join_classes

# SQLite's own waiting is unfair under several writers: a lock in the process is fair and takes less time.
_write_lock = threading.Lock()
PATIENCE_SECONDS = 2.5


class WriteSlots:
    """How many threads may write or wait for it; one more only waits as long as others finish.

    Without a limit, as many writers as threads behind one long lock would keep every reader waiting.
    """

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)
        self._changed_at = 0.0

    def acquire(self) -> bool:
        """Take a slot; False where all were taken and none changed hands for PATIENCE_SECONDS."""
        while not self._free.acquire(blocking=False):
            patience = self._changed_at + PATIENCE_SECONDS - time.monotonic()
            if patience <= 0:
                return False
            if self._free.acquire(timeout=patience):
                break
        self._changed_at = time.monotonic()
        return True

    def release(self) -> None:
        """Give a slot back."""
        self._changed_at = time.monotonic()
        self._free.release()


class Database:
    """One database and its connections; give it the Config or an address.

    `threads` is how many may use it at once; one of them stays free to read while the others wait to write.
    """

    def __init__(self, source: Config | str, *, threads: int = 4) -> None:
        join_classes()
        self.url = make_url(source.database_url if isinstance(source, Config) else source)
        self.engine, self._writer, self._autocommit, self._hurried = make_engines(self.url, threads)
        self._slots = WriteSlots(max(1, threads - 1))
        self.caches = Caches.empty()

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment and refuses to change anything; goes on while others write."""
        with translate_errors(), ReadingSession(self.engine, caches=self.caches) as session:
            yield session
            # A rollback makes psycopg drop its prepared statements, and PostgreSQL plans the header of every
            # page anew, which takes ten times as long as its answer. What was read outlives the session.
            session.expunge_all()
            session.commit()

    @contextmanager
    def autocommit(self) -> Iterator[Connection]:
        """A connection without transactions, for a statement that refuses to run in one."""
        with translate_errors(), self._autocommit.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, waits: bool = True) -> Iterator[Session]:
        """A session that holds the write lock; without `session.commit()` nothing it did stays.

        With `waits=False` it raises DatabaseUnavailable where it would have to wait for others who write.
        """
        engine = self._writer if waits else self._hurried
        with (
            translate_errors(),
            not_found_if_deleted(),
            self._slot() if waits else nullcontext(),
            self._write_lock(seconds=LOCK_SECONDS if waits else 0),
            StagingSession(engine, expire_on_commit=False, caches=self.caches) as session,
        ):
            yield session

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A bare connection that takes the write lock when it begins, for changes of the schema."""
        with self._write_lock(seconds=LOCK_SECONDS), self._writer.connect() as connection:
            yield connection

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire():
            raise DatabaseUnavailable("database busy", Cause.BUSY)
        try:
            yield
        finally:
            self._slots.release()

    @contextmanager
    def _write_lock(self, *, seconds: float) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not _write_lock.acquire(timeout=seconds):
            raise DatabaseUnavailable("database busy", Cause.BUSY)
        try:
            yield
        finally:
            _write_lock.release()

    def dispose(self) -> None:
        """Close all idle connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()


class ReadingSession(CachingSession):
    """A session that raises where a query adds, changes or deletes, on every database."""


@event.listens_for(ReadingSession, "before_flush")
def _refuse_flush(session: Session, *_: object) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a reading session changes nothing")


@event.listens_for(ReadingSession, "do_orm_execute")
def _refuse_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        raise RuntimeError("a reading session changes nothing")
