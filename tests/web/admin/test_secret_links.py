"""Administration: the links of all people, whose they are and never what they show; each can be revoked."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from roadmap.domain.accounts.users import User
from roadmap.domain.reports.links import LinkPurpose
from roadmap.operations.reports.links import count_open
from roadmap.queries.reports.secret_links import PAGE
from tests.support.browsing import Browser, browser_of
from tests.support.cast import NOON, add_user
from tests.support.learning import TODAY, Learner
from tests.support.sharing import DAY, audited, feed, share, token_of

LINKS = "/admin/shares"


@pytest.fixture
def admin(learner: Learner) -> User:
    return add_user(learner.session, "Ada", is_admin=True)


@pytest.fixture
def ada(app: Flask, learner: Learner, admin: User) -> Browser:
    return browser_of(app, learner.session, admin)


def revocations(page: str) -> list[str]:
    return re.findall(r'action="(/(?:shares|feeds)/\w+/revoke)"', page)


def test_nothing_shared_is_said(ada: Browser) -> None:
    assert "No shared links." in ada.get(LINKS).text


def test_each_kind_is_listed_with_its_owner_days_and_opens(learner: Learner, ada: Browser) -> None:
    link = share(learner)
    count_open(learner.session, link.id, at=NOON)
    for purpose in (LinkPurpose.BADGE, LinkPurpose.CALENDAR):
        feed(learner, purpose)
    page = ada.get(LINKS).text
    assert set(re.findall(r'data-link="(\w+)"', page)) == {"share", "badge", "calendar"}
    assert page.count("lena@example.org") == 3
    assert re.search(r"expires <time[^>]*>1 April<.*opened 1 time, most recently", page)
    assert len(revocations(page)) == 3


@pytest.mark.both_databases
def test_what_a_link_shows_is_never_told(learner: Learner, ada: Browser) -> None:
    links = share(learner), feed(learner, LinkPurpose.BADGE)
    page = ada.get(LINKS).text
    for secret in ("Sample", "enrollment", learner.enrollment.public_id, *map(token_of, links)):
        assert secret not in page


def test_revoking_ends_each_at_once_and_is_audited(
    app: Flask, learner: Learner, admin: User, ada: Browser
) -> None:
    link, badge = share(learner), feed(learner, LinkPurpose.BADGE)
    paths = f"/s/{token_of(link)}", f"/badge/{token_of(badge)}.svg"
    revoking = revocations(ada.get(LINKS).text)
    assert len(revoking) == 2
    for path in revoking:
        assert ada.post(path).location == LINKS
    assert [Browser(app).get(path).status_code for path in paths] == [404, 404]
    assert set(audited(learner.session)) >= {"share_revoked", "badge_revoked"}
    entry = r"Share link revoked</td><td data-label=\"Who\">Ada</td><td data-label=\"Target\">Lena<"
    assert re.search(entry, ada.get("/admin/audits").text)
    assert revocations(ada.get(LINKS).text) == []


def test_a_link_that_expired_everywhere_is_not_listed(learner: Learner, ada: Browser) -> None:
    share(learner, expires_on=TODAY)
    assert len(revocations(ada.get(LINKS).text)) == 1
    with time_machine.travel(NOON + DAY + timedelta(hours=1), tick=False):
        assert revocations(ada.get(LINKS).text) == []


def test_many_links_come_in_pages(learner: Learner, ada: Browser) -> None:
    first = feed(learner, LinkPurpose.BADGE)
    learner.at += timedelta(hours=1)
    for _ in range(PAGE):
        share(learner)
    page = ada.get(LINKS).text
    assert (first.public_id in page, f"{LINKS}?page=2" in page) == (False, True)
    assert revocations(ada.get(f"{LINKS}?page=2").text) == [f"/feeds/{first.public_id}/revoke"]
    assert revocations(ada.get(f"{LINKS}?page=3").text) == []


def test_odd_pages_are_the_first(learner: Learner, ada: Browser) -> None:
    share(learner)
    for page in ("0", "-1", "x", "9" * 40, "٣", ""):
        answer = ada.get(f"{LINKS}?page={page}")
        assert (answer.status_code, len(revocations(answer.text))) == (200, 1), page
