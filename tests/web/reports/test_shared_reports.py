"""A shared report without an account: the page and its files, or the same 404 for every other link."""

import json
import re
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from roadmap.domain.reports.links import LinkPurpose, Share
from roadmap.operations.accounts.users import delete_user, disable_user
from roadmap.operations.reports.links import revoke_link
from roadmap.web.reports import shared_reports
from tests.support.browsing import Browser
from tests.support.cast import add_user
from tests.support.learning import TODAY, YESTERDAY, Learner
from tests.support.outlines import sample
from tests.support.sharing import DAY, EVERYTHING, feed, restrict, share, share_url, token_of

ENDINGS = ["", ".pdf", ".csv", ".json"]
NEVER_MADE = "x" * 43
TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]+|(?<=name="csrf-token" content=")[^"]+')


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return Browser(app)


def body(answer: TestResponse, path: str) -> str:
    """A page without what differs from visitor to visitor: the path asked for, and the token of forms."""
    return TOKEN.sub("", answer.text.replace(path, ""))


@pytest.mark.parametrize(
    ("ending", "start"), [("", b"<!doctype"), (".pdf", b"%PDF"), (".csv", b"\xef\xbb\xbf"), (".json", b"{")]
)
def test_page_and_files_are_read_without_an_account(
    learner: Learner, visitor: Browser, ending: str, start: bytes
) -> None:
    answer = visitor.get(share_url(learner) + ending)
    assert answer.status_code == 200
    assert answer.data.startswith(start)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_page_says_live_or_as_of_a_day_until_when_and_who(learner: Learner, visitor: Browser) -> None:
    live = visitor.get(share_url(learner)).text
    still = visitor.get(share_url(learner, as_of=TODAY)).text
    assert "<strong>Live.</strong>" in live
    assert "<strong>As of <time" in still
    for page in (live, still):
        assert re.search(r"Lena shared it with a link that expires on <time[^>]*>1 April 2026", page)
        assert '<meta name="robots" content="noindex' in page


def test_page_and_json_are_those_of_the_learner(learner: Learner, visitor: Browser) -> None:
    learner.mark("first")
    path = share_url(learner, **EVERYTHING)
    assert 'data-claimed="13" data-verified="0"' in visitor.get(path).text
    own = json.loads(learner.get("/report.json").data)
    assert json.loads(visitor.get(f"{path}.json").data) == own | {"outlook": None}


def test_what_was_left_out_is_said_and_private_notes_are_never_there(
    learner: Learner, visitor: Browser
) -> None:
    learner.mark("first")
    learner.show("first", "My work")
    learner.note("first", "Nobody reads this")
    path, whole = share_url(learner), share_url(learner, **EVERYTHING)
    assert "Not included: evidence and reasons for skipping, mentors’ names." in visitor.get(path).text
    assert "Not included" not in visitor.get(whole).text
    for ending in ("", ".csv", ".json"):
        text = visitor.get(path + ending).text + visitor.get(whole + ending).text
        assert text.count("My work") == 1
        assert "Nobody reads this" not in text


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_restricted_roadmap_shows_numbers_and_none_of_its_texts(
    learner: Learner, visitor: Browser, ending: str
) -> None:
    learner.mark("first")
    path = share_url(learner, **EVERYTHING)
    restrict(learner)
    answer = visitor.get(f"{path}{ending}?only=all")
    pages = PdfReader(BytesIO(answer.data)).pages if ending == ".pdf" else ()
    shown = "".join(page.extract_text() for page in pages) or answer.text
    outline = sample()
    titles = [*outline.titles.values(), *(area.title for area in outline.areas)]
    assert [title for title in titles if re.search(rf"\b{re.escape(title)}\b", shown)] == []
    if not ending:
        assert 'data-claimed="13" data-verified="0"' in shown
        assert "It shows only the numbers" in shown


