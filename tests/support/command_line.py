"""Runs commands in the test's own process, on an installation of its own."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner, Result

from roadmap.cli import roadmap


@dataclass
class Terminal:
    """Somebody at a terminal; `environ` are their settings."""

    data: Path
    environ: dict[str, str] = field(default_factory=dict)

    @classmethod
    def installed(cls, data: Path, file: Path) -> "Terminal":
        """An installation whose database is a copy of this file."""
        data.mkdir(exist_ok=True)
        shutil.copyfile(file, data / "roadmap.sqlite3")
        return cls(data)

    def copied_to(self, data: Path) -> "Terminal":
        """The same installation in another folder."""
        shutil.copytree(self.data, data, dirs_exist_ok=True)
        return Terminal(data, dict(self.environ))

    def run(self, *arguments: str, stdin: str = "") -> Result:
        environ = {"ROADMAP_DATA": str(self.data), **self.environ}
        return CliRunner().invoke(roadmap, arguments, input=stdin, env=environ)

    def rows(self, *arguments: str) -> list[dict[str, object]]:
        """What a command lists with --json."""
        found: list[dict[str, object]] = json.loads(self.run(*arguments, "--json").stdout)
        return found
