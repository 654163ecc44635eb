"""How often a share link was opened: by people, not by its owner nor by programs."""

import pytest
from flask import Flask, request
from sqlalchemy.orm import Session
from werkzeug.test import EnvironBuilder

from roadmap.db.errors import DatabaseUnavailable
from roadmap.domain.reports.links import Share
from roadmap.web.reports import shared_reports
from tests.support.browsing import Browser
from tests.support.learning import Learner
from tests.support.sharing import share, share_url, token_of


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return Browser(app)


def opens(session: Session, link: Share) -> int:
    session.commit()
    session.refresh(link)
    return link.opens


def test_opens_of_others_are_counted(learner: Learner, mentor: Browser, visitor: Browser) -> None:
    link = share(learner)
    path = f"/s/{token_of(link)}"
    for browser, ending in ((visitor, ""), (visitor, ".json"), (mentor, "")):
        browser.get(path + ending)
    assert opens(learner.session, link) == 3
    assert link.last_opened_at == learner.at


def test_neither_its_owner_nor_a_look_ahead_is_counted(learner: Learner, visitor: Browser) -> None:
    link = share(learner)
    path = f"/s/{token_of(link)}"
    assert "Your own visits aren’t counted" in learner.browser.get(path).text
    assert visitor.client.head(path).status_code == 200
    visitor.get(path, headers={"Sec-Purpose": "prefetch;prerender"})
    visitor.get(path, headers={"Purpose": "prefetch"})
    visitor.get(path, headers={"X-Purpose": "preview"})
    visitor.get(path, headers={"X-Moz": "prefetch"})
    assert opens(learner.session, link) == 0


PREVIEWS = [
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "WhatsApp/2.23.20.0",
    "WhatsApp/2.2413.1 N",
    "TelegramBot (like TwitterBot)",
    "Twitterbot/1.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b",
    "Mozilla/5.0 (Macintosh) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "Synapse (bot; +https://github.com/matrix-org/synapse)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
]
PEOPLE = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 [FBAN/FBIOS;FBAV/438.0]",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile [Pinterest/iOS]",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 Instagram 300.0",
    "curl/8.5.0",
    "",
]


@pytest.mark.parametrize("ending", ["", ".json"])
def test_a_preview_in_a_chat_is_not_counted(learner: Learner, visitor: Browser, ending: str) -> None:
    link = share(learner)
    path = f"/s/{token_of(link)}{ending}"
    assert visitor.get(path, headers={"User-Agent": PREVIEWS[0]}).status_code == 200
    assert opens(learner.session, link) == 0


@pytest.mark.parametrize(
    ("agent", "is_one"), [*((each, True) for each in PREVIEWS), *((each, False) for each in PEOPLE)]
)
def test_programs_are_told_from_the_browsers_of_people(agent: str, *, is_one: bool) -> None:
    environ = EnvironBuilder(headers={"User-Agent": agent}).get_environ()
    with Flask(__name__).request_context(environ):
        assert shared_reports.is_program(request) is is_one


def test_a_database_that_cannot_count_fails_no_reader(
    learner: Learner, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise DatabaseUnavailable("busy")

    monkeypatch.setattr(shared_reports, "count_open", busy)
    assert visitor.get(share_url(learner)).status_code == 200
