"""`roadmap check`: whether the installation is healthy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click

from roadmap.cli.checks import databases, environment
from roadmap.cli.output import describe, print_warnings
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.db.errors import DatabaseUnavailable


@dataclass(frozen=True, slots=True)
class Check:
    """One check; it does not run where the check named in `needs` found a fault or did not run either."""

    name: str
    faults: Callable[[Config, Database], Iterator[str]]
    needs: str = ""
    warning: Callable[[Config], str | None] | None = None


@click.command()
def check() -> None:
    """Check this installation: print every problem, and exit with status 1 if there are any."""
    config = Config.from_environ()
    print_warnings(config)
    click.echo("settings: ok")
    with Database(config) as opened:
        failed = _run(_checks(config), config, opened)
    if failed:
        raise click.exceptions.Exit(1)


def _run(checks: Iterator[Check], config: Config, opened: Database) -> set[str]:
    """Print what each check finds; the names of those that found a fault or could not run."""
    failed: set[str] = set()
    for check in checks:
        if check.needs in failed:
            click.echo(f"{check.name}: not checked")
            failed.add(check.name)
        elif faults := list(_faults(check, config, opened)):
            failed.add(check.name)
            for fault in faults:
                click.echo(f"Error: {check.name}: {fault}", err=True)
        else:
            click.echo(f"{check.name}: ok")
            if check.warning is not None and (warning := check.warning(config)):
                click.echo(f"Warning: {warning}", err=True)
    return failed


def _checks(config: Config) -> Iterator[Check]:
    yield Check("data folder", environment.folder_faults)
    yield Check("disk", environment.disk_faults, needs="data folder")
    yield Check("temporary folder", environment.temporary_folder_faults)
    yield Check("secret key", environment.key_faults, needs="data folder")
    yield Check("schema", databases.schema_faults, needs="data folder")
    yield Check("rows", databases.row_faults, needs="schema", warning=databases.sqlite_warning)
    yield Check("record", databases.replay_faults, needs="schema")
    yield Check("catalogue", databases.catalogue_faults, needs="schema")
    yield Check("clock", databases.clock_faults, needs="schema")
    if config.sends_mail:
        yield Check("mail server", environment.mail_faults)
    if config.redis_url:
        yield Check("limits", environment.limit_faults)


def _faults(check: Check, config: Config, opened: Database) -> Iterator[str]:
    try:
        yield from check.faults(config, opened)
    except DatabaseUnavailable as error:
        yield describe(error)
