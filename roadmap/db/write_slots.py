"""Leaves a thread of a process free to read while others wait to write."""

import threading
import time

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
