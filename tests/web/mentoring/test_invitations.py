"""Invitations through pages: made, shown, sent again, withdrawn, answered."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Mail
from roadmap.domain.mentoring.invitations import Invitation
from roadmap.domain.mentoring.mentorships import Mentorship
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.fixtures.web import SENDING, LendApp
from tests.support.learning import Learner
from tests.support.mentoring import mentor_of, submit

LINK = re.compile(r"http://localhost(/invitations/[\w-]+)")
PATH = "/mentoring/invitations"
MILO = {"email": "milo@example.org", "as": "mentor", "roadmap": "sample"}


@pytest.fixture
def milo(app: Flask, learner: Learner) -> Browser:
    """Milo at his browser, who mentors nobody yet."""
    return browser_of(app, learner.session, add_user(learner.session, "Milo"))


@pytest.fixture
def link(learner: Learner) -> str:
    """The link of Lena's invitation of Milo, as the page shows it without mail."""
    learner.browser.post(PATH, **MILO)
    found = LINK.search(learner.browser.get("/mentoring").text)
    assert found is not None
    return found[1]


def only(session: Session) -> Invitation:
    session.expire_all()
    return session.scalars(select(Invitation)).one()


def mentorships(session: Session) -> int:
    return len(session.scalars(select(Mentorship).where(Mentorship.ended_at.is_(None))).all())


def test_an_invitation_is_answered_with_303_and_its_link_is_shown_once(
    learner: Learner, milo: Browser
) -> None:
    answer = learner.browser.post(PATH, **MILO)
    assert (answer.status_code, answer.location) == (303, "/mentoring")
    first, second = (learner.browser.get("/mentoring").text for _ in range(2))
    assert (len(LINK.findall(first)) > 0, LINK.findall(second)) == (True, [])
    assert f'data-invitation="{only(learner.session).public_id}"' in second


def test_what_does_not_fit_is_422_beside_its_field_and_kept(learner: Learner) -> None:
    for fields, says in (
        ({"email": ""}, "Enter the address"),
        ({"email": "milo"}, "email-error"),
        ({"email": "LENA@example.org"}, "your own address"),
        ({"roadmap": "nothing"}, "Choose a roadmap from the list"),
        ({"as": "friend"}, "error"),
    ):
        answer = learner.browser.post(PATH, **(MILO | fields))
        assert (answer.status_code, says in answer.text) == (422, True), fields
        assert f'value="{fields.get("email", MILO["email"])}"' in answer.text, fields
        assert learner.session.scalars(select(Invitation)).all() == [], fields


@pytest.mark.parametrize(("key", "title"), [("first", "First"), ("", "Sample")])
def test_whoever_comes_from_a_milestone_or_roadmap_is_led_back_to_it(
    learner: Learner, key: str, title: str
) -> None:
    origin = {"enrollment": learner.enrollment.public_id} | ({"milestone": key} if key else {})
    page = learner.base + (f"/milestones/{key}" if key else "")
    learner.mark("first")
    found = re.search(r'href="(/mentoring\?[^"#]*enrollment=[^"#]*)#invite"', learner.browser.get(page).text)
    assert found is not None
    back = re.compile(rf'Back to <a href="{page}"[^>]*>{title}</a>')
    form = learner.browser.get(found[1].replace("&amp;", "&")).text
    wrong = learner.browser.post(PATH, **(MILO | origin | {"email": "milo"}))
    for shown in (form, wrong.text):
        assert back.search(shown)
        assert re.search(r'<option [^>]*selected value="sample"', shown)
    answer = learner.browser.post(PATH, **MILO, **origin)
    assert answer.status_code == 303
    assert back.search(learner.browser.get(answer.location).text)


def test_nobody_is_led_to_what_is_not_theirs(learner: Learner, milo: Browser) -> None:
    page = milo.get(f"/mentoring?enrollment={learner.enrollment.public_id}&milestone=first")
    assert (page.status_code, "Back to" in page.text) == (200, False)


def test_a_new_mentor_lands_on_the_learners_page(learner: Learner, milo: Browser, link: str) -> None:
    answer = milo.post(link, answer="accept")
    assert answer.location.startswith("/mentoring/mentees/")
    page = milo.get(answer.location).text
    assert "<h1>Lena</h1>" in page
    assert "What they submit will appear here and under Mentoring." in page


def test_a_new_mentor_for_whom_work_waits_lands_on_the_queue(
    learner: Learner, milo: Browser, link: str
) -> None:
    mentor_of(learner, "Mina")
    submit(learner, "first")
    answer = milo.post(link, answer="accept")
    assert answer.location == "/mentoring"
    page = milo.get("/mentoring").text
    assert "Open what waits below to review it." in page
    assert "data-queue" in page


def test_the_link_to_pass_on_can_be_copied(learner: Learner) -> None:
    learner.browser.post(PATH, **MILO)
    page = learner.browser.get("/mentoring").text
    assert re.search(r'<span id="pass-on">http://localhost/invitations/[\w-]+</span>', page)
    assert 'data-copies="pass-on"' in page
    assert "which works only on this machine" in page
    assert ("New link" in page, "Resend" in page) == (True, False)