def test_the_holder_chooses_which_milestones_are_listed(learner: Learner, visitor: Browser) -> None:
    learner.mark("first")
    path = share_url(learner)
    page, whole = visitor.get(path).text, visitor.get(f"{path}?only=all").text
    assert 'data-milestone="first"' in page
    assert 'data-milestone="see"' not in page
    assert 'data-milestone="see"' in whole
    assert f'href="{path}?only=all#milestones"' in page
    assert f'href="{path}.pdf?only=all"' in whole
    assert visitor.get(f"{path}.csv").text.count("sample,1,Lena") == 1
    assert visitor.get(f"{path}?only=best").status_code == 422


def test_the_holder_chooses_no_other_day(learner: Learner, visitor: Browser) -> None:
    for query in (f"as_of={YESTERDAY}", "as_of=2999-01-01", "since=x"):
        path = share_url(learner)
        assert json.loads(visitor.get(f"{path}.json?{query}").data)["as_of"] == TODAY.isoformat(), query


@pytest.fixture
def gone(learner: Learner, session: Session) -> list[str]:
    """Secrets that lead nowhere: expired, revoked, for something else, never made."""
    old, revoked = share(learner, expires_on=TODAY), share(learner, expires_on=TODAY + 2 * DAY)
    revoke_link(session, Share, revoked.public_id, by=learner.person, at=learner.at)
    others = [token_of(feed(learner, each)) for each in (LinkPurpose.BADGE, LinkPurpose.CALENDAR)]
    ids = [old.public_id, old.nonce, old.token_hash, learner.enrollment.public_id, str(old.id)]
    odd = ["%00", "%ff%fe%80", "٣", "a" * 5_000, token_of(share(learner)) + "x", "-"]
    return [token_of(old), token_of(revoked), *others, NEVER_MADE, *ids, *odd]


def test_every_other_link_is_the_same_404(gone: list[str], visitor: Browser) -> None:
    for ending in ENDINGS:
        with time_machine.travel(shared_reports.clock.now() + DAY, tick=False):
            answers = {each: visitor.get(f"/s/{each}{ending}") for each in gone}
            same = {
                body(answers[each], f"/s/{each}{ending}")
                for each in gone
                if each.isascii() and "%" not in each
            }
        assert {each.status_code for each in answers.values()} == {404}, ending
        assert len(same) == 1, ending
        assert "This link doesn’t work." in same.pop(), ending


def test_an_unknown_format_is_the_same_404(learner: Learner, visitor: Browser) -> None:
    path = share_url(learner)
    for ending in (".xlsx", ".md", ".html", ".pdf.pdf", "/"):
        assert visitor.get(path + ending).status_code == 404
    assert "This link doesn’t work." in visitor.get(f"{path}.xlsx").text


def test_links_of_a_disabled_or_deleted_account_lead_nowhere(learner: Learner, visitor: Browser) -> None:
    session, path = learner.session, share_url(learner)
    add_user(session, "Ada", is_admin=True)
    disable_user(session, learner.person, by=None, at=learner.at)
    assert visitor.get(path).status_code == 404
    learner.person.disabled_at = None
    assert visitor.get(path).status_code == 200
    delete_user(session, learner.person, by=None, at=learner.at)
    assert visitor.get(path).status_code == 404


def test_the_link_opens_the_report_and_nothing_else(learner: Learner, visitor: Browser) -> None:
    visitor.get(share_url(learner, **EVERYTHING))
    for path in ("", "/report", "/report.json", "/history", "/milestones/first"):
        assert visitor.get(learner.base + path).status_code == 302


def test_too_many_files_for_one_address_are_429(app: Flask, learner: Learner, visitor: Browser) -> None:
    for _ in range(59):
        app.extensions["rate_limits"].hit("shared_reports.download", "127.0.0.1")
    path = f"{share_url(learner)}.json"
    last, refused = visitor.get(path), visitor.get(path)
    assert (last.status_code, refused.status_code) == (200, 429)
    assert refused.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert 0 < int(refused.headers["Retry-After"]) <= 61
