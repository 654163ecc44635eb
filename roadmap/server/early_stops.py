"""Ends a process that is told to stop while it starts, before its server has a handler of its own."""

import signal
import sys
import threading

_stop_requested = threading.Event()


def stop_on_sigterm() -> None:
    """End on SIGTERM, which the first process of a container would ignore without a handler."""
    signal.signal(signal.SIGTERM, _stop)


def _stop(*_: object) -> None:
    _stop_requested.set()
    sys.exit(0)


def stop_if_requested() -> None:
    """End if SIGTERM came but the exit was lost: Python drops exceptions in finalizers, which imports run."""
    if _stop_requested.is_set():
        sys.exit(0)
