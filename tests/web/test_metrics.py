"""`/metrics` gives whoever has the token what an installation holds, and nobody else anything."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import TestResponse

from roadmap.db.migrations import head
from roadmap.operations.mails import Text, write_mail
from tests.support.cast import NOON
from tests.support.fixtures.web import LendApp
from tests.support.learning import Learning
from tests.support.mentoring import mentor_of, submit

TOKEN = "a token for Prometheus"


@pytest.fixture
def watched(lend_app: LendApp) -> Flask:
    return lend_app(metrics_token=TOKEN)


def ask(app: Flask, authorization: str = f"Bearer {TOKEN}") -> TestResponse:
    return app.test_client().get("/metrics", headers={"Authorization": authorization})


def test_it_counts_what_is_there_and_what_waits(watched: Flask, learning: Learning) -> None:
    mentor_of(learning)
    submit(learning, "first")
    write_mail(learning.session, Text("Subject", "Body"), to="a@example.org", at=NOON)
    learning.session.commit()
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        answer = ask(watched)
    assert (answer.status_code, answer.content_type) == (200, "text/plain; version=0.0.4; charset=utf-8")
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    mails = found.pop(("roadmap_mails_waiting",))
    assert mails >= 1
    assert {name[1:]: value for name, value in found.items() if name[0] == "roadmap_enrollments"} == {
        ("active",): 1,
        ("paused",): 0,
        ("archived",): 0,
    }
    assert found["roadmap_people",] == 2
    assert found["roadmap_enrollments_active",] == 1
    assert found["roadmap_submissions_waiting",] == 1
    assert found["roadmap_submissions_oldest_seconds",] == 7200
    assert found["roadmap_mails_oldest_seconds",] == 7200
    assert [head() in name for name in found if name[0] == "roadmap_build"] == [True]


def test_without_the_token_it_is_not_there(watched: Flask) -> None:
    wrong = (f"bearer {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer \xfc")
    for authorization in ("", "Bearer", "Bearer ", *wrong):
        assert ask(watched, authorization).status_code == 404, authorization


@pytest.mark.parametrize("authorization", ["", "Bearer ", f"Bearer {TOKEN}"])
def test_without_the_setting_it_is_not_there(app: Flask, authorization: str) -> None:
    assert ask(app, authorization).status_code == 404


def test_guesses_are_limited(watched: Flask) -> None:
    for _ in range(119):
        watched.extensions["rate_limits"].hit("monitoring.metrics", "127.0.0.1")
    assert [ask(watched, "Bearer wrong").status_code for _ in range(2)] == [404, 429]
