"""`roadmap serve` as people run it: a process, a folder, a port."""

import json
import socket
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from roadmap.db.database import Database
from roadmap.db.migrations import downgrade, revision_of
from tests.support.cast import PASSWORD
from tests.support.fixtures.instances import Instance
from tests.support.fixtures.postgresql import new_postgresql_database
from tests.support.pages.http_client import Visitor

pytestmark = pytest.mark.slow

NewInstance = Callable[..., Instance]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """One installation for these tests; those that stop it need not start it again."""
    instance = Instance(tmp_path_factory.mktemp("shared") / "data").start()
    yield instance
    instance.stop()


@pytest.fixture
def instance(shared: Instance) -> Instance:
    """It, served."""
    return shared if shared.process else shared.start()


def logged(instance: Instance, part: str) -> bool:
    """Whether a line of the log has this in it, perhaps only in a moment."""
    until = time.monotonic() + 5
    while not (found := any(part in line for line in instance.log)) and time.monotonic() < until:
        time.sleep(0.02)
    return found


def test_idle_connections_do_not_shut_others_out(instance: Instance) -> None:
    host, _, port = urlsplit(instance.url).netloc.partition(":")
    with ExitStack() as idle:
        for _ in range(300):
            connection = idle.enter_context(socket.create_connection((host, int(port)), timeout=5))
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
        asking = connect(instance)
        asking.timeout = 5
        with closing(asking):
            asking.request("GET", "/healthz")
            assert asking.getresponse().status == 200


def connect(instance: Instance) -> HTTPConnection:
    host, _, port = urlsplit(instance.url).netloc.partition(":")
    return HTTPConnection(host, int(port), timeout=20)


def get(instance: Instance, path: str, **headers: str) -> tuple[int, bytes]:
    with closing(connect(instance)) as connection:
        connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, answer.read()


def test_a_new_installation_serves(instance: Instance) -> None:
    assert get(instance, "/healthz") == (200, b"ok\n")
    assert get(instance, "/readyz") == (200, b"ok\n")
    status, page = get(instance, "/")
    assert (status, b"Machine Learning" in page) == (200, True)


def test_what_it_makes_is_private(instance: Instance) -> None:
    get(instance, "/")
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in instance.data.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(instance.data.stat().st_mode) == 0o700


def test_it_logs_requests_without_tokens(instance: Instance) -> None:
    get(instance, "/password/reset/a-secret-token")
    assert logged(instance, "GET /password/reset/*** ")
    assert not any("a-secret-token" in line for line in instance.log)


def test_without_proxies_nobody_can_pose_as_another_address(instance: Instance) -> None:
    get(instance, "/healthz", X_Forwarded_For="192.0.2.7")
    assert logged(instance, "127.0.0.1 GET /healthz")
    assert not any("192.0.2.7" in line for line in instance.log)


def test_behind_a_proxy_the_address_is_the_one_it_names_also_in_json(
    new_instance: NewInstance, installed_file: Path
) -> None:
    settings = {"ROADMAP_LOG_FORMAT": "json", "ROADMAP_PROXIES": "1"}
    instance = new_instance(**settings).installed(installed_file).start()
    get(instance, "/healthz", X_Forwarded_For="198.51.100.9, 192.0.2.7")
    assert logged(instance, '"path": "/healthz"')
    line = next(json.loads(line) for line in instance.log if "/healthz" in line)
    assert line["client"] == "192.0.2.7"


def test_half_a_request_does_not_keep_it_from_ending_and_it_starts_again_on_what_is_there(
    instance: Instance,
) -> None:
    key = (instance.data / "secret-key").read_bytes()
    with closing(connect(instance)) as connection:
        connection.connect()
        connection.sock.sendall(b"POST /login HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf")
        begun = time.monotonic()
        assert instance.stop() == 0
        assert time.monotonic() - begun < 5
    process = instance.start().process
    assert process is not None
    assert process.stdout is not None
    process.stdout.readline()
    assert process.stdout.readline() == (
        f"The first account, created at {instance.url}/register, becomes the administrator.\n"
    )
    assert get(instance, "/readyz")[0] == 200
    assert (instance.data / "secret-key").read_bytes() == key


def test_a_request_that_runs_is_answered_before_the_end(instance: Instance) -> None:
    """The request waits for a lock that is given back only after the signal."""
    answers: list[int] = []
    with closing(sqlite3.connect(instance.data / "roadmap.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asking = threading.Thread(target=lambda: answers.append(sign_in(instance)))
        asking.start()
        assert logged(instance, "GET /login ")
        time.sleep(0.5)
        ending = threading.Thread(target=instance.stop)
        ending.start()
        # Longer than a server waits for its threads that does not look whether they are busy.
        time.sleep(1.5)
        assert answers == []
        other.execute("COMMIT")
    asking.join(20)
    ending.join(20)
    assert answers == [422]


def sign_in(instance: Instance) -> int:
    """Try to sign in as nobody, which is recorded, and give the status of the answer."""
    visitor = Visitor(instance.url)
    visitor.get("/login")
    return visitor.post("/login", email="nobody@example.org", password=PASSWORD)[0]


def test_an_older_schema_is_backed_up_and_upgraded(shared: Instance) -> None:
    shared.stop()
    with Database(f"sqlite:///{shared.data}/roadmap.sqlite3") as database:
        downgrade(database, "-1")
        older = revision_of(database)
    shared.start()
    (backup,) = (shared.data / "backups").iterdir()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (older,)
        assert copy.execute("SELECT count(*) FROM milestones").fetchone() > (50,)


def test_several_workers_set_a_new_postgresql_database_up_and_serve(
    new_instance: NewInstance, postgresql_address: str
) -> None:
    with new_postgresql_database(postgresql_address) as url:
        settings = {"ROADMAP_DATABASE_URL": url, "ROADMAP_LOG_FORMAT": "json"}
        instance = new_instance(**settings).start("--workers", "2", "--threads", "2")
        assert [get(instance, "/readyz")[0] for _ in range(8)] == [200] * 8
        assert instance.stop() == 0
        loggers = {json.loads(line)["logger"] for line in instance.log}
        assert loggers == {"gunicorn.error", "roadmap.access", "roadmap.mail"}


LOST_SIGNAL = """
import os, signal, sys, weakref

class Finder:
    def find_spec(self, name, path, target=None):
        if name == "roadmap.app":
            thing = type("Thing", (), {})()
            stop = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.SIGTERM) or len(name))
            del thing

sys.meta_path.insert(0, Finder())
"""


def test_it_ends_where_a_signal_comes_in_a_finalizer(
    new_instance: NewInstance, installed_file: Path, tmp_path: Path
) -> None:
    """Python reports the exception of the handler there, and goes on."""
    (tmp_path / "sitecustomize.py").write_text(LOST_SIGNAL)
    instance = new_instance(PYTHONPATH=str(tmp_path)).installed(installed_file)
    assert instance.begin().wait(20) == 0
    assert any("Exception ignored in" in line for line in instance.log)


def test_as_the_first_process_it_ends_while_it_starts(new_instance: NewInstance) -> None:
    """The first process of a container ignores a signal that it has no handler for."""
    instance = new_instance()
    process = instance.begin()
    while not (instance.data / "secret-key").exists():
        time.sleep(0.01)
    assert instance.stop() == 0
    assert process.returncode == 0
