"""A form that adds something is sent twice, by a double click or after a lost answer: it adds one thing."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.base import Base
from roadmap.domain.errors import SentBefore
from roadmap.domain.learning.evidence import Evidence
from roadmap.domain.mentoring.invitations import Invitation
from roadmap.domain.reports.issued import IssuedReport
from roadmap.domain.reports.links import Feed, Share
from roadmap.operations.locks import record_form
from tests.support.browsing import Browser
from tests.support.cast import NOON
from tests.support.learning import Learner
from tests.support.racing import together

MARK = re.compile(r'name="once" value="([^"]+)"')
PAGES = {
    "evidence": "{}/milestones/first",
    "share link": "{}/shares",
    "badge": "/settings/badge",
    "calendar": "/settings/calendar",
    "invitation": "/mentoring",
    "frozen report": "{}/reports",
}
Form = tuple[str, dict[str, str], type[Base]]
FORMS: dict[str, Callable[[Learner], Form]] = {
    "evidence": lambda lena: (
        f"{lena.base}/milestones/first/evidence",
        {"title": "Work", "url": "https://example.org"},
        Evidence,
    ),
    "share link": lambda lena: (f"{lena.base}/shares", {"expires_on": "", "as_of": ""}, Share),
    "badge": lambda lena: (f"/settings/badge/{lena.enrollment.public_id}", {}, Feed),
    "calendar": lambda lena: (f"/settings/calendar/{lena.enrollment.public_id}", {}, Feed),
    "invitation": lambda lena: (
        "/mentoring/invitations",
        {"email": "mo@example.org", "as": "mentor", "roadmap": ""},
        Invitation,
    ),
    "frozen report": lambda lena: (f"{lena.base}/reports", {"as_of": ""}, IssuedReport),
}


def send(browser: Browser, path: str, fields: dict[str, str], token: str) -> str:
    """Send the form; the page that the answer leads to."""
    answer = browser.client.post(path, data={**fields, "csrf_token": token})
    assert answer.status_code == 303, answer.text
    return answer.location.partition("#")[0]


def mark_on(browser: Browser, page: str) -> str:
    """The mark of the form on a page; another one each time it is rendered."""
    marks = [MARK.findall(browser.get(page).text)[-1] for _ in range(2)]
    assert marks[0] != marks[1]
    return str(marks[0])


def count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("name", FORMS)
def test_the_same_form_twice_is_one_thing_with_the_same_answer(learner: Learner, name: str) -> None:
    path, fields, table = FORMS[name](learner)
    fields["once"] = mark_on(learner.browser, PAGES[name].format(learner.base))
    token = learner.browser.token()
    first = send(learner.browser, path, fields, token)
    assert send(learner.browser, path, fields, token) == first
    assert count(learner.session, table) == 1


@pytest.mark.parametrize("name", ["evidence", "share link"])
def test_a_form_without_a_mark_is_known_by_its_token(learner: Learner, name: str) -> None:
    path, fields, table = FORMS[name](learner)
    token = learner.browser.token()
    assert len({send(learner.browser, path, fields, token) for _ in range(2)}) == 1
    assert count(learner.session, table) == 1


def test_the_same_words_on_a_page_opened_later_are_another_thing(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, fields, table = FORMS["evidence"](learner)
    send(learner.browser, path, fields, learner.browser.token_of_new_page())
    later = time.time() + 5
    monkeypatch.setattr(time, "time", lambda: later)
    send(learner.browser, path, fields, learner.browser.token_of_new_page())
    assert count(learner.session, table) == 2


def test_a_refused_form_may_be_sent_again(learner: Learner) -> None:
    path, fields, table = FORMS["evidence"](learner)
    token = learner.browser.token()
    refused = learner.browser.client.post(path, data={"title": "Work", "csrf_token": token})
    assert refused.status_code == 422
    again = learner.browser.client.post(path, data={"title": "Work", "csrf_token": token})
    assert again.status_code == 422
    send(learner.browser, path, fields, token)
    assert count(learner.session, table) == 1


def test_who_sends_an_old_form_again_is_told(session: Session) -> None:
    record_form(session, "mark", at=NOON)
    for later, is_recent in ((timedelta(seconds=1), True), (timedelta(hours=1), False)):
        with pytest.raises(SentBefore) as error:
            record_form(session, "mark", at=NOON + later)
        assert error.value.is_recent is is_recent


def test_of_two_at_once_one_goes_through(real_database: Database) -> None:
    results = together(real_database, *[lambda session: record_form(session, "mark", at=NOON)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "SentBefore"]
