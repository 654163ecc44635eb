"""`roadmap check`: whether the installation is healthy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from roadmap.config import Config
    from roadmap.db.database import Database


@dataclass(frozen=True, slots=True)
class Check:
    """One check; it does not run where the check named in `needs` found a fault or did not run either."""

    name: str
    faults: "Callable[[Config, Database], Iterator[str]]"
    needs: str = ""
    warning: "Callable[[Config], str | None] | None" = None


@click.command()
def check() -> None:
    """Check this installation: print every problem, and exit with status 1 if there are any."""
    from roadmap.cli.output import print_warnings
    from roadmap.config import Config
    from roadmap.db.database import Database

    config = Config.from_environ()
    print_warnings(config)
    click.echo("settings: ok")
    with Database(config) as opened:
        failed = _run(_checks(config), config, opened)
    if failed:
        raise click.exceptions.Exit(1)


def _run(checks: Iterator[Check], config: "Config", opened: "Database") -> set[str]:
    """Print what each check finds; the names of those that found a fault or could not run."""
    failed: set[str] = set()
    for each in checks:
        if each.needs in failed:
            click.echo(f"{each.name}: not checked")
            failed.add(each.name)
        elif faults := list(_faults(each, config, opened)):
            failed.add(each.name)
            for fault in faults:
                click.echo(f"Error: {each.name}: {fault}", err=True)
        else:
            click.echo(f"{each.name}: ok")
            if each.warning is not None and (warning := each.warning(config)):
                click.echo(f"Warning: {warning}", err=True)
    return failed


def _checks(config: "Config") -> Iterator[Check]:
    from roadmap.cli.checks import databases, folders, services

    yield Check("data folder", folders.folder_faults)
    yield Check("disk", folders.disk_faults, needs="data folder")
    yield Check("temporary folder", folders.temporary_folder_faults)
    yield Check("secret key", folders.key_faults, needs="data folder")
    yield Check("schema", databases.schema_faults, needs="data folder")
    yield Check("rows", databases.row_faults, needs="schema", warning=databases.sqlite_warning)
    yield Check("record", databases.replay_faults, needs="schema")
    yield Check("catalogue", databases.catalogue_faults, needs="schema")
    yield Check("clock", databases.clock_faults, needs="schema")
    if config.sends_mail:
        yield Check("mail server", services.mail_faults)
    if config.redis_url:
        yield Check("limits", services.limit_faults)


def _faults(check: Check, config: "Config", opened: "Database") -> Iterator[str]:
    from roadmap.cli.output import describe
    from roadmap.db.errors import DatabaseUnavailable

    try:
        yield from check.faults(config, opened)
    except DatabaseUnavailable as error:
        yield describe(error)
