"""`roadmap config`: the settings in force."""

import json

import click

from roadmap.cli.output import json_option, print_warnings
from roadmap.config import SETTINGS, Config


@click.command()
@json_option
def config(as_json: bool) -> None:
    """Show every setting with its value, source and meaning; secrets are masked."""
    read = Config.from_environ()
    print_warnings(read)
    rows = [_row(read, variable) for variable in SETTINGS]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo(f"{row['variable']}={row['value']}")
        click.echo(f"    {row['meaning']}")
        where = "from the environment; " if row["source"] == "environment" else ""
        click.echo(f"    {where}default: {row['default']}")


def _row(read: Config, variable: str) -> dict[str, str]:
    return {
        "variable": variable,
        "value": read.shown(variable),
        "source": "environment" if variable in read.given else "default",
        "default": SETTINGS[variable].default,
        "meaning": SETTINGS[variable].meaning,
    }