def test_an_address_twice_or_a_mentor_already_is_422(learner: Learner, link: str) -> None:
    assert learner.browser.post(PATH, **MILO).status_code == 422
    mentor_of(learner, "Mina")
    answer = learner.browser.post(PATH, **(MILO | {"email": "mina@example.org"}))
    assert (answer.status_code, "already exists" in answer.text) == (422, True)


def test_a_link_that_is_opened_changes_nothing(
    app: Flask, learner: Learner, milo: Browser, link: str
) -> None:
    for browser in (Browser(app), milo, learner.browser, milo):
        assert browser.get(link).status_code == 200
    assert (only(learner.session).outcome, mentorships(learner.session)) == (None, 0)


def test_a_visitor_is_led_to_sign_in_and_back(app: Flask, link: str) -> None:
    visitor = Browser(app)
    assert f"/login?next={link}" in visitor.get(link).text
    answer = visitor.post(link, answer="accept")
    assert (answer.status_code, answer.location) == (302, f"/login?next={link}")


@pytest.mark.parametrize(("answer", "begun"), [("accept", 1), ("decline", 0)])
def test_the_person_invited_answers_once(
    learner: Learner, milo: Browser, link: str, answer: str, begun: int
) -> None:
    assert milo.post(link, answer=answer).status_code == 303
    assert mentorships(learner.session) == begun
    assert milo.post(link, answer="accept").status_code == 409
    assert mentorships(learner.session) == begun
    assert milo.get(learner.base).status_code == (200 if begun else 404)


def test_an_answer_that_is_none_is_422(learner: Learner, milo: Browser, link: str) -> None:
    for fields in ({}, {"answer": "perhaps"}):
        assert milo.post(link, **fields).status_code == 422
    assert only(learner.session).outcome is None


def test_somebody_else_gets_403_and_changes_nothing(app: Flask, learner: Learner, link: str) -> None:
    otto = browser_of(app, learner.session, add_user(learner.session, "Otto"))
    assert 'value="accept"' not in otto.get(link).text
    for browser in (otto, learner.browser):
        assert browser.post(link, answer="accept").status_code == 403
        assert browser.post(link, answer="decline").status_code == 403
    assert (only(learner.session).outcome, mentorships(learner.session)) == (None, 0)


@pytest.mark.both_databases
def test_an_expired_one_is_shown_and_409(learner: Learner, milo: Browser, link: str) -> None:
    only(learner.session).expires_at = learner.at
    learner.session.commit()
    assert 'value="accept"' not in milo.get(link).text
    assert milo.post(link, answer="accept").status_code == 409
    assert mentorships(learner.session) == 0


def test_sent_again_the_old_link_is_404(learner: Learner, milo: Browser, link: str) -> None:
    answer = learner.browser.post(f"{PATH}/{only(learner.session).public_id}/resend")
    assert answer.status_code == 303
    new = LINK.findall(learner.browser.get("/mentoring").text)[0]
    assert (milo.get(link).status_code, milo.post(link, answer="accept").status_code) == (404, 404)
    assert milo.post(new, answer="accept").status_code == 303


def test_withdrawn_is_409_for_the_person_invited_and_for_sending_again(
    learner: Learner, milo: Browser, link: str
) -> None:
    address = f"{PATH}/{only(learner.session).public_id}"
    assert learner.browser.post(f"{address}/withdrawal").status_code == 303
    assert milo.post(link, answer="accept").status_code == 409
    assert learner.browser.post(f"{address}/resend").status_code == 409
    assert "data-invitation" not in learner.browser.get("/mentoring").text


def test_nobody_else_sends_again_or_withdraws(learner: Learner, milo: Browser, link: str) -> None:
    address = f"{PATH}/{only(learner.session).public_id}"
    for action in ("resend", "withdrawal"):
        assert milo.post(f"{address}/{action}").status_code == 404
    assert only(learner.session).outcome is None


def test_a_link_that_is_none_is_404(milo: Browser) -> None:
    assert milo.get("/invitations/nothing").status_code == 404
    assert milo.post("/invitations/nothing", answer="accept").status_code == 404


def test_a_page_may_suggest_as_what_and_for_which_roadmap(learner: Learner) -> None:
    html = learner.browser.get("/mentoring?as=learner&for=sample").text
    assert re.search(r'<input checked[^>]*value="learner"', html)
    assert re.search(r'<option[^>]* selected[^>]*value="sample"', html)


def test_with_mail_the_link_is_only_in_the_mail(lend_app: LendApp, learner: Learner) -> None:
    lena = browser_of(lend_app(**SENDING), learner.session, learner.person)
    lena.post(PATH, **MILO)
    assert "Invitation sent to milo@example.org." in (page := lena.get("/mentoring").text)
    assert LINK.findall(page) == []
    assert "Resend" in page
    assert LINK.search(learner.session.scalars(select(Mail)).one().body or "")
