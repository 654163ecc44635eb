"""Log lines tell who asked for what, and no secrets."""

import json
import logging
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from roadmap.db.database import Database
from roadmap.server.logs import AccessLog, JsonFormatter, mask_tokens, remove_rows


@pytest.mark.parametrize(
    ("path", "masked"),
    [
        ("/s/abc-DEF_123", "/s/***"),
        ("//s//abc", "//s//***"),
        ("/s/abc.pdf", "/s/***.pdf"),
        ("/badge/abc.svg", "/badge/***.svg"),
        ("/calendar/abc.ics", "/calendar/***.ics"),
        ("/invitations/abc", "/invitations/***"),
        ("/password/reset/abc", "/password/reset/***"),
        ("/S/abc", "/S/***"),
        ("/roadmaps/ml-engineer", "/roadmaps/ml-engineer"),
        ("/settings/sessions", "/settings/sessions"),
        ("/", "/"),
    ],
)
def test_tokens_in_paths_are_masked(path: str, masked: str) -> None:
    assert mask_tokens(path) == masked


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_every_page_whose_address_is_a_secret_is_masked(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules() if "token" in rule.arguments]
    paths = [re.sub("<[^>]*token>", "a-secret", rule) for rule in rules]
    assert all("a-secret" in path for path in paths)
    assert paths
    assert [path for path in paths if "a-secret" in mask_tokens(path)] == []


def one_line(caplog: pytest.LogCaptureFixture, path: str) -> logging.LogRecord:
    def app(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        environ["REMOTE_ADDR"] = "192.0.2.7"
        start_response("404 NOT FOUND", [])
        return [b""]

    environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET", "QUERY_STRING": "q=secret"}
    with caplog.at_level("INFO", "roadmap.access"):
        list(AccessLog(app)(environ, lambda *_: lambda _: None))
    return caplog.records[0]


def test_a_line_tells_client_method_path_and_status(caplog: pytest.LogCaptureFixture) -> None:
    assert one_line(caplog, "/today").getMessage().startswith("192.0.2.7 GET /today 404 ")


def test_no_line_tells_the_query(caplog: pytest.LogCaptureFixture) -> None:
    assert "secret" not in one_line(caplog, "/search").getMessage()


def test_a_path_cannot_begin_a_line_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    assert "\n" not in one_line(caplog, "/a\n2026 INFO forged").getMessage()


def test_json_lines_carry_the_facts_by_name(caplog: pytest.LogCaptureFixture) -> None:
    line = json.loads(JsonFormatter().format(one_line(caplog, "/s/abc")))
    assert (line["path"], line["status"], line["level"]) == ("/s/***", 404, "info")
    assert "abc" not in json.dumps(line)


def test_json_lines_carry_tracebacks() -> None:
    error = ZeroDivisionError("no")
    record = logging.LogRecord("x", logging.ERROR, "", 0, "broken", None, (type(error), error, None))
    assert "ZeroDivisionError: no" in json.loads(JsonFormatter().format(record))["traceback"]


def test_a_failed_statement_is_logged_without_what_was_typed(database: Database) -> None:
    twice = text("INSERT INTO alembic_version (version_num) VALUES (:typed), (:typed)")
    typed = {"typed": "my secret diary"}
    with pytest.raises(DBAPIError) as refused, database.writing() as session:
        session.execute(twice, typed)
    error = refused.value
    record = logging.LogRecord("x", logging.ERROR, "", 0, "", (), (type(error), error, error.__traceback__))
    assert remove_rows(record)
    line = JsonFormatter().format(record)
    assert "INSERT INTO alembic_version" in line
    assert "diary" not in line
