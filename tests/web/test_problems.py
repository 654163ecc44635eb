"""Refusals and failures: pages for people, problem details for programs."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.db.errors import Cause, DatabaseUnavailable
from roadmap.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    RuleError,
    StaleText,
    TooMany,
    invalid,
)
from tests.support.browsing import Browser, add_account, browser_of

pytestmark = pytest.mark.both_databases

CASES = [
    (NotFound("Gone."), 404),
    (Forbidden("Not yours."), 403),
    (Conflict("Changed."), 409),
    (StaleText("Changed.", current="Theirs", version=2), 409),
    (Invalid("Wrong."), 422),
    (invalid(day="Wrong day."), 422),
    (TooMany("Wait.", retry_after=7), 429),
    (DatabaseUnavailable("busy"), 503),
]


class OwnRefusal(Conflict):
    """A refusal of a kind that the translation has never heard of."""


def raising(app: Flask, problem: Exception) -> Flask:
    def view() -> None:
        raise problem

    app.view_functions["passwords.new"] = view
    app.view_functions["passwords.create"] = view
    return app


@pytest.mark.parametrize(
    ("problem", "status"), [*CASES, (OwnRefusal("Own."), 409), (RuleError("Base."), 409)]
)
def test_each_refusal_is_a_page_that_says_what_to_do(app: Flask, problem: Exception, status: int) -> None:
    answer = raising(app, problem).test_client().get("/password/forgotten")
    assert answer.status_code == status
    assert "<h1" in answer.text
    assert isinstance(problem, DatabaseUnavailable) or str(problem) in answer.text


@pytest.mark.parametrize(("problem", "status"), CASES)
@pytest.mark.parametrize("accept", ["application/problem+json", "application/json"])
def test_programs_get_problem_details(app: Flask, problem: Exception, status: int, accept: str) -> None:
    answer = raising(app, problem).test_client().get("/password/forgotten", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.get_json()["status"] == status


def test_fields_are_named_in_problem_details(app: Flask) -> None:
    client = raising(app, invalid(day="Wrong day.")).test_client()
    answer = client.get("/password/forgotten", headers={"Accept": "application/problem+json"})
    assert answer.get_json()["errors"] == {"day": "Wrong day."}


@pytest.mark.parametrize(("problem", "seconds"), [(CASES[-2][0], "7"), (CASES[-1][0], "5")])
def test_waiting_is_told_in_seconds(app: Flask, problem: Exception, seconds: str) -> None:
    answer = raising(app, problem).test_client().get("/password/forgotten")
    assert answer.headers["Retry-After"] == seconds


@pytest.mark.parametrize("problem", [case[0] for case in CASES if case[1] in {409, 422, 429, 503}])
def test_what_was_typed_is_kept_to_be_sent_again(app: Flask, problem: Exception) -> None:
    browser = Browser(app)
    fields = {"csrf_token": browser.token(), "note": "A thought"}
    raising(app, problem)
    answer = browser.client.post("/password/forgotten", data=fields)
    assert 'value="A thought"' in answer.text
    assert 'name="csrf_token"' in answer.text


def test_both_texts_are_shown_when_one_was_changed_meanwhile(app: Flask) -> None:
    problem = StaleText("Changed.", current="<Theirs>", version=2)
    assert "&lt;Theirs&gt;" in raising(app, problem).test_client().get("/password/forgotten").text


def gone(*_: object, **__: object) -> None:
    raise DatabaseUnavailable("gone")


def test_a_database_that_is_gone_costs_503_and_not_a_crash(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_of(app, session, add_account(session))
    monkeypatch.setattr(app.extensions["database"], "reading", gone)
    for path in ("/settings", "/login", "/nowhere"):
        answer = browser.get(path)
        assert answer.status_code in {503, 404}, path
    assert browser.get("/settings").headers["Retry-After"] == "5"
    assert browser.get("/healthz").status_code == 200


def test_a_read_goes_on_when_last_seen_cannot_be_written(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch, past: Callable[[], None]
) -> None:
    browser = browser_of(app, session, add_account(session))
    past()
    monkeypatch.setattr("roadmap.web.login.operations.mark_seen", gone)
    assert browser.get("/settings").status_code == 200


@pytest.fixture
def past(session: Session) -> Callable[[], None]:
    """Make all sessions look unused for two minutes."""
    from datetime import timedelta

    from roadmap.clock import now
    from roadmap.domain.accounts.sessions import SignIn

    def move() -> None:
        session.execute(SignIn.__table__.update().values(last_seen_at=now() - timedelta(minutes=2)))
        session.commit()

    return move


def test_the_process_and_the_database_say_that_they_are_well(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text == "ok\n"


def test_a_database_without_the_schema_is_not_ready(config: Config, empty_database: Database) -> None:
    assert create_app(config, empty_database).test_client().get("/readyz").status_code == 503


def test_a_database_that_cannot_be_opened_is_not_ready(config: Config) -> None:
    app = create_app(config, Database(f"sqlite:///{config.data}/no/such/folder/x.sqlite3"))
    assert app.test_client().get("/readyz").status_code == 503
    assert app.test_client().get("/healthz").status_code == 200


def test_a_method_that_a_page_does_not_have_names_those_it_has(app: Flask) -> None:
    answer = app.test_client().put("/login")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize(("cause", "words"), [(Cause.FULL, "The disk is full"), (Cause.BUSY, "is busy")])
def test_a_503_says_its_cause_on_the_page_and_in_the_log(
    app: Flask, caplog: pytest.LogCaptureFixture, cause: Cause, words: str
) -> None:
    problem = DatabaseUnavailable("what the driver said", cause)
    assert words in raising(app, problem).test_client().get("/password/forgotten").text
    assert f"answered 503, the database is {cause}: what the driver said" in caplog.messages
