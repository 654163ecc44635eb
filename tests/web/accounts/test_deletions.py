"""An account that is deleted: access ends at once, and others keep what is theirs."""

import re

import pytest
from flask import Flask
from sqlalchemy import String, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.models import METADATA
from roadmap.domain.roadmaps.roadmaps import Roadmap, Visibility
from roadmap.operations.roadmaps.drafts import publish_draft
from tests.support.browsing import Browser, add_account, browser_of
from tests.support.cast import NOON, PASSWORD, add_user
from tests.support.drafts import add_draft
from tests.support.learning import Learner
from tests.support.mentoring import mentor, review, submit
from tests.support.outlines import enroll
from tests.support.zips import texts_in

FILES = ("csv", "json", "md", "html")


@pytest.fixture
def milo(learner: Learner) -> User:
    """Who answered Lena once."""
    milo = add_account(learner.session, "Milo")
    mentor(learner, milo)
    review(learner, submit(learner), milo, feedback="Well done, keep it.")
    learner.session.commit()
    return milo


@pytest.fixture
def gone(app: Flask, learner: Learner, milo: User) -> Browser:
    """Milo's browser after he deleted his account."""
    browser = browser_of(app, learner.session, milo)
    assert browser.post("/settings/deletion", password=PASSWORD).status_code == 303
    return browser


def test_access_ends_at_once(gone: Browser, learner: Learner) -> None:
    for path in ("/today", "/mentoring", "/settings/data.zip", learner.base):
        assert gone.get(path).location.startswith("/login")
    assert gone.sign_in("milo@example.org").status_code == 422


def test_answers_to_others_stay_and_are_signed_deleted_account(gone: Browser, learner: Learner) -> None:
    page = learner.page("/milestones/first")
    assert "Well done, keep it." in page
    assert "deleted account" in page
    assert "Milo" not in page + learner.page("/report") + learner.page("/history")
    for extension in FILES:
        text = learner.get(f"/report.{extension}").text
        assert "deleted account" in text, extension
        assert "Milo" not in text, extension


def test_the_name_is_in_nobodys_data(gone: Browser, learner: Learner) -> None:
    files = texts_in(learner.browser.get("/settings/data.zip").data)
    assert "Well done, keep it." in files["texts.md"]
    assert [name for name, text in files.items() if "Milo" in text] == []


def columns_with(session: Session, name: str) -> list[str]:
    """The columns of all tables in which a text contains this name."""
    columns = [column for table in METADATA.sorted_tables for column in table.c]
    texts = [column for column in columns if isinstance(column.type, String)]
    return [
        f"{column.table.name}.{column.name}"
        for column in texts
        if session.scalars(select(column).where(column.contains(name))).first() is not None
    ]


@pytest.mark.both_databases
def test_no_row_holds_the_name(gone: Browser, session: Session) -> None:
    assert "users.name" in columns_with(session, "Lena")
    assert columns_with(session, "Milo") == []


def test_what_others_wrote_about_the_person_goes_with_the_mentorship(gone: Browser, learner: Learner) -> None:
    assert "Milo" not in learner.browser.get("/mentoring").text


@pytest.mark.both_databases
def test_the_last_administrator_reads_at_the_form_what_to_do(
    app: Flask, learner: Learner, milo: User
) -> None:
    milo.is_admin = True
    learner.session.commit()
    browser = browser_of(app, learner.session, milo)
    assert '<a href="/admin">an administrator</a> first' in browser.get("/settings/deletion").text
    answer = browser.post("/settings/deletion", password=PASSWORD)
    assert (answer.status_code, "This can’t be done" in answer.text) == (409, False)
    assert "This is the last administrator." in answer.text


def test_the_page_says_what_becomes_of_private_roadmaps(app: Flask, session: Session) -> None:
    lena = add_account(session, "Lena")
    draft = add_draft(session, lena, title="Keeping bees")
    publish_draft(session, draft, seen=1, at=NOON)
    browser = browser_of(app, session, lena)
    page = browser.get("/settings/deletion").text
    assert re.search(r"Keeping bees</span>\s*<span class=\"fine\">is deleted with your account", page)
    otto = add_user(session, "Otto")
    roadmap = session.get_one(Roadmap, draft.roadmap_id)
    roadmap.visibility = Visibility.LISTED
    enroll(session, otto, roadmap.slug)
    roadmap.visibility = Visibility.PRIVATE
    session.commit()
    page = " ".join(browser.get("/settings/deletion").text.split())
    assert "stays, without your name, for the 1 other person who follows it" in page
