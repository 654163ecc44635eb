"""gunicorn with several workers: each makes an application and a connection pool of its own."""

import os
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.config import Config as GunicornConfig
from gunicorn.glogging import Logger
from werkzeug.wsgi import ClosingIterator

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.database import Database
from roadmap.logs import AccessLog, set_up_logs
from roadmap.servers import settle_memory
from roadmap.uploads import MOST_DRAINED

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DRAIN_SECONDS = 20.0
_PAUSE_SECONDS = 3.0


class SharedLog(Logger):
    """Lets gunicorn's own lines go where all others go, in the same form."""

    def setup(self, _cfg: GunicornConfig) -> None:
        """Add no handlers; those of the process are enough."""
        self.error_log.propagate = True


class WorkersServer(BaseApplication):
    """gunicorn as `serve` runs it; each worker ends after a thousand requests and is replaced."""

    def __init__(self, config: Config, taken: socket.socket, *, workers: int, threads: int) -> None:
        self._config = config
        self._socket = taken
        self._workers = workers
        self._threads = threads
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn its settings."""
        settings: dict[str, Any] = {
            # gunicorn closes the descriptor it is given.
            "bind": f"fd://{os.dup(self._socket.fileno())}",
            "workers": self._workers,
            "threads": self._threads,
            "worker_class": "gthread",
            "max_requests": 1000,
            "max_requests_jitter": 100,
            "control_socket_disable": True,
            "logger_class": SharedLog,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application, in the worker."""
        set_up_logs(self._config.log_format)
        app = create_app(self._config, Database(self._config, threads=self._threads))
        settle_memory()
        return DrainedBodies(AccessLog(app))


class DrainedBodies:
    """WSGI middleware: reads what is left of a body after the answer; a reset would take the answer along."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        answer = self._app(environ, start_response)
        return ClosingIterator(answer, lambda: _drain(environ["wsgi.input"], environ["gunicorn.socket"]))


def _drain(body: Any, connection: socket.socket) -> None:
    left, until = MOST_DRAINED, time.monotonic() + DRAIN_SECONDS
    usual = connection.gettimeout()
    # Who is gone or slow has had the answer; gunicorn closes what was not read to its end.
    with suppress(OSError):
        connection.settimeout(_PAUSE_SECONDS)
        while left > 0 and time.monotonic() < until and (part := body.read(65_536)):
            left -= len(part)
        connection.settimeout(usual)
