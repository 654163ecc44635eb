"""`roadmap backup` and `roadmap restore`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from roadmap.cli.databases import open_installation
from roadmap.clock import now
from roadmap.config import Config
from roadmap.config.data_folder import DAMAGED_KEY, prepare_data_folder, read_key, replace_key
from roadmap.db import backups
from roadmap.db.backup_files import Manifest
from roadmap.db.database import Database

file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.command()
@file_argument
@click.option("--check", "only_checks", is_flag=True, help="Check FILE instead of writing it.")
def backup(file: Path, *, only_checks: bool) -> None:
    """Back up the database to FILE, or check a backup.

    Works while the installation is being served; --check verifies FILE instead of writing it.

    The file can be restored into SQLite or PostgreSQL. It contains no sessions, email texts or secret key, so
    back up the key separately.
    """
    if only_checks:
        with _progress("Checking") as progress:
            manifest = backups.check_file(file, progress=progress)
        click.echo(f"{file}: ok, {_describe(manifest)}")
        return
    _, database = open_installation()
    with database, _progress("Copying") as progress:
        manifest = backups.make_backup(
            database, file, version=version("roadmap-tracker"), at=now(), progress=progress
        )
    click.echo(f"{file}: {_describe(manifest)}")


@click.command()
@file_argument
@click.option(
    "--key", "key_file", type=click.Path(path_type=Path), help="The secret key that belongs to the backup."
)
def restore(file: Path, key_file: Path | None) -> None:
    """Restore FILE into the configured database, which must be empty.

    It can be SQLite or PostgreSQL, so this is also how you move an installation from one to the other.
    Backups contain no sessions, so everyone has to sign in again. Install the old secret key with --key, so
    that people can still display their share links.
    """
    config = Config.from_environ()
    key = _key_in(key_file, config) if key_file else None
    # Nothing is made in the data folder for a file that is no good.
    backups.check_file(file)
    with Database(prepare_data_folder(config)) as database, _progress("Restoring") as progress:
        manifest = backups.restore(database, file, progress=progress)
    if key:
        replace_key(config, key)
    click.echo(f"{file}: restored, {_describe(manifest)}")


def _key_in(file: Path, config: Config) -> str:
    if config.secret_key:
        raise click.ClickException("ROADMAP_SECRET_KEY is set, so --key would have no effect")
    if not file.is_file():
        raise click.ClickException(f"{file} does not exist")
    if (key := read_key(file)) is None:
        raise click.ClickException(f"{file} {DAMAGED_KEY.partition('.')[0]}")
    return key


def _describe(manifest: Manifest) -> str:
    people = manifest.rows.get("users", 0)
    return (
        f"{manifest.total:,} rows, {people:,} accounts, made {manifest.made_at} by Roadmap {manifest.version}"
    )


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int], Callable[[int], object]]]:
    """A bar on standard error, where that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("rows"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:

        def begin(total: int) -> Callable[[int], object]:
            task = bar.add_task("", total=total)
            return lambda rows: bar.advance(task, rows)

        yield begin
