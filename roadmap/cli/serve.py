"""`roadmap serve`: prepares the installation and serves it; `roadmap demo` serves with the same parts."""

import importlib.util
import logging
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from errno import EADDRNOTAVAIL
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from roadmap.config import Config
    from roadmap.db.database import Database
    from roadmap.server.serving import DrainingServer

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
port_option = click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 picks a free one."
)
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@click.command()
@host_option
@port_option
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Number of workers."
)
@click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Threads per worker."
)
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the site, and first create whatever is missing: data folder, key, database."""
    from roadmap.config import Config
    from roadmap.config.data_folder import prepare_data_folder
    from roadmap.server.early_stops import stop_on_sigterm
    from roadmap.server.logs import set_up_logs
    from roadmap.web.limits.rate_limits import RateLimits

    stop_on_sigterm()
    config = Config.from_environ()
    _check_workers(workers, config)
    # A wrong address is an error before anything is prepared, and not once for each worker.
    RateLimits(config.redis_url)
    set_up_logs(config.log_format)
    for warning in config.warnings:
        logging.getLogger("roadmap.config.settings").warning("%s", warning)
    with bind_address(host, port) as listener:
        config = with_address(prepare_data_folder(config), listener)
        if workers == 1:
            _serve_threads(config, listener, threads)
        else:
            _serve_workers(config, listener, workers, threads)


def _check_workers(workers: int, config: "Config") -> None:
    if workers == 1:
        return
    if config.is_sqlite:
        raise click.UsageError("--workers above 1 needs PostgreSQL: set ROADMAP_DATABASE_URL.")
    if importlib.util.find_spec("gunicorn") is None:
        raise click.UsageError(
            "--workers above 1 needs gunicorn: install roadmap-tracker with its extra 'workers'."
        )


def _serve_threads(config: "Config", listener: socket.socket, threads: int) -> None:
    from roadmap.app import create_app
    from roadmap.db.database import Database
    from roadmap.db.server_locks import serving
    from roadmap.server.early_stops import stop_if_requested
    from roadmap.server.logs import AccessLog

    with Database(config, threads=threads) as database, serving(database):
        is_new = _prepare_database(config, database)
        app = AccessLog(create_app(config, database))
        server = threaded_server(app, config, listener, threads=threads)
        stop_if_requested()
        _print_address(config, listener, is_new=is_new)
        with _sending_mail(config, database):
            server.run()


def _serve_workers(config: "Config", listener: socket.socket, workers: int, threads: int) -> None:
    from roadmap.app import create_app
    from roadmap.db.database import Database
    from roadmap.db.server_locks import serving
    from roadmap.server.early_stops import stop_if_requested
    from roadmap.server.gunicorn_workers import WorkersServer
    from roadmap.server.logs import AccessLog
    from roadmap.server.serving import freeze_gc

    # Its connections are closed before the workers are forked; each worker then opens its own.
    with Database(config, threads=threads) as database, serving(database):
        is_new = _prepare_database(config, database)
    app = AccessLog(create_app(config, database))
    # From here on connections wait for the workers instead of being refused.
    listener.listen(2048)
    freeze_gc()
    stop_if_requested()
    _print_address(config, listener, is_new=is_new)
    logging.getLogger("roadmap.mail").info("workers don't send email: run roadmap mail from a timer")
    WorkersServer(
        app, listener, workers=workers, threads=threads, lifetime=lambda: serving(database, insists=False)
    ).run()


def _prepare_database(config: "Config", database: "Database") -> bool:
    """Make or upgrade the schema and load the built-in roadmap; return whether there is no account yet."""
    from roadmap.bootstrap import load_content, open_schema
    from roadmap.clock import now
    from roadmap.operations.accounts.accounts import may_sign_up

    open_schema(config, database, at=now())
    load_content(database, at=now())
    with database.reading() as session:
        return may_sign_up(session, is_open=False)


def _print_address(config: "Config", listener: socket.socket, *, is_new: bool) -> None:
    host, port = listener.getsockname()[:2]
    served = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    also = "" if config.base_url == served else f", for people at {config.base_url}"
    click.echo(f"Roadmap is served at {served}{also}")
    where = config.shown("ROADMAP_DATABASE_URL" if "ROADMAP_DATABASE_URL" in config.given else "ROADMAP_DATA")
    click.echo(f"Its data is in {where}")
    if is_new:
        click.echo(f"The first account, created at {config.base_url}/register, becomes the administrator.")


@contextmanager
def _sending_mail(config: "Config", database: "Database") -> Iterator[None]:
    import threading

    from roadmap.mail.sending import run_mail_thread

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


def bind_address(host: str, port: int) -> socket.socket:
    """Listen on the address before anything else is prepared; raises ClickException where it is not free."""
    from roadmap.server.serving import listening_socket

    try:
        return listening_socket(host, port)
    except OSError as error:
        # Names that are not found have an error of their own, and addresses of other machines a number.
        is_host = isinstance(error, socket.gaierror) or error.errno == EADDRNOTAVAIL
        advice = f"Choose another one with {'--host' if is_host else '--port'}."
        why = f"cannot listen on {host} port {port}: {error.strerror}. {advice}"
        raise click.ClickException(why) from error


def with_address(config: "Config", listener: socket.socket) -> "Config":
    """The settings with the address served as the one people use, unless another is set."""
    if "ROADMAP_BASE_URL" in config.given:
        return config
    bound = ip_address(listener.getsockname()[0])
    reached = ip_address("::1" if bound.version == 6 else "127.0.0.1") if bound.is_unspecified else bound
    name = f"[{reached}]" if reached.version == 6 else str(reached)
    return replace(config, base_url=f"http://{name}:{listener.getsockname()[1]}")


def threaded_server(
    app: "WSGIApplication",
    config: "Config",
    listener: socket.socket,
    *,
    threads: int,
    signals: Sequence[signal.Signals] = STOP_SIGNALS,
) -> "DrainingServer":
    """A server that drains when one of these signals comes, ready to run."""
    from roadmap.server.serving import DrainingServer, freeze_gc

    server = DrainingServer(app, listener, config, threads)
    server.stop_on(*signals)
    freeze_gc()
    return server
