"""`roadmap demo`: a throw-away installation with a made-up team, served until it is stopped."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from roadmap.cli.serve import (
    STOP_SIGNALS,
    bind_address,
    host_option,
    port_option,
    threaded_server,
    with_address,
)

if TYPE_CHECKING:
    import socket

    from roadmap.config import Config
    from roadmap.db.database import Database

THREADS = 4
STEP = 3 * 86_400
# A demo also goes with the terminal it was started from; Windows knows no such signal.
DEMO_SIGNALS = (*STOP_SIGNALS, *(getattr(signal, name) for name in ("SIGHUP",) if hasattr(signal, name)))


@click.command()
@host_option
@port_option
def demo(host: str, port: int) -> None:
    """Serve a demo site: a team with nine months of history to explore.

    The team has two mentors, twelve learners and an administrator; their addresses and password are printed
    once the server is running. Everything is stored in a temporary folder, which is deleted when you stop the
    demo (Ctrl-C). It ignores ROADMAP_DATA and ROADMAP_DATABASE_URL, and sends no email.
    """
    from roadmap.config import LogFormat
    from roadmap.server.logs import set_up_logs

    set_up_logs(LogFormat.TEXT)
    with bind_address(host, port) as listener:
        _serve_demo(listener)


def _serve_demo(listener: "socket.socket") -> None:
    # To import these takes a second, which nobody waits for whose port is taken.
    from roadmap.app import create_app
    from roadmap.db.database import Database

    with _temporary_folder() as folder:
        config = with_address(_demo_config(folder), listener)
        with Database(config, threads=THREADS) as database:
            _fill(config, database)
            app = create_app(config, database)
            server = threaded_server(app, config, listener, threads=THREADS, signals=DEMO_SIGNALS)
            _print_guide(config.base_url)
            server.run()


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """A folder that is removed at the end, also after a signal that comes before the server handles it."""

    def end(*_: object) -> None:
        for number in DEMO_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        sys.exit(0)

    for number in DEMO_SIGNALS:
        signal.signal(number, end)
    with TemporaryDirectory(prefix="roadmap-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _demo_config(folder: Path) -> "Config":
    """The settings of the demo, whatever the environment says."""
    import secrets

    from roadmap.config import DATABASE_FILE, Config
    from roadmap.config.addresses import sqlite_url
    from roadmap.config.data_folder import prepare_data_folder

    address = sqlite_url(folder / DATABASE_FILE)
    return prepare_data_folder(
        Config(data=folder, database_url=address, secret_key=secrets.token_urlsafe(48))
    )


def _fill(config: "Config", database: "Database") -> None:
    from roadmap.bootstrap import open_schema
    from roadmap.clock import now
    from roadmap.demo.entries import read_cast
    from roadmap.demo.player import LENGTH_OF_HISTORY, fill_demo
    from roadmap.passwords import Passwords

    at = now()
    open_schema(config, database, at=at)
    # All accounts have one password, so the costly hash is made once.
    password_hash = Passwords(config.password_cost).hash(read_cast().password)
    with _shown_progress(at - LENGTH_OF_HISTORY, at) as on_progress:
        fill_demo(
            database,
            at=at,
            password_hash=password_hash,
            base_url=config.base_url,
            name=config.installation,
            key=config.secret_key,
            on_progress=on_progress,
        )


@contextmanager
def _shown_progress(first: datetime, last: datetime) -> Iterator[Callable[[datetime], None]]:
    """A bar on standard error, where that is a terminal; what is yielded takes how far the history is."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("Adding nine months of history"), BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=(last - first).total_seconds())

        def on_progress(moment: datetime) -> None:
            done = (moment - first).total_seconds()
            # To draw each of some thousand moments would take longer than they do.
            if done - progress.tasks[0].completed > STEP:
                progress.update(task, completed=done, description=f"{moment:%B %Y}")

        yield on_progress


def _print_guide(address: str) -> None:
    """Print the address, and who can sign in with what."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from roadmap.demo.entries import read_cast

    cast = read_cast()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Sign in as", no_wrap=True)
    table.add_column("Name", no_wrap=True)
    table.add_column("What you can see")
    for role, title in {"administrator": "Administrator", "mentor": "Mentors", "learner": "Learners"}.items():
        table.add_row(f"[dim]{title}[/dim]", "", "")
        for person in cast.with_role(role):
            table.add_row(person.email, person.name, person.about)
        if role != "learner":
            table.add_section()
    console = Console(highlight=False, soft_wrap=False)
    console.print(f"Roadmap is served at {address}", style="bold")
    console.print(table)
    console.print(f"Everyone's password: [bold]{cast.password}[/bold]")
    console.print("Start with mei@example.org; amara@example.org mentors her.")
    console.print("Press Ctrl-C to stop the demo and delete everything in it.")
