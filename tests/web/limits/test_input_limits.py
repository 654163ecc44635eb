"""Odd input never answers 500: a property test sends it to every page."""

import io
import re
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.support.browsing import Browser, add_account, browser_of

pytestmark = pytest.mark.both_databases

ODD = [
    *(
        "\0",
        "a\0b",
        "\ud800",
        "%00",
        "%ff%fe",
        "%ED%A0%80",
        "\x1b[31m",
        "\u202e",
        "٣",
        "-1",
        "0",
        "1e309",
        "NaN",
    ),
    *(
        "9" * 30,
        "-" + "9" * 30,
        "'",
        '"; DROP TABLE users; --',
        "../../etc/passwd",
        "{{7*7}}",
        "a" * 5_000,
        "🦦",
    ),
]
odd_text = st.sampled_from(ODD) | st.text(max_size=30)
# Each example is a request to every page, or to every form.
QUIET = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=settings.default.max_examples // 3,
)
FIELDS = ("name", "email", "password", "new_password", "time_zone", "theme", "next", "which", "state", "role")


def raw_status(app: Flask, path: bytes, *, query: bytes = b"", cookie: str = "", **environ: object) -> int:
    """Ask with bytes that no client would send."""
    built = EnvironBuilder(path="/", base_url="http://localhost").get_environ()
    built |= {"PATH_INFO": path.decode("latin-1"), "QUERY_STRING": query.decode("latin-1"), **environ}
    built |= {"HTTP_COOKIE": cookie} if cookie else {}
    return int(run_wsgi_app(app, built)[1].split()[0])


def as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, add_account(session, "Lena", is_admin=True))


def pages(app: Flask) -> list[str]:
    rules = [rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    assert len(rules) > 40
    return rules


def test_a_line_break_in_the_query_of_a_doubled_slash_is_no_error_of_ours(app: Flask) -> None:
    assert raw_status(app, b"/enrollments//edition", query=b"a\r=") == 404


@pytest.mark.slow
@QUIET
@given(value=odd_text, others=st.lists(odd_text, min_size=6, max_size=6))
def test_odd_paths_and_queries_everywhere(
    app: Flask, browser: Browser, value: str, others: list[str]
) -> None:
    cookie = f"roadmap_session={browser.secret()}"
    for rule in pages(app):
        path = re.sub(r"<[^>]+>", lambda _: value.replace("/", ""), rule)
        names = ("q", "before", "after", "next", "filter", others[0])
        query = as_bytes("&".join(f"{name}={other}" for name, other in zip(names, others, strict=True)))
        status = raw_status(app, as_bytes(path), query=query, cookie=cookie)
        assert status < 500, (rule, value, query, status)


@pytest.mark.slow
@QUIET
@given(raw=st.binary(max_size=60))
def test_random_bytes_as_path_and_query(app: Flask, browser: Browser, raw: bytes) -> None:
    cookie = f"roadmap_session={browser.secret()}"
    for start in (b"/", b"/settings/", b"/enrollments/", b"/roadmaps/", b"/admin/accounts/"):
        assert raw_status(app, start + raw, query=raw, cookie=cookie) < 500


@pytest.mark.slow
@QUIET
@given(values=st.lists(odd_text, min_size=len(FIELDS), max_size=len(FIELDS)))
def test_odd_fields_in_every_form(app: Flask, browser: Browser, values: list[str]) -> None:
    token = browser.token()
    odd = "&".join(f"{field}={quote(as_bytes(value))}" for field, value in zip(FIELDS, values, strict=True))
    forms = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(forms) > 40
    for rule in forms:
        if rule.endpoint == "sign_ins.destroy":
            continue
        path = re.sub(r"<[^>]+>", "7", rule.rule)
        body = f"{odd}&csrf_token={token}"
        answer = browser.client.post(path, data=body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500, (rule, odd)


def test_half_characters_and_nul_are_refused_early(browser: Browser) -> None:
    assert raw_status(browser.client.application, b"/settings/\0") == 404
    assert browser.get("/help?q=%00").status_code == 400
    assert browser.post("/settings", name="a\0b").status_code == 400


def test_fields_that_are_not_utf_8_are_read_as_replaced_text(browser: Browser) -> None:
    body = b"name=%FF%FE&time_zone=UTC&csrf_token=" + browser.token().encode()
    answer = browser.client.post("/settings", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/login", "/register", "/settings", "/theme", "/nowhere"])
def test_twenty_megabytes_are_413(browser: Browser, path: str) -> None:
    body = b"name=" + b"x" * 20_000_000
    answer = browser.client.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "too large" in answer.text


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_twenty_megabytes_in_chunks_are_413(app: Flask, kind: str) -> None:
    start = b"--x\r\nContent-Disposition: form-data; name=name\r\n\r\n" if "multipart" in kind else b"name="
    chunks = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": kind,
        "HTTP_TRANSFER_ENCODING": "chunked",
        "CONTENT_LENGTH": "",
        "wsgi.input": io.BytesIO(start + b"x" * 20_000_000),
        "wsgi.input_terminated": True,
    }
    assert raw_status(app, b"/login", **chunks) == 413


@pytest.mark.parametrize("length", ["-1", "x", "99999999999999999999", "٣"])
def test_odd_lengths_are_no_failure(app: Flask, length: str) -> None:
    odd = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": length,
    }
    assert raw_status(app, b"/login", **odd) in {400, 413}


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=\xff", "x", "application/json"]
)
def test_odd_content_types_are_no_failure(app: Flask, kind: str) -> None:
    odd = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": "4",
        "wsgi.input": io.BytesIO(b"{[}]"),
    }
    assert raw_status(app, b"/login", **odd) == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "GETT", "PROPFIND"])
def test_other_methods_are_no_failure(app: Flask, method: str) -> None:
    answer = app.test_client().open("/login", method=method)
    assert answer.status_code == (200 if method == "OPTIONS" else 405)
    assert "GET" in answer.headers["Allow"]


def test_odd_headers_are_no_failure(browser: Browser) -> None:
    for name in (
        "Accept",
        "Accept-Encoding",
        "Referer",
        "User-Agent",
        "X-CSRFToken",
        "X-Fragment",
        "If-None-Match",
    ):
        for value in ("\xff\xfe", "a" * 5_000, "*;q=x", "http://[", ";;;,,,"):
            headers = {name: value}
            assert browser.client.get("/settings", headers=headers).status_code < 500, (name, value)
            assert browser.client.post("/settings", headers=headers).status_code < 500, (name, value)
