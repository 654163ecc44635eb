"""`roadmap config`: the settings in force."""

import json

import click

from roadmap.config import Config
from roadmap.settings import SETTINGS, Setting


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
def config(as_json: bool) -> None:
    """Show every setting with its value, where that comes from, and its meaning; secrets are masked."""
    from roadmap.cli.failures import warn_of_slips

    read = Config.from_environ()
    warn_of_slips(read)
    rows = [_row(read, each) for each in SETTINGS]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo(f"{row['variable']}={row['value']}")
        click.echo(f"    {row['meaning']}")
        where = "from the environment; " if row["source"] == "environment" else ""
        click.echo(f"    {where}default: {row['default']}")


def _row(read: Config, setting: Setting) -> dict[str, str]:
    return {
        "variable": setting.variable,
        "value": setting.shown(getattr(read, setting.field)),
        "source": "environment" if setting.variable in read.given else "default",
        "default": setting.default,
        "meaning": setting.meaning,
    }
