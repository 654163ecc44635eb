"""The waitress server for one process, which drains on SIGTERM."""

import gc
import logging
import signal
import socket
import time
from typing import TYPE_CHECKING, Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.wasyncore import close_all, loop

from roadmap.config import Config

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

DRAIN_SECONDS = 20.0
# A process usually may open 1,024 files. At waitress's own limit of 100, so few idle clients shut out others.
MAX_CONNECTIONS = 900
# Browsers reconnect by themselves; clients that send nothing are disconnected soon.
IDLE_SECONDS = 20
# Far above what the application takes: waitress closes the connection on a larger body while it is still
# sent, and the client sees a reset. Up to here it goes to a temporary file, and the answer is a page.
MAX_BODY_BYTES = 64 * 2**20
_LOG = logging.getLogger("roadmap.server")


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket bound to the address; raises OSError where that is not free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def freeze_gc() -> None:
    """Exclude objects that live as long as the process from garbage collection; p99 fell from 51 to 17 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


class DrainingServer:
    """A waitress server that drains when it is stopped: it answers what it has received, then ends."""

    def __init__(self, app: "WSGIApplication", listener: socket.socket, config: Config, threads: int) -> None:
        self._map: dict[int, Any] = {}
        self._socket = listener
        options = Adjustments(
            sockets=[listener],
            threads=threads,
            ident="",
            connection_limit=MAX_CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=IDLE_SECONDS // 2,
            max_request_body_size=MAX_BODY_BYTES,
            # Without proxies their headers are forgeries; with them ProxyFix reads as many as are trusted.
            clear_untrusted_proxy_headers=not config.proxies,
        )
        about = (listener.family, listener.type, listener.proto, listener.getsockname())
        self._server = TcpWSGIServer(
            app, map=self._map, _sock=listener, adj=options, bind_socket=False, sockinfo=about
        )
        self._stops = False

    def stop_on(self, *signals: int) -> None:
        """Drain when one of these signals comes."""
        for number in signals:
            signal.signal(number, lambda *_: self.stop())

    def stop(self) -> None:
        """Let `run` end; may be called from a signal handler and from other threads."""
        self._stops = True
        self._server.pull_trigger()

    def run(self) -> None:
        """Serve until `stop` is called, then drain."""
        while not self._stops:
            loop(timeout=1, use_poll=True, map=self._map, count=1)
        self._accept_pending()
        self._server.del_channel(self._map)
        self._socket.close()
        until = time.monotonic() + DRAIN_SECONDS
        while self._busy() and time.monotonic() < until:
            loop(timeout=0.1, use_poll=True, map=self._map, count=1)
        if busy := self._busy():
            _LOG.warning("%d requests were cut off", len(busy))
        self._server.task_dispatcher.shutdown(timeout=1)
        # Browsers keep idle connections open.
        close_all(self._map, ignore_all=True)

    def _accept_pending(self) -> None:
        # Connections that the kernel took before the signal would be reset with the listening socket.
        for _ in range(20):
            loop(timeout=0.005, use_poll=True, map=self._map, count=1)

    def _busy(self) -> list[HTTPChannel]:
        channels = [channel for channel in self._map.values() if isinstance(channel, HTTPChannel)]
        return [channel for channel in channels if channel.requests or channel.total_outbufs_len]
