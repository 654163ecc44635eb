"""One of everything that an address can name, and everybody who may or may not use it."""

import re
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from roadmap import clock
from roadmap.domain.accounts.sessions import TokenPurpose
from roadmap.domain.accounts.users import User
from roadmap.domain.reports.links import LinkPurpose
from roadmap.operations.accounts.tokens import make_token
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.drafts import add_draft
from tests.support.frozen_reports import issue
from tests.support.learning import Learning
from tests.support.mentoring import ask, end, invite, mentor, mentor_of, returned, submit
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.sharing import feed, share, token_of

AUTHORING = ("row_reviews", "drafts", "draft_milestones", "draft_texts", "draft_editions", "publications")
STATIC = re.compile(r'/static/([^"]+\.css)')


@dataclass
class Scene:
    """The cast by their names in `access_page.PEOPLE`, and what addresses name by endpoint and argument."""

    app: Flask
    learning: Learning
    people: dict[str, User | None]
    names: dict[str, dict[str, str]]

    def browser(self, person: str) -> Browser:
        user = self.people[person]
        browser = browser_of(self.app, self.learning.session, user) if user else Browser(self.app)
        if person == "holder":
            assert browser.get(self.path("shared_reports.show")).status_code == 200
        return browser

    def path(self, endpoint: str) -> str:
        """The address of a route, with everything in it named as it is."""
        rule = next(rule for rule in self.app.url_map.iter_rules() if rule.endpoint == endpoint)
        names = (
            self.names["all"] | self.names.get(endpoint.partition(".")[0], {}) | self.names.get(endpoint, {})
        )
        return re.sub(r"<(?:int:)?([^>]+)>", lambda found: names[found[1]], rule.rule)


def set_scene(app: Flask, learning: Learning) -> Scene:
    """Lena learns, Milo mentors her, Mina does elsewhere, Mona did, Otto learns, Ada administrates."""
    session = learning.session
    add_roadmap(session, sample("other"))
    people = {name: add_user(session, name.title()) for name in ("otto", "mina", "mona")}
    people |= {"learner": learning.person, "admin": add_user(session, "Ada", is_admin=True)}
    enroll(session, learning.person, "other")
    enroll(session, people["otto"])
    mentor(learning, people["mina"], "other")
    mentor(learning, people["mona"])
    returned(learning, people["mona"], "see")
    end(learning, people["mona"])
    people["mentor"] = mentor_of(learning)
    add_draft(session, learning.person)
    return Scene(app, learning, people | {"visitor": None, "holder": None}, _names(app, learning, people))


def _names(app: Flask, learning: Learning, people: dict[str, User]) -> dict[str, dict[str, str]]:
    session, lena, otto = learning.session, learning.person, people["otto"]
    learning.show("first")
    change = learning.mark("second") or 0
    work, begun = submit(learning), mentor(learning, people["mentor"])
    made, secret = invite(session, lena, otto.email, at=clock.now())
    at = clock.now() - timedelta(minutes=1)
    reset = make_token(session, TokenPurpose.PASSWORD, at=at, user=lena)
    address = make_token(session, TokenPurpose.ADDRESS, at=at, user=lena, email="new@example.org")
    fresh = {"email": "new@example.org", "name": "New", "password_hash": "!", "time_zone": "UTC"}
    account = make_token(session, TokenPurpose.REGISTRATION, at=at, **fresh)
    issued = issue(learning, people["mentor"], at=at)
    style = STATIC.search(app.test_client().get("/").text)
    assert style is not None
    return {
        "all": {"slug": "sample", "key": "first", "event": str(change), "name": style[1], "extension": "json"}
        | {"public_id": learning.enrollment.public_id, "evidence_id": learning.pieces("first")[0].public_id},
        **{name: {"slug": "own-roadmap", "key": "first", "number": "1"} for name in AUTHORING},
        "topics": {"number": "1"},
        "draft_skills": {"slug": "own-roadmap", "key": "core"},
        "users": {"public_id": otto.public_id},
        "mentor_approvals": {"public_id": otto.public_id},
        "invitations": {"public_id": made.public_id, "token": secret},
        "mentorships": {"public_id": begun.public_id},
        "messages": {"message_id": ask(learning).public_id},
        "users.confirm": {"change": "disabled"},
        "issued_reports.show": {"identifier": issued.code},
        "issued_reports.download": {"identifier": issued.code},
        "issued_reports.disclose": {"identifier": issued.code},
        "issued_reports.destroy": {"identifier": issued.code},
        "submissions.show": {"public_id": work.public_id},
        "submissions.claim": {"public_id": work.public_id},
        "submissions.release": {"public_id": work.public_id},
        "submissions.review": {"public_id": work.public_id},
        "accounts": {"token": account},
        "passwords": {"token": reset},
        "addresses": {"token": address},
        **_names_of_links(learning),
    }


def _names_of_links(learning: Learning) -> dict[str, dict[str, str]]:
    learning.at = clock.now()
    link = share(learning)
    badge, calendar = (feed(learning, each) for each in (LinkPurpose.BADGE, LinkPurpose.CALENDAR))
    return {
        "shares.code": {"public_id": link.public_id},
        "shares.edit": {"public_id": link.public_id},
        "shares.update": {"public_id": link.public_id},
        "shares.destroy": {"public_id": link.public_id},
        "shared_reports": {"token": token_of(link)},
        "feed_files.badge": {"token": token_of(badge)},
        "feed_files.calendar": {"token": token_of(calendar)},
        "feeds.destroy": {"public_id": badge.public_id},
    }
