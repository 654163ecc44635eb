"""`roadmap serve`: prepares the installation and serves it."""

import importlib.util
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from roadmap.config import Config
    from roadmap.database import Database


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Threads in each.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Make what is missing (data folder, key, database) and serve the site."""
    from roadmap.config import Config, prepared
    from roadmap.logs import set_up_logs

    config = Config.from_environ()
    _check_workers(workers, config)
    set_up_logs(config.log_format)
    with _taken(host, port) as taken:
        config = _with_address(prepared(config), taken)
        if workers == 1:
            _serve_threads(config, taken, threads)
        else:
            _serve_workers(config, taken, workers, threads)


def _check_workers(workers: int, config: "Config") -> None:
    if workers == 1:
        return
    if config.is_sqlite:
        raise click.UsageError("--workers above 1 needs PostgreSQL: set ROADMAP_DATABASE_URL.")
    if importlib.util.find_spec("gunicorn") is None:
        raise click.UsageError("--workers above 1 needs gunicorn: install roadmap with its extra 'workers'.")


def _taken(host: str, port: int) -> socket.socket:
    from roadmap.servers import listening_socket

    try:
        return listening_socket(host, port)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host} port {port}: {error.strerror}") from error


def _with_address(config: "Config", taken: socket.socket) -> "Config":
    if "ROADMAP_BASE_URL" in config.given:
        return config
    bound = ip_address(taken.getsockname()[0])
    reached = ip_address("::1" if bound.version == 6 else "127.0.0.1") if bound.is_unspecified else bound
    name = f"[{reached}]" if reached.version == 6 else str(reached)
    return replace(config, base_url=f"http://{name}:{taken.getsockname()[1]}")


def _serve_threads(config: "Config", taken: socket.socket, threads: int) -> None:
    import signal

    from roadmap.app import create_app
    from roadmap.database import Database
    from roadmap.logs import AccessLog
    from roadmap.servers import DrainingServer, settle_memory

    # One connection more than threads, for the one that sends mail.
    with Database(config, threads=threads + 1) as database:
        _make_ready(config, database)
        server = DrainingServer(AccessLog(create_app(config, database)), taken, config, threads)
        server.stop_on(signal.SIGTERM, signal.SIGINT)
        settle_memory()
        _tell_address(config, taken)
        with _sending_mail(config, database):
            server.run()


def _serve_workers(config: "Config", taken: socket.socket, workers: int, threads: int) -> None:
    from roadmap.database import Database
    from roadmap.workers import WorkersServer

    # Each worker makes its own connections: these do not survive a fork.
    with Database(config) as database:
        _make_ready(config, database)
    # From here on connections wait for the workers instead of being refused.
    taken.listen(2048)
    _tell_address(config, taken)
    WorkersServer(config, taken, workers=workers, threads=threads).run()


def _make_ready(config: "Config", database: "Database") -> None:
    from roadmap.clock import now
    from roadmap.installation import load_content, open_schema

    open_schema(config, database, at=now())
    load_content(database, at=now())


def _tell_address(config: "Config", taken: socket.socket) -> None:
    host, port = taken.getsockname()[:2]
    served = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    also = "" if config.base_url == served else f", for people at {config.base_url}"
    click.echo(f"Roadmap is served at {served}{also}")


@contextmanager
def _sending_mail(config: "Config", database: "Database") -> Iterator[None]:
    import threading

    from roadmap.mail import run_mail_thread

    stops = threading.Event()
    thread = threading.Thread(
        target=run_mail_thread, args=(database, config, stops), daemon=True, name="mail"
    )
    thread.start()
    try:
        yield
    finally:
        stops.set()
        thread.join(timeout=10)
