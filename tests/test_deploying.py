"""The files in `deploy` fit the software: commands, settings and paths exist; systemd accepts the units."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from roadmap.cli import COMMANDS
from roadmap.config import SETTINGS
from roadmap.server.serving import DRAIN_SECONDS
from tests.support.skips import is_missing

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("roadmap*.service")) + sorted(DEPLOY.glob("roadmap*.timer"))
NAMES = re.compile(r"\bROADMAP_[A-Z_]+")
INSTRUCTION = re.compile(r"^([A-Z]+) (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def compose() -> dict[str, dict[str, dict[str, object]]]:
    read: dict[str, dict[str, dict[str, object]]] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return read


def instructions(name: str) -> list[str]:
    """What the container file says after each instruction of this name."""
    return [
        rest for first, rest in INSTRUCTION.findall((DEPLOY / "Containerfile").read_text()) if first == name
    ]


@pytest.mark.parametrize("file", sorted(DEPLOY.iterdir()), ids=lambda file: file.name)
def test_every_setting_exists(file: Path) -> None:
    assert set(NAMES.findall(file.read_text())) <= set(SETTINGS)


def test_the_image_copies_what_is_there_and_runs_as_nobody() -> None:
    sources = [rest.split()[:-1] for rest in instructions("COPY") if not rest.startswith("--from")]
    assert all((ROOT / source).exists() for group in sources for source in group)
    assert {"roadmap", "templates", "migrations", "requirements.lock"} <= {
        each for group in sources for each in group
    }
    assert "--require-hashes" in instructions("RUN")[0]
    assert instructions("USER") == ["10001:10001"]
    assert instructions("VOLUME") == ["/data"]
    assert yaml.safe_load(instructions("CMD")[0])[0] in COMMANDS


def test_the_services_run_commands_that_exist_and_write_to_their_volume_only(
    compose: dict[str, dict[str, dict[str, object]]],
) -> None:
    services = compose["services"]
    assert set(services) == {"server", "mail", "database"}
    assert services["server"]["command"][0] in COMMANDS
    assert "roadmap mail" in services["mail"]["entrypoint"][-1]
    for name in ("server", "mail"):
        assert (services[name]["read_only"], services[name]["tmpfs"]) == (True, ["/tmp"])
        assert services[name]["volumes"] == ["data:/data"]
        assert (ROOT / services[name]["build"]["dockerfile"]).is_file()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_name_commands_that_exist_and_wait_for_the_answers(unit: Path) -> None:
    text = unit.read_text()
    for command in re.findall(r"^ExecStart=/opt/roadmap/bin/roadmap (\w+)", text, re.MULTILINE):
        assert command in COMMANDS
    for seconds in re.findall(r"^TimeoutStopSec=(\d+)", text, re.MULTILINE):
        assert int(seconds) > DRAIN_SECONDS


@pytest.mark.slow
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        is_missing("systemd-analyze is not installed")
    program = tmp_path / "roadmap"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    copies = [tmp_path / unit.name for unit in UNITS]
    for unit, copy in zip(UNITS, copies, strict=True):
        copy.write_text(unit.read_text().replace("/opt/roadmap/bin/roadmap", str(program)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *copies], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["roadmap.service", "roadmap-mail.service"])
def test_the_services_can_do_little(name: str) -> None:
    if shutil.which("systemd-analyze") is None:
        is_missing("systemd-analyze is not installed")
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", DEPLOY / name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr


def test_the_documentation_names_every_file() -> None:
    text = (ROOT / "docs" / "running.md").read_text()
    assert [file.name for file in DEPLOY.iterdir() if f"deploy/{file.name}" not in text] == []
