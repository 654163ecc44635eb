"""Who may mentor: anyone, or accounts that the administrators approved; and one browser on both sides."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.config import Mentors
from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.invitations import Invitation, InvitedAs
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.operations.accounts.sign_ins import begin_session
from roadmap.web.accounts import recent_accounts
from roadmap.web.login import COOKIE
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import Learner
from tests.support.mentoring import invite, mentor, submit
from tests.support.sharing import share_url

PATH = "/mentoring/invitations"
RULE = "Only mentors approved by the administrators can mentor here."
SAME_BROWSER = AuditKind.ACCEPTED_IN_SAME_BROWSER


@pytest.fixture
def milo(learner: Learner) -> User:
    return add_user(learner.session, "Milo")


@pytest.fixture
def approved_only(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    config = replace(app.extensions["config"], mentors=Mentors.APPROVED, name="The Academy")
    monkeypatch.setitem(app.extensions, "config", config)


@pytest.fixture
def administrator(app: Flask, learner: Learner) -> Browser:
    return browser_of(app, learner.session, add_user(learner.session, "Ada", is_admin=True))


def is_mentored(session: Session) -> bool:
    return session.scalar(select(Mentorship.id).where(Mentorship.ended_at.is_(None))) is not None


def kinds(session: Session) -> list[AuditKind]:
    return list(session.scalars(select(Audit.kind).order_by(Audit.id)))


@pytest.mark.both_databases
@pytest.mark.usefixtures("approved_only")
def test_only_who_is_approved_accepts_to_mentor(
    app: Flask, learner: Learner, milo: User, administrator: Browser
) -> None:
    browser, (_, secret) = browser_of(app, learner.session, milo), invite(learner.session, learner.person)
    learner.session.commit()
    page, refused = (
        browser.get(f"/invitations/{secret}").text,
        browser.post(f"/invitations/{secret}", answer="accept"),
    )
    assert (RULE in page, 'value="accept"' in page, 'value="decline"' in page) == (True, False, True)
    assert (refused.status_code, "Ask an administrator" in refused.text) == (403, True)
    assert learner.session.scalars(select(Invitation.outcome)).all() == [None]
    administrator.post(f"/admin/accounts/{milo.public_id}/approval")
    page = browser.get(f"/invitations/{secret}").text
    assert (RULE in page, 'value="accept"' in page) == (False, True)
    assert browser.post(f"/invitations/{secret}", answer="accept").status_code == 303
    assert is_mentored(learner.session)


@pytest.mark.usefixtures("approved_only")
def test_who_is_not_approved_may_still_decline(app: Flask, learner: Learner, milo: User) -> None:
    _, secret = invite(learner.session, learner.person)
    browser = browser_of(app, learner.session, milo)
    assert browser.post(f"/invitations/{secret}", answer="decline").status_code == 303


@pytest.mark.both_databases
@pytest.mark.usefixtures("approved_only")
def test_who_is_not_approved_invites_nobody_to_be_their_learner(
    app: Flask, learner: Learner, milo: User
) -> None:
    browser = browser_of(app, learner.session, milo)
    fields = {"email": "lena@example.org", "as": "learner", "roadmap": "sample"}
    answer = browser.post(PATH, **fields)
    assert (answer.status_code, "isn’t approved yet" in answer.text) == (422, True)
    assert 'value="lena@example.org"' in answer.text
    milo.mentor_approved_at = clock.now()
    learner.session.commit()
    assert browser.post(PATH, **fields).status_code == 303


@pytest.mark.usefixtures("approved_only")
def test_a_learner_does_not_accept_a_mentor_whose_approval_was_taken_back(
    learner: Learner, milo: User
) -> None:
    _, secret = invite(learner.session, milo, learner.person.email, InvitedAs.LEARNER)
    learner.session.commit()
    assert "Milo has to be approved" in learner.browser.get(f"/invitations/{secret}").text
    refused = learner.browser.post(f"/invitations/{secret}", answer="accept")
    assert (refused.status_code, "Milo isn’t approved yet" in refused.text) == (403, True)
    assert not is_mentored(learner.session)


def test_the_rule_is_told_in_general_before_an_invitation_is_sent(
    app: Flask, learner: Learner, milo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert RULE not in learner.browser.get("/mentoring").text
    config = replace(app.extensions["config"], mentors=Mentors.APPROVED)
    monkeypatch.setitem(app.extensions, "config", config)
    assert RULE in learner.browser.get("/mentoring").text
    answers = [
        learner.browser.post(PATH, **{"email": email, "as": "mentor", "roadmap": "sample"})
        for email in (milo.email, "nobody@example.org")
    ]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/mentoring")] * 2


@pytest.mark.usefixtures("approved_only")
def test_a_mentorship_from_before_the_rule_goes_on(app: Flask, learner: Learner, milo: User) -> None:
    mentor(learner, milo)
    work = submit(learner)
    browser = browser_of(app, learner.session, milo)
    answer = browser.post(f"/submissions/{work.public_id}/review", outcome="verified")
    assert answer.status_code == 303
    milestone = learner.get("/report.json").json["milestones"][0]
    assert (milestone["reviewer"], milestone["reviewer_known_as"]) == ("Milo", "invited by the learner")


@pytest.mark.usefixtures("approved_only")
def test_an_approval_asks_first_is_audited_shown_in_reports_and_taken_back(
    app: Flask, learner: Learner, milo: User, administrator: Browser
) -> None:
    mentor(learner, milo)
    work, path = submit(learner), f"/admin/accounts/{milo.public_id}/approval"
    browser_of(app, learner.session, milo).post(f"/submissions/{work.public_id}/review", outcome="verified")
    known_as = "approved by the administrators of The Academy"
    assert known_as in administrator.get(path).text
    assert administrator.post(path).status_code == 303
    page = administrator.get("/admin").text
    assert ("approved mentor" in page, f"{path}/withdrawal" in page) == (True, True)
    report = learner.get("/report.json").json
    assert (report["milestones"][0]["reviewer_known_as"], report["installation"]) == (known_as, "The Academy")
    words = " ".join(re.sub("<[^>]+>", "", learner.page("/report")).split())
    assert f"Milo ({known_as}): 1 milestone" in words
    assert administrator.post(f"{path}/withdrawal").status_code == 303
    assert "approved mentor" not in administrator.get("/admin").text
    milestone = learner.get("/report.json").json["milestones"][0]
    assert milestone["reviewer_known_as"] == "invited by the learner"
    audited = [kind for kind in kinds(learner.session) if kind.startswith("mentor_")]
    assert audited == [AuditKind.MENTOR_APPROVED, AuditKind.MENTOR_APPROVAL_ENDED]


@pytest.mark.parametrize("ending", ["", ".csv", ".json"])
def test_a_shared_report_names_reviewers_and_their_domains_only_where_names_are_shown(
    app: Flask, learner: Learner, milo: User, ending: str
) -> None:
    milo.email, milo.email_confirmed_at = "milo@academy.example.com", clock.now()
    mentor(learner, milo)
    work = submit(learner)
    browser_of(app, learner.session, milo).post(f"/submissions/{work.public_id}/review", outcome="verified")
    named, unnamed = (
        Browser(app).get(share_url(learner, shows_names=shows_names) + ending).text
        for shows_names in (True, False)
    )
    assert all(word in named for word in ("Milo", "academy.example.com", "invited by the learner"))
    assert "invited by the learner" in unnamed
    assert not any(word in unnamed for word in ("Milo", "academy.example.com"))


def test_a_disabled_account_is_not_approved(learner: Learner, milo: User, administrator: Browser) -> None:
    administrator.post(f"/admin/accounts/{milo.public_id}/state", state="disabled")
    assert administrator.post(f"/admin/accounts/{milo.public_id}/approval").status_code == 409
    assert milo.mentor_approved_at is None


def accept_after(learner: Learner, milo: User, app: Flask, *, wait: timedelta, same: bool) -> Browser:
    """Lena invites Milo, who accepts after a while, in her browser or in his own; return that browser."""
    learner.browser.post(PATH, **{"email": milo.email, "as": "mentor", "roadmap": "sample"})
    found = re.search(r"/invitations/[\w-]+", learner.browser.get("/mentoring").text)
    assert found is not None
    browser = learner.browser if same else browser_of(app, learner.session, milo)
    with time_machine.travel(clock.now() + wait, tick=False):
        secret = begin_session(learner.session, by=milo, at=clock.now(), is_remembered=False)
        learner.session.commit()
        browser.client.set_cookie(COOKIE, secret)
        assert browser.post(found[0], answer="accept").status_code == 303
    return browser


@pytest.mark.parametrize(
    ("wait", "same", "is_noted"),
    [
        (timedelta(hours=23), True, True),
        (timedelta(hours=25), True, False),
        (timedelta(minutes=5), False, False),
    ],
)
def test_the_audit_log_says_that_both_sides_used_one_browser(
    app: Flask,
    learner: Learner,
    milo: User,
    administrator: Browser,
    wait: timedelta,
    same: bool,
    is_noted: bool,
) -> None:
    browser = accept_after(learner, milo, app, wait=wait, same=same)
    assert (SAME_BROWSER in kinds(learner.session)) is is_noted
    assert ("<td>Accepted in same browser</td>" in administrator.get("/admin/audits").text) is is_noted
    assert all("same browser" not in browser.get(path).text for path in ("/mentoring", "/today"))


def test_the_cookie_names_nobody_and_a_changed_one_counts_for_nothing(
    app: Flask, learner: Learner, milo: User
) -> None:
    learner.browser.post(PATH, **{"email": milo.email, "as": "mentor", "roadmap": "sample"})
    cookie = learner.browser.client.get_cookie(recent_accounts.COOKIE)
    assert cookie is not None
    assert (cookie.http_only, cookie.max_age) == (True, 86_400)
    assert learner.person.public_id not in cookie.value
    learner.browser.client.set_cookie(recent_accounts.COOKIE, cookie.value[:-1])
    other = browser_of(app, learner.session, milo)
    other.client.set_cookie(recent_accounts.COOKIE, cookie.value[:-1])
    found = re.search(r"/invitations/[\w-]+", learner.browser.get("/mentoring").text)
    assert found is not None
    assert other.post(found[0], answer="accept").status_code == 303
    assert SAME_BROWSER not in kinds(learner.session)
