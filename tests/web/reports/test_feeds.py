"""Badges and calendars: made and revoked in the settings, fetched by other programs with their secret."""

import re
from datetime import date, timedelta
from xml.dom.minidom import parseString

import icalendar
import pytest
from flask import Flask

from roadmap.domain.reports.links import LinkPurpose
from roadmap.operations.accounts.users import disable_user
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import TOMORROW, Learner
from tests.support.sharing import feed, feed_url, share, token_of

BADGE, CALENDAR = LinkPurpose.BADGE, LinkPurpose.CALENDAR
BOTH = pytest.mark.parametrize("purpose", [BADGE, CALENDAR])


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return Browser(app)


def made(learner: Learner, purpose: LinkPurpose) -> str:
    """Make it by its button; the path that the page then shows."""
    url = f"/settings/{purpose}"
    answer = learner.browser.post(f"{url}/{learner.enrollment.public_id}")
    assert (answer.status_code, answer.location.partition("#")[0]) == (303, url)
    found = re.search(rf'value="http://localhost(/{purpose}/[\w.-]+)"', learner.browser.get(url).text)
    assert found is not None
    return found[1]


@BOTH
def test_it_is_made_shown_again_revoked_and_made_anew(
    learner: Learner, visitor: Browser, purpose: LinkPurpose
) -> None:
    path = made(learner, purpose)
    assert made(learner, purpose) == path
    assert visitor.get(path).status_code == 200
    revoke = re.search(r"/feeds/\w+/revoke", learner.browser.get(f"/settings/{purpose}").text)
    assert revoke is not None
    assert learner.browser.post(revoke[0]).location == f"/settings/{purpose}"
    assert visitor.get(path).status_code == 404
    assert made(learner, purpose) != path


def test_a_badge_shows_both_numbers_and_may_stand_on_any_site(learner: Learner, visitor: Browser) -> None:
    learner.mark("first")
    answer = visitor.get(feed_url(learner, BADGE))
    assert 'data-claimed="13" data-verified="0"' in answer.text
    assert parseString(answer.data).documentElement.tagName == "svg"
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_calendar_has_target_and_revisit_days(learner: Learner, visitor: Browser) -> None:
    learner.choose(target_on=date(2026, 9, 1))
    learner.revisit("first", TOMORROW)
    answer = visitor.get(feed_url(learner, CALENDAR))
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert [each["dtstart"].dt for each in events] == [date(2026, 9, 1), TOMORROW]
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"


@BOTH
def test_it_is_304_until_something_changes(learner: Learner, visitor: Browser, purpose: LinkPurpose) -> None:
    learner.revisit("second", TOMORROW)
    path = feed_url(learner, purpose)
    known = {"If-None-Match": visitor.get(path).headers["ETag"]}
    again = visitor.get(path, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == visitor.get(path).headers["Cache-Control"]
    learner.mark("first")
    learner.revisit("second", TOMORROW + timedelta(days=1))
    assert visitor.get(path, headers=known).status_code == 200


@BOTH
def test_no_search_engine_lists_it(learner: Learner, visitor: Browser, purpose: LinkPurpose) -> None:
    path = feed_url(learner, purpose)
    for each in (path, path[:-8] + path[-4:]):
        assert visitor.get(each).headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_badge_is_one_picture_for_everybody(learner: Learner) -> None:
    headers = learner.browser.get(feed_url(learner, BADGE)).headers
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")


@BOTH
def test_every_other_secret_leads_nowhere(learner: Learner, visitor: Browser, purpose: LinkPurpose) -> None:
    own = feed(learner, purpose)
    other = token_of(feed(learner, CALENDAR if purpose is BADGE else BADGE))
    ending = {BADGE: "svg", CALENDAR: "ics"}[purpose]
    secrets = [other, token_of(share(learner)), own.public_id, own.nonce, own.token_hash, "a" * 5_000, "%ff"]
    for each in [*secrets, learner.enrollment.public_id]:
        assert visitor.get(f"/{purpose}/{each}.{ending}").status_code == 404, each
    assert visitor.get(f"/{purpose}/{token_of(own)}").status_code == 404


@BOTH
def test_it_stops_with_the_account(learner: Learner, visitor: Browser, purpose: LinkPurpose) -> None:
    path = feed_url(learner, purpose)
    add_user(learner.session, "Ada", is_admin=True)
    disable_user(learner.session, learner.person, by=None, at=learner.at)
    assert visitor.get(path).status_code == 404


@BOTH
def test_without_a_roadmap_the_page_says_where_to_begin(app: Flask, learner: Learner, purpose: str) -> None:
    otto = add_user(learner.session, "Otto")
    assert 'href="/roadmaps">' in browser_of(app, learner.session, otto).get(f"/settings/{purpose}").text


def test_the_lines_to_copy_lead_to_the_badge(learner: Learner) -> None:
    path = made(learner, BADGE)
    page = learner.browser.get("/settings/badge").text
    assert f'value="![My progress on Sample](http://localhost{path})"' in page
    assert f"&lt;img src=&#34;http://localhost{path}&#34;" in page
    assert f'<img class="badge" src="{path}"' in page
    names = re.findall(r'hidden>Copy<span class="unseen"> ([^<]+)<', page)
    assert names == ["Markdown", "HTML", "image URL"]


def test_a_calendar_program_is_opened_by_its_own_kind_of_address(learner: Learner) -> None:
    path = made(learner, CALENDAR)
    assert f'href="webcal://localhost{path}"' in learner.browser.get("/settings/calendar").text


@pytest.mark.both_databases
@BOTH
def test_one_of_another_key_is_said_to_be_unknown_here(learner: Learner, purpose: LinkPurpose) -> None:
    feed(learner, purpose).nonce = "made with another key"
    page = learner.browser.get(f"/settings/{purpose}").text
    assert "can’t be shown" in page
    assert "/revoke" in page


@BOTH
def test_a_mentor_makes_none(learner: Learner, mentor: Browser, purpose: LinkPurpose) -> None:
    assert mentor.post(f"/settings/{purpose}/{learner.enrollment.public_id}").status_code == 403
