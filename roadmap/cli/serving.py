"""What `serve` and `demo` share: taking the address, saying which one it is, serving until told to stop."""

import signal
import socket
from collections.abc import Sequence
from dataclasses import replace
from errno import EADDRNOTAVAIL
from ipaddress import ip_address
from socket import gaierror
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from roadmap.config import Config
    from roadmap.server.serving import DrainingServer

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
port_option = click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
ENDINGS = (signal.SIGTERM, signal.SIGINT)


def take_address(host: str, port: int) -> socket.socket:
    """Take the address before anything else is prepared; refuses with a way out where it is not free."""
    from roadmap.server.serving import listening_socket

    try:
        return listening_socket(host, port)
    except OSError as error:
        # Names that are not found have an error of their own, and addresses of other machines a number.
        is_host = isinstance(error, gaierror) or error.errno == EADDRNOTAVAIL
        way_out = f"Choose another one with {'--host' if is_host else '--port'}."
        why = f"cannot listen on {host} port {port}: {error.strerror}. {way_out}"
        raise click.ClickException(why) from error


def with_address(config: "Config", taken: socket.socket) -> "Config":
    """The settings with the address served as the one people use, unless another is set."""
    if "ROADMAP_BASE_URL" in config.given:
        return config
    bound = ip_address(taken.getsockname()[0])
    reached = ip_address("::1" if bound.version == 6 else "127.0.0.1") if bound.is_unspecified else bound
    name = f"[{reached}]" if reached.version == 6 else str(reached)
    return replace(config, base_url=f"http://{name}:{taken.getsockname()[1]}")


def threaded_server(
    app: "WSGIApplication",
    config: "Config",
    taken: socket.socket,
    *,
    threads: int,
    endings: Sequence[signal.Signals] = ENDINGS,
) -> "DrainingServer":
    """A server that drains when one of these signals comes, ready to run."""
    from roadmap.server.serving import DrainingServer, freeze_gc

    server = DrainingServer(app, taken, config, threads)
    server.stop_on(*endings)
    freeze_gc()
    return server
