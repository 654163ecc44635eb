"""gunicorn with several workers: each makes an application and a connection pool of its own."""

import os
import socket
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.config import Config as GunicornConfig
from gunicorn.glogging import Logger

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.database import Database
from roadmap.logs import AccessLog, set_up_logs
from roadmap.servers import settle_memory

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
        return AccessLog(app)
