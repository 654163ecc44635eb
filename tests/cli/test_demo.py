"""`roadmap demo` as people run it: it prints who can sign in, lets them, and leaves nothing behind."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from roadmap.cli.demo import DEMO_SIGNALS
from tests.support.fixtures.instances import Instance

pytestmark = pytest.mark.slow


def demo_in(scratch: Path) -> Instance:
    """A demo that puts temporary files here; the installation it is pointed to is here and not made."""
    environ = {"TMPDIR": str(scratch), "ROADMAP_DATABASE_URL": f"sqlite:///{scratch}/real.sqlite3"}
    return Instance(scratch / "real", {**environ, "ROADMAP_SIGN_UP": "closed"}, command="demo")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def demo(scratch: Path) -> Iterator[Instance]:
    instance = demo_in(scratch).start()
    yield instance
    instance.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def guide(demo: Instance) -> str:
    """What it printed below the address, up to how to end it."""
    assert demo.process is not None
    assert demo.process.stdout is not None
    lines = []
    while "Ctrl-C" not in "".join(lines):
        lines.append(demo.process.stdout.readline())
    return "".join(lines)


def sign_in(demo: Instance, guide: str, handle: str) -> str:
    """The page that somebody sees who types what is printed."""
    (email,) = re.findall(rf"^ *({handle}@\S+)", guide, re.MULTILINE)
    (password,) = re.findall(r"password: (.+)$", guide, re.MULTILINE)
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{demo.url}/login").read().decode()
    (token,) = set(re.findall(r'name="csrf_token" value="([^"]+)"', page))
    form = urlencode({"csrf_token": token, "email": email, "password": password})
    return str(browser.open(f"{demo.url}/login", form.encode()).read().decode())


def test_a_learner_signs_in_with_what_is_printed(demo: Instance, guide: str) -> None:
    page = sign_in(demo, guide, "mei")
    assert "Mei Tan" in page
    assert "came-back" in page


def test_a_mentor_signs_in_with_what_is_printed(demo: Instance, guide: str) -> None:
    assert "Amara Okafor" in sign_in(demo, guide, "amara")


def test_it_does_not_touch_the_configured_installation(demo: Instance, scratch: Path) -> None:
    (made,) = scratch.iterdir()
    assert made.name.startswith("roadmap-demo-")
    assert (made / "roadmap.sqlite3").is_file()


def test_it_ends_with_its_terminal_and_by_the_signals_that_end_a_server() -> None:
    assert set(DEMO_SIGNALS) == {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def test_it_leaves_nothing_behind_when_it_ends_while_it_is_made(tmp_path: Path) -> None:
    demo = demo_in(tmp_path)
    demo.begin()
    until = time.monotonic() + 20
    while not (made := list(tmp_path.glob("roadmap-demo-*/*"))) and time.monotonic() < until:
        time.sleep(0.02)
    assert made
    assert demo.stop(signal.SIGHUP) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "roadmap", "demo", "--port", port],
            capture_output=True,
            text=True,
            check=False,
            env=demo_in(tmp_path).environ | {"PATH": ""},
        )
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_it_leaves_nothing_behind_when_it_ends(demo: Instance, scratch: Path) -> None:
    assert demo.stop(signal.SIGTERM) == 0
    assert list(scratch.iterdir()) == []
