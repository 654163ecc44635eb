"""Bodies that are too large, sent to a served instance: the answer is a page, and it arrives."""

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.fixtures.databases import new_postgresql_database
from tests.fixtures.instances import Instance

KIND = "multipart/form-data; boundary=x"
FIELD = b'--x\r\nContent-Disposition: form-data; name="id"\r\n\r\ntyped\r\n'
HEAD = FIELD + b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
TAIL = b"\r\n--x--\r\n"
MEGABYTE = 2**20


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """One installation for all of these."""
    instance = Instance(tmp_path_factory.mktemp("shared") / "data").start()
    yield instance
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


@pytest.mark.parametrize("sent", [None, 0, 1_000])
def test_fifty_megabytes_to_check_are_answered_with_a_page(shared: Instance, sent: int | None) -> None:
    status, page = post(shared, "/verify", 50 * MEGABYTE, sent=sent)
    assert status == 413
    assert "10 MB at most" in page
    assert "<h1" in page


@pytest.mark.parametrize("size", [2 * MEGABYTE, 5 * MEGABYTE, 50 * MEGABYTE])
def test_other_forms_take_one_megabyte(shared: Instance, size: int) -> None:
    status, page = post(shared, "/login", size)
    assert status == 413
    assert "One megabyte at most" in page


def test_a_file_of_ten_megabytes_gets_as_far_as_its_token(shared: Instance) -> None:
    status, page = post(shared, "/verify", 10 * MEGABYTE)
    assert status == 400
    assert "did not come from this site" in page
    assert 'value="typed"' in page


def test_whoever_asks_before_sending_is_told_at_once(shared: Instance) -> None:
    assert post(shared, "/verify", 50 * MEGABYTE, sent=0, Expect="100-continue")[0] == 413


def test_chunks_are_counted_as_they_come(shared: Instance) -> None:
    host, _, port = urlsplit(shared.url).netloc.partition(":")
    with closing(HTTPConnection(host, int(port), timeout=20)) as connection:
        chunks = (b"x" * MEGABYTE for _ in range(50))
        connection.request("POST", "/verify", chunks, {"Content-Type": KIND}, encode_chunked=True)
        assert connection.getresponse().status == 413


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory, postgresql_address: str) -> Iterator[Instance]:
    """One installation with two processes."""
    with new_postgresql_database(postgresql_address) as url:
        instance = Instance(tmp_path_factory.mktemp("workers") / "data", {"ROADMAP_DATABASE_URL": url})
        yield instance.start("--workers", "2")
        instance.stop()


@pytest.mark.parametrize(("path", "size"), [("/verify", 50 * MEGABYTE), ("/login", 5 * MEGABYTE)])
@pytest.mark.parametrize("sent", [None, 1_000])
def test_several_processes_answer_with_a_page_too(
    workers: Instance, path: str, size: int, sent: int | None
) -> None:
    status, page = post(workers, path, size, sent=sent)
    assert status == 413
    assert "<h1" in page
