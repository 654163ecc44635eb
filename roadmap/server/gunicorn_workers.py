"""gunicorn with several workers: each makes an application and a connection pool of its own."""

import os
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.config import Config as GunicornConfig
from gunicorn.glogging import Logger

from roadmap.server.serving import freeze_gc

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class SharedLog(Logger):
    """Lets gunicorn's own lines go where all others go, in the same form."""

    def setup(self, _cfg: GunicornConfig) -> None:
        """Add no handlers; those of the process are enough."""
        self.error_log.propagate = True


class WorkersServer(BaseApplication):
    """gunicorn as `serve` runs it; each worker ends after a thousand requests and is replaced.

    `make_app` is called in each worker: database connections do not survive a fork.
    """

    def __init__(
        self,
        make_app: "Callable[[], WSGIApplication]",
        taken: socket.socket,
        *,
        workers: int,
        threads: int,
    ) -> None:
        self._make_app = make_app
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
        app = self._make_app()
        freeze_gc()
        return app
