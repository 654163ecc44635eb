"""The pins agree with each other and with what is installed, and nothing names where packages come from."""

import re
import tomllib
from importlib.metadata import distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([a-z0-9-]+)==([^\s;\\]+)", re.MULTILINE)


def pins(text: str) -> set[tuple[str, str]]:
    return set(PIN.findall(text))


@pytest.fixture(scope="module")
def constraints() -> set[tuple[str, str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return pins("\n".join(project["tool"]["uv"]["constraint-dependencies"]))


def test_every_locked_requirement_is_a_constraint(constraints: set[tuple[str, str]]) -> None:
    locked = pins((ROOT / "requirements.lock").read_text())
    assert locked - constraints == set()
    assert len(locked) > 30


def test_every_dependency_of_the_package_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = chain(project["dependencies"], *project["optional-dependencies"].values())
    names = {re.split(r"[^a-z0-9-]", each)[0] for each in wanted}
    assert names - {name for name, _ in pins((ROOT / "requirements.lock").read_text())} == set()


def test_every_locked_requirement_has_its_hashes() -> None:
    entries = re.split(r"\n(?=[a-z])", (ROOT / "requirements.lock").read_text())
    assert [each for each in entries if "--hash=sha256:" not in each] == []


def test_what_is_installed_is_what_is_pinned(constraints: set[tuple[str, str]]) -> None:
    names = {name for name, _ in constraints}
    # The spelling of a version may differ from that of its pin: 2.002 is 2.2.
    installed = {
        (re.sub(r"[-_.]+", "-", each.name).lower(), str(Version(each.version))) for each in distributions()
    }
    assert {each for each in installed if each[0] in names} - constraints == set()


def test_no_address_of_a_package_host_is_kept() -> None:
    kept = (ROOT / "pyproject.toml").read_text() + (ROOT / "requirements.lock").read_text()
    assert re.findall(r"https?://(?!www\.w3\.org)\S+", kept) == []
