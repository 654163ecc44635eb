"""Bodies that are too large, sent to a served instance: the answer is a page, and it arrives."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from socket import SHUT_WR, create_connection
from urllib.parse import urlsplit

import pytest

from tests.support.fixtures.instances import Instance
from tests.support.fixtures.postgresql import new_postgresql_database
from tests.support.skips import is_missing

PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
pytestmark = pytest.mark.slow

KIND = "multipart/form-data; boundary=x"
FIELD = b'--x\r\nContent-Disposition: form-data; name="id"\r\n\r\ntyped\r\n'
HEAD = FIELD + b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
TAIL = b"\r\n--x--\r\n"
MEGABYTE = 2**20


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, installed_file: Path) -> Iterator[Instance]:
    """One installation for all of these."""
    instance = Instance(tmp_path_factory.mktemp("shared") / "data").installed(installed_file)
    yield instance.start()
    instance.stop()


def post(
    instance: Instance, path: str, size: int, *, sent: int | None = None, **headers: str
) -> tuple[int, str]:
    """Send a body of this size, or say so and send less of it."""
    host, _, port = urlsplit(instance.url).netloc.partition(":")
    with closing(HTTPConnection(host, int(port), timeout=20)) as connection:
        connection.putrequest("POST", path)
        for name, value in {"Content-Type": KIND, "Content-Length": str(size), **headers}.items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send((HEAD.ljust(size - len(TAIL), b"x") + TAIL)[:sent])
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("size", [10 * MEGABYTE + 100_000, 50 * MEGABYTE])
def test_a_file_that_is_too_large_to_check_is_answered_with_a_page(shared: Instance, size: int) -> None:
    status, page = post(shared, "/verify", size)
    assert status == 413
    assert "limited to 10 MB" in page
    assert "<h1" in page


@pytest.mark.parametrize("size", [2 * MEGABYTE, 5 * MEGABYTE, 50 * MEGABYTE])
def test_other_forms_take_one_megabyte(shared: Instance, size: int) -> None:
    status, page = post(shared, "/login", size)
    assert status == 413
    assert "The limit is 1 MB" in page


def test_a_file_of_ten_megabytes_gets_as_far_as_its_token(shared: Instance) -> None:
    status, page = post(shared, "/verify", 10 * MEGABYTE)
    assert status == 400
    assert "This form was open too long" in page
    assert 'value="typed"' in page


def test_chunks_are_counted_as_they_come(shared: Instance) -> None:
    host, _, port = urlsplit(shared.url).netloc.partition(":")
    with closing(HTTPConnection(host, int(port), timeout=20)) as connection:
        chunks = (b"x" * MEGABYTE for _ in range(50))
        connection.request("POST", "/verify", chunks, {"Content-Type": KIND}, encode_chunked=True)
        assert connection.getresponse().status == 413


@pytest.fixture(scope="module")
def workers(
    tmp_path_factory: pytest.TempPathFactory, postgresql_address: str, postgresql_template: str
) -> Iterator[Instance]:
    """One installation with two processes."""
    with new_postgresql_database(postgresql_address, postgresql_template) as url:
        instance = Instance(tmp_path_factory.mktemp("workers") / "data", {"ROADMAP_DATABASE_URL": url})
        yield instance.start("--workers", "2")
        instance.stop()


@pytest.mark.parametrize(
    ("path", "size", "sent", "advice"),
    [
        ("/login", 2 * MEGABYTE, None, "The limit is 1 MB"),
        ("/login", 5 * MEGABYTE, None, "The limit is 1 MB"),
        ("/login", 11 * MEGABYTE, None, "The limit is 1 MB"),
        ("/verify", 10 * MEGABYTE + 100_000, None, "limited to 10 MB"),
        ("/verify", 11 * MEGABYTE, None, "limited to 10 MB"),
        # More than a proxy in front lets through: refused by its length, without reading it.
        ("/verify", 50 * MEGABYTE, 1_000, "limited to 10 MB"),
    ],
)
def test_several_processes_answer_with_a_page_too(
    workers: Instance, path: str, size: int, sent: int | None, advice: str
) -> None:
    status, page = post(workers, path, size, sent=sent)
    assert status == 413
    assert advice in page
    assert "<h1" in page


CHUNKED = "Transfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close"


def answer_to_chunks(instance: Instance, chunks: bytes) -> bytes:
    """What comes back when a body is sent as these bytes, and nothing after them."""
    host, _, port = urlsplit(instance.url).netloc.partition(":")
    with create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(f"POST /login HTTP/1.1\r\nHost: x\r\n{CHUNKED}\r\n\r\n".encode() + chunks)
        connection.shutdown(SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize("name", ["shared", "workers"])
@pytest.mark.parametrize(
    "chunks",
    [
        *(b"ZZ\r\nabc\r\n0\r\n\r\n", b"-5\r\nabcde\r\n0\r\n\r\n", b"5\r\nabcdeXX0\r\n\r\n", b""),
        *(b"FFFFFFFFFFFFFFFFF\r\nabc", b"5\r\nab", b"5;\x00\r\nabcde\r\n0\r\n\r\n", b"\r\n\r\n"),
    ],
)
def test_malformed_chunks_are_400_or_no_request_at_all(
    name: str, chunks: bytes, request: pytest.FixtureRequest
) -> None:
    instance: Instance = request.getfixturevalue(name)
    answer = answer_to_chunks(instance, chunks)
    assert not answer or answer.split()[1] in {b"400", b"413"}
    assert not any("Traceback" in line for line in instance.log)


@pytest.mark.parametrize("name", ["shared", "workers"])
def test_a_form_in_chunks_gets_as_far_as_its_token(name: str, request: pytest.FixtureRequest) -> None:
    body = b"email=lena%40example.org&name=typed"
    chunks = b"5\r\n" + body[:5] + b"\r\n%x\r\n" % len(body[5:]) + body[5:] + b"\r\n0\r\n\r\n"
    answer = answer_to_chunks(request.getfixturevalue(name), chunks)
    assert b"This form was open too long" in answer
    assert b'value="lena@example.org"' in answer


def peaks(instance: Instance) -> dict[int, int]:
    """The most memory that each process of an installation has had so far, in bytes."""
    assert instance.process is not None
    first = Path(f"/proc/{instance.process.pid}")
    if not (first / "task" / first.name / "children").exists():
        is_missing("the memory of a process can only be read from /proc")
    children = (first / "task" / first.name / "children").read_text().split()
    statuses = {int(pid): Path(f"/proc/{pid}/status").read_text() for pid in (first.name, *children)}
    return {pid: 1024 * int(PEAK.findall(status)[0]) for pid, status in statuses.items()}


@pytest.mark.parametrize(("name", "size"), [("shared", 50 * MEGABYTE), ("workers", 11 * MEGABYTE)])
def test_memory_does_not_grow_with_the_body(name: str, size: int, request: pytest.FixtureRequest) -> None:
    instance: Instance = request.getfixturevalue(name)
    # Many at once, so that each process has answered before and its templates are loaded.
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: post(instance, "/login", MEGABYTE + 100_000), range(40)))
    before = peaks(instance)
    for _ in range(3):
        assert post(instance, "/login", size)[0] == 413
    grown = {pid: peak - before[pid] for pid, peak in peaks(instance).items()}
    assert max(grown.values()) < size / 2
