"""Turns of requests at the interpreter: one after another they are all done sooner than side by side."""

import threading
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATIENCE = 0.03


class Turns:
    """WSGI middleware for threads that compute and hardly wait, as with a database in the process.

    Only one thread can hold the interpreter; four that take it from each other at every statement spend as
    much again on that. Whoever came first goes first, and nobody waits longer than PATIENCE (seconds): behind
    a password's hash or a locked database they then go on side by side.
    """

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app
        self._guard = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Lock] = deque()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        has_turn = self._take()
        try:
            return self._app(environ, start_response)
        finally:
            if has_turn:
                self._pass_on()

    def _take(self) -> bool:
        """Wait for a turn; False when patience ran out first."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=PATIENCE):
            return True
        with self._guard:
            if gate not in self._waiting:
                return True  # it came in the last moment
            self._waiting.remove(gate)
            return False

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
