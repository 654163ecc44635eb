"""The command line: arguments and output; one module for each command, imported when it runs."""

from importlib import import_module
from typing import Any

import click

from roadmap.cli.output import report_errors

# Name, what `--help` says about it, module. The command has its own name in the module.
COMMANDS = {
    "backup": ("Back up the database to a file, or check a backup.", "backups"),
    "catalog": ("List, import, export and check roadmap files.", "catalogs"),
    "check": ("Check that this installation is healthy.", "check"),
    "config": ("Show every setting with its value and meaning.", "config"),
    "database": ("Upgrade the database, or show whether its schema is current.", "databases"),
    "demo": ("Serve a demo site: a team with months of history to explore.", "demo"),
    "mail": ("Send email that is due; run this from a timer.", "mails"),
    "outbox": ("Show unsent email.", "mails"),
    "report": ("Write a person's progress report as a file.", "reports"),
    "restore": ("Restore a backup into an empty database.", "backups"),
    "serve": ("Serve the site.", "serve"),
    "user": ("Manage accounts.", "users"),
}


class Commands(click.Group):
    """Finds commands by name, so that help and each command import only what they need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"roadmap.cli.{COMMANDS[cmd_name][1]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][0]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        with report_errors():
            return super().invoke(ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="roadmap-tracker")
def roadmap() -> None:
    """Roadmap: track what you learn, get it verified, and report on it.

    Settings come from the environment; `roadmap config` lists them.
    """
