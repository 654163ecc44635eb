"""gunicorn with several workers, forked from a process that has already built the application."""

import os
import signal
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.config import Config as GunicornConfig
from gunicorn.glogging import Logger
from gunicorn.http.errors import ParseException

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class SharedLog(Logger):
    """Lets gunicorn's own lines go where all others go, in the same form."""

    def setup(self, _cfg: GunicornConfig) -> None:
        """Add no handlers; those of the process are enough."""
        self.error_log.propagate = True


class RequestBody:
    """A body that raises OSError for malformed chunks, as frameworks expect, not gunicorn's own error."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, *size: int) -> bytes:
        """Up to this many bytes, or all."""
        try:
            data: bytes = self._body.read(*size)
        except ParseException as error:
            raise OSError(str(error)) from error
        return data


class WorkersServer(BaseApplication):
    """gunicorn as `serve` runs it. `app` must hold no open connections: those do not survive a fork.

    Each worker enters a `lifetime` of its own, which must raise nothing, and leaves it when it ends.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        listener: socket.socket,
        *,
        workers: int,
        threads: int,
        lifetime: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._app = _with_request_body(app)
        self._socket = listener
        self._workers = workers
        self._threads = threads
        self._lifetime, self._lifetimes = lifetime, ExitStack()
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn's settings."""
        settings: dict[str, Any] = {
            # gunicorn closes the descriptor it is given.
            "bind": f"fd://{os.dup(self._socket.fileno())}",
            "workers": self._workers,
            "threads": self._threads,
            "worker_class": "gthread",
            # A worker that is replaced starts with empty caches: every 1,000 requests, without preloading,
            # several workers took up to three times the CPU. Now and then is enough against a slow leak.
            "preload_app": True,
            "max_requests": 50_000,
            "max_requests_jitter": 5_000,
            "control_socket_disable": True,
            "logger_class": SharedLog,
            "post_fork": _end_while_starting,
            "post_worker_init": lambda _worker: self._lifetimes.enter_context(self._lifetime()),
            "worker_exit": lambda _arbiter, _worker: self._lifetimes.close(),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, which all workers share until they change something in it."""
        return self._app


def _end_while_starting(_arbiter: Any, _worker: Any) -> None:
    # Until a worker has its own handler, it has the arbiter's, which would ignore the signal.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _with_request_body(app: "WSGIApplication") -> "WSGIApplication":
    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        environ["wsgi.input"] = RequestBody(environ["wsgi.input"])
        return app(environ, start_response)

    return serve
