"""`roadmap config`: the settings in force."""

import json

import click

from roadmap.config import Config
from roadmap.settings import SETTINGS, Setting


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
def config(as_json: bool) -> None:
    """Show every setting with its value, where that comes from, and its meaning; secrets are masked."""
    read = Config.from_environ()
    rows = [_row(read, each) for each in SETTINGS]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo(f"{row['variable']}={row['value']}")
        click.echo(f"    {row['meaning']} (from {row['source']}: {row['default']})")


def _row(read: Config, setting: Setting) -> dict[str, str]:
    return {
        "variable": setting.variable,
        "value": setting.shown(getattr(read, setting.field)),
        "source": "the environment, else" if setting.variable in read.given else "the default",
        "default": setting.default,
        "meaning": setting.meaning,
    }
