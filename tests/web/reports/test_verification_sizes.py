"""How large a file to check may be, and that nothing else may be as large."""

import io

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from roadmap.web.limits.input_limits import MAX_FILE_BYTES
from tests.support.browsing import Browser


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return Browser(app)


def upload(visitor: Browser, size: int, path: str = "/verify") -> TestResponse:
    """Send a file of this size in a body that is put together here, which is quick."""
    head = b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + visitor.token().encode()
    part = b'\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    body = head + part + b"x" * size + b"\r\n--x--\r\n"
    return visitor.client.post(path, data=body, content_type="multipart/form-data; boundary=x")


def test_ten_megabytes_are_looked_at(visitor: Browser) -> None:
    assert 'data-finding="unknown"' in upload(visitor, MAX_FILE_BYTES).text


@pytest.mark.parametrize("more", [1, 2_000_000, 40_000_000])
def test_more_is_413_with_what_to_do(visitor: Browser, more: int) -> None:
    answer = upload(visitor, MAX_FILE_BYTES + more)
    assert answer.status_code == 413
    assert "limited to 10 MB" in answer.text
    assert answer.text.count("<h1") == 1


def test_a_large_body_is_refused_by_its_length_alone(visitor: Browser) -> None:
    unread = io.BytesIO(b"x" * 100)
    environ = {"CONTENT_LENGTH": "50000000", "wsgi.input": unread}
    answer = visitor.client.post(
        "/verify", content_type="multipart/form-data; boundary=x", environ_overrides=environ
    )
    assert answer.status_code == 413
    assert unread.tell() == 0


def test_no_other_form_takes_more_than_before(visitor: Browser) -> None:
    answer = upload(visitor, 1_100_000, "/login")
    assert answer.status_code == 413
    assert "The limit is 1 MB" in answer.text
